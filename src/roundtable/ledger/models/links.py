"""What posts decided about whether two records are of one person: a fact each, with who, when and why."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models

from roundtable.ledger.models.lengths import ID_LENGTH, choices
from roundtable.ledger.models.marks import KEYED_LENGTH


class ReviewKind(StrEnum):
    """What a batch of questions is for."""

    WORTH = "worth"
    """The pairs whose answers put most right."""
    SAMPLE = "sample"
    """Pairs drawn by chance, by which it is told how good the linking is."""


class LinkVerdict(StrEnum):
    """What a post says of two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class LinkOrigin(StrEnum):
    """How a decision came to be."""

    REVIEW = "review"
    """A reviewer answered a question, without knowing what others answered."""
    UNDO = "undo"
    """A post undid a merge or a split. It counts at once, by itself."""


class ReviewBatch(models.Model):
    """Questions that were chosen together, and what they were chosen from."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    purpose: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    kind: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(ReviewKind))
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    made_for: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    snapshot: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    seed: models.IntegerField[int, int] = models.IntegerField()
    datasets: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    strata: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    objects: ClassVar[models.Manager[ReviewBatch]]


class ReviewQuestion(models.Model):
    """Two records that are asked about. What the model thinks of them stands here and is shown to nobody."""

    batch: models.ForeignKey[ReviewBatch, ReviewBatch] = models.ForeignKey(
        ReviewBatch, models.PROTECT, related_name="questions"
    )
    batch_id: int
    number: models.IntegerField[int, int] = models.IntegerField()
    left_record_id: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH, blank=True)
    right_record_id: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH, blank=True)
    stratum: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    stands_for: models.FloatField[float, float] = models.FloatField()
    weight: models.FloatField[float | None, float | None] = models.FloatField(null=True)
    objects: ClassVar[models.Manager[ReviewQuestion]]

    class Meta:
        """Questions of a batch are counted from 1; an erasure asks for them by record."""

        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="one_question_of_a_number"),)
        indexes = (
            models.Index(fields=("left_record_id",), name="question_by_left"),
            models.Index(fields=("right_record_id",), name="question_by_right"),
        )


class LinkDecision(models.Model):
    """One post's word on two records. It is never changed: one that is withdrawn stands as withdrawn."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    purpose: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    origin: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(LinkOrigin))
    question: models.ForeignKey[ReviewQuestion | None, ReviewQuestion | None] = models.ForeignKey(
        ReviewQuestion, models.PROTECT, null=True, related_name="decisions"
    )
    question_id: int | None
    undoes_run: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    undoes_move: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    left_record_id: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH, blank=True)
    right_record_id: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH, blank=True)
    verdict: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(LinkVerdict))
    post: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    decided_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    why: models.TextField[str, str] = models.TextField(blank=True)
    withdrawn_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    withdrawn_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    withdrawn_why: models.TextField[str, str] = models.TextField(blank=True)
    objects: ClassVar[models.Manager[LinkDecision]]

    class Meta:
        """A post has one word that stands on a question; an erasure asks for decisions by record."""

        constraints = (
            models.UniqueConstraint(
                fields=("question", "post"),
                condition=models.Q(withdrawn_at=None),
                name="one_word_of_a_post",
            ),
        )
        indexes = (
            models.Index(fields=("left_record_id",), name="decision_by_left"),
            models.Index(fields=("right_record_id",), name="decision_by_right"),
        )

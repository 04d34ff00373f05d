"""Erasures with their proof, what may not come back, and the copies that stand elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models

from roundtable.ledger.models.lengths import ID_LENGTH, choices
from roundtable.ledger.models.marks import KEYED_LENGTH, KeyedMark
from roundtable.ledger.models.rights import RightsRequest


class ErasureCause(StrEnum):
    """Why something is erased."""

    REQUEST = "request"
    RETENTION = "retention"


class ErasureState(StrEnum):
    """How far an erasure has got. One that was killed stays under way until it is taken up again."""

    UNDER_WAY = "under way"
    DONE = "done"


class Erasure(models.Model):
    """One erasure, of the records of a person or of whole deliveries whose time is over."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    cause: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(ErasureCause))
    request: models.ForeignKey[RightsRequest | None, RightsRequest | None] = models.ForeignKey(
        RightsRequest, models.PROTECT, null=True, related_name="erasures"
    )
    request_id: int | None
    why: models.TextField[str, str] = models.TextField()
    ordered_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    seconded_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    deliveries: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    raw: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    state: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(ErasureState))
    begun_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    finished_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    certificate: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    objects: ClassVar[models.Manager[Erasure]]


class ErasureRecord(models.Model):
    """A record that an erasure under way is about. The row goes when the erasure is done."""

    erasure: models.ForeignKey[Erasure, Erasure] = models.ForeignKey(
        Erasure, models.PROTECT, related_name="records"
    )
    erasure_id: int
    record_id: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH)
    objects: ClassVar[models.Manager[ErasureRecord]]

    class Meta:
        """An erasure names a record once."""

        constraints = (
            models.UniqueConstraint(fields=("erasure", "record_id"), name="one_row_an_erased_record"),
        )


class SuppressionMark(KeyedMark):
    """What may not come back: rows like this that were recorded before then, whoever sends them again."""

    erasure: models.ForeignKey[Erasure, Erasure] = models.ForeignKey(
        Erasure, models.PROTECT, related_name="suppressions"
    )
    erasure_id: int
    dataset: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    recorded_until: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    objects: ClassVar[models.Manager[SuppressionMark]]

    class Meta:
        """Asked for by dataset when a delivery comes."""

        constraints = (
            models.UniqueConstraint(
                fields=("erasure", "dataset", "what", "value"), name="one_suppression_of_an_erasure"
            ),
        )
        indexes = (models.Index(fields=("dataset",), name="suppression_by_dataset"),)


class CopyKind(StrEnum):
    """Where else data can stand."""

    EXPORT = "export"
    BACKUP = "backup"
    GIVEN = "given"
    """Given to somebody: on paper, by letter, through another system."""


class HeldCopy(models.Model):
    """A copy of data that stands outside the store, where it is, and until when it is kept."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    kind: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(CopyKind))
    what: models.TextField[str, str] = models.TextField()
    place: models.TextField[str, str] = models.TextField(blank=True)
    recipient: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    snapshot: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    until: models.DateField[date | None, date | None] = models.DateField(null=True)
    gone_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[HeldCopy]]

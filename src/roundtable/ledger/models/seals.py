"""Seals: what nobody may link, show or export, and who let it be seen for a while."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.db import models

from roundtable.ledger.models.lengths import ID_LENGTH, SHA256_LENGTH, choices
from roundtable.ledger.models.marks import KeyedMark


class SealKind(StrEnum):
    """What a seal protects."""

    PROTECTED_ADDRESS = "protected_address"
    """Where somebody lives who must not be found, such as a refuge."""
    PRE_ADOPTION_IDENTITY = "pre_adoption_identity"
    GENDER_RECOGNITION_HISTORY = "gender_recognition_history"
    PROTECTED_WITNESS = "protected_witness"
    OWN_HOUSEHOLD = "own_household"
    """The household of somebody who works with the data."""


class SealOrigin(StrEnum):
    """How a seal came to be."""

    ORDER = "order"
    """A named post set it."""
    DELIVERY = "delivery"
    """A row came flagged by its source."""


class Seal(models.Model):
    """One seal. What it covers stands beside it, as keyed digests alone."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    kind: models.CharField[str, str] = models.CharField(max_length=40, choices=choices(SealKind))
    origin: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(SealOrigin))
    set_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    reason: models.TextField[str, str] = models.TextField()
    concerns: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    set_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    lifted_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    lifted_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    lifted_second: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    lifted_why: models.TextField[str, str] = models.TextField(blank=True)
    objects: ClassVar[models.Manager[Seal]]


class SealMark(KeyedMark):
    """One thing that a seal covers: as it was set, or found since through the same person or place."""

    seal: models.ForeignKey[Seal, Seal] = models.ForeignKey(Seal, models.PROTECT, related_name="marks")
    seal_id: int
    objects: ClassVar[models.Manager[SealMark]]

    class Meta:
        """A seal covers a thing once."""

        constraints = (models.UniqueConstraint(fields=("seal", "what", "value"), name="one_mark_of_a_seal"),)


class SealRelease(models.Model):
    """Leave for one post to see what is under a seal, for one purpose and for a while."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    seal: models.ForeignKey[Seal, Seal] = models.ForeignKey(Seal, models.PROTECT, related_name="releases")
    seal_id: int
    purpose: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    asked_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    released_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    reason: models.TextField[str, str] = models.TextField()
    begins: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    ends: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    objects: ClassVar[models.Manager[SealRelease]]


class Settling(models.Model):
    """What each seal, request and hold was last brought up to, and the flags in deliveries."""

    owner: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, primary_key=True)
    state: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    objects: ClassVar[models.Manager[Settling]]

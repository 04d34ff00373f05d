"""What people asked about their data, what was decided, and what may not be touched meanwhile.

Whoever asks is never named here. A request holds the keyed ids of the records that a post has found to be
theirs, and the number that the post's own case system gave it.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from django.db import models

from roundtable.ledger.models.lengths import ID_LENGTH, choices
from roundtable.ledger.models.marks import KEYED_LENGTH, KeyedMark


class Right(StrEnum):
    """What can be asked for."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    OBJECTION = "objection"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    COMPLAINT = "complaint"


class Outcome(StrEnum):
    """What was decided about a request. Empty in the ledger as long as nothing has been."""

    GRANTED = "granted"
    PARTLY = "partly granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RightsRequest(models.Model):
    """One request by a person, or by somebody for them."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    right: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(Right))
    case_ref: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    received_on: models.DateField[date, date] = models.DateField()
    taken_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    purposes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    acknowledged_on: models.DateField[date | None, date | None] = models.DateField(null=True)
    extended_on: models.DateField[date | None, date | None] = models.DateField(null=True)
    extended_why: models.TextField[str, str] = models.TextField(blank=True)
    outcome: models.CharField[str, str] = models.CharField(
        max_length=20, blank=True, choices=choices(Outcome)
    )
    upheld: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    exemptions: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    decided_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    decided_on: models.DateField[date | None, date | None] = models.DateField(null=True)
    decided_why: models.TextField[str, str] = models.TextField(blank=True)
    told_how_to_complain: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    objects: ClassVar[models.Manager[RightsRequest]]


class RequestMark(KeyedMark):
    """A record that a request is about, or what later records of the same person are known by."""

    request: models.ForeignKey[RightsRequest, RightsRequest] = models.ForeignKey(
        RightsRequest, models.PROTECT, related_name="marks"
    )
    request_id: int
    objects: ClassVar[models.Manager[RequestMark]]

    class Meta:
        """A request is about a thing once."""

        constraints = (
            models.UniqueConstraint(fields=("request", "what", "value"), name="one_mark_of_a_request"),
        )


class ClockStop(models.Model):
    """Days on which a request's clock stands still: until an identity is shown or a question answered."""

    request: models.ForeignKey[RightsRequest, RightsRequest] = models.ForeignKey(
        RightsRequest, models.PROTECT, related_name="stops"
    )
    request_id: int
    asked_on: models.DateField[date, date] = models.DateField()
    answered_on: models.DateField[date | None, date | None] = models.DateField(null=True)
    why: models.TextField[str, str] = models.TextField()
    objects: ClassVar[models.Manager[ClockStop]]


class LegalHold(models.Model):
    """Records that may not be erased yet, whoever asks: a court, an inquiry or a claim needs them."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    reason: models.TextField[str, str] = models.TextField()
    set_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    set_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    review_on: models.DateField[date, date] = models.DateField()
    lifted_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    lifted_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    objects: ClassVar[models.Manager[LegalHold]]


class HoldMark(KeyedMark):
    """A record under a legal hold, or what later records of the same person are known by."""

    hold: models.ForeignKey[LegalHold, LegalHold] = models.ForeignKey(
        LegalHold, models.PROTECT, related_name="marks"
    )
    hold_id: int
    objects: ClassVar[models.Manager[HoldMark]]

    class Meta:
        """A hold covers a thing once."""

        constraints = (models.UniqueConstraint(fields=("hold", "what", "value"), name="one_mark_of_a_hold"),)


class Rectification(models.Model):
    """That a value of a record was put right by request. The value itself stands in the vault."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    request: models.ForeignKey[RightsRequest, RightsRequest] = models.ForeignKey(
        RightsRequest, models.PROTECT, related_name="rectifications"
    )
    request_id: int
    record_id: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH)
    which: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    agency: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    made_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    agency_told_on: models.DateField[date | None, date | None] = models.DateField(null=True)
    objects: ClassVar[models.Manager[Rectification]]


class LookAlias(models.Model):
    """What the audit chain calls a record when somebody looks at it: chance, so that it can be forgotten."""

    record_id: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH, primary_key=True)
    alias: models.CharField[str, str] = models.CharField(max_length=KEYED_LENGTH, unique=True)
    objects: ClassVar[models.Manager[LookAlias]]

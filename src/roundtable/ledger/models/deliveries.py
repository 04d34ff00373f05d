"""What partners sent and what became of it, and what people decided about what could not be taken."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.db import models

from roundtable.ledger.models.lengths import ID_LENGTH, SHA256_LENGTH, choices
from roundtable.ledger.models.runs import Snapshot


class DeliveryStatus(StrEnum):
    """What became of a delivery. A repeated one changes nothing and so is never stored."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPEATED = "repeated"
    SUPERSEDED = "superseded"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Delivery(models.Model):
    """What a partner sent and what became of it: the receipt."""

    delivery_id: models.CharField[str, str] = models.CharField(max_length=16, primary_key=True)
    dataset: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    agency: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    file: models.TextField[str, str] = models.TextField()
    sha256: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    bytes: models.BigIntegerField[int, int] = models.BigIntegerField()
    period: models.TextField[str, str] = models.TextField(blank=True)
    as_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    arrives: models.CharField[str, str] = models.CharField(max_length=20, blank=True)
    covers: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(default=list)
    drift: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    status: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(DeliveryStatus))
    reason: models.TextField[str, str] = models.TextField(blank=True)
    corrects: models.TextField[str, str] = models.TextField(blank=True)
    contract_fingerprint: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    permit_fingerprint: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    note_fingerprint: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH, blank=True)
    rows_received: models.BigIntegerField[int, int] = models.BigIntegerField()
    rows_kept: models.BigIntegerField[int, int] = models.BigIntegerField()
    rows_quarantined: models.BigIntegerField[int, int] = models.BigIntegerField()
    rows_dismissed: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    agreements: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    received_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    snapshot: models.ForeignKey[Snapshot | None, Snapshot | None] = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="deliveries"
    )
    snapshot_id: int | None
    objects: ClassVar[models.Manager[Delivery]]

    class Meta:
        """Asked for by dataset: what stands of it."""

        indexes = (models.Index(fields=("dataset", "status"), name="delivery_by_dataset"),)


class DeliveredFile(models.Model):
    """One file inside a delivery (the delivery itself, when it is not a ZIP), and its rows."""

    delivery: models.ForeignKey[Delivery, Delivery] = models.ForeignKey(
        Delivery, models.CASCADE, related_name="files"
    )
    delivery_id: str
    member: models.TextField[str, str] = models.TextField()
    table: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    sha256: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    rows_received: models.BigIntegerField[int, int] = models.BigIntegerField()
    rows_kept: models.BigIntegerField[int, int] = models.BigIntegerField()
    rows_quarantined: models.BigIntegerField[int, int] = models.BigIntegerField()
    rows_dismissed: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    objects: ClassVar[models.Manager[DeliveredFile]]

    class Meta:
        """A member is listed once."""

        constraints = (models.UniqueConstraint(fields=("delivery", "member"), name="one_row_a_member"),)


class Withdrawal(models.Model):
    """A partner's word that a delivery is not to be used; it may come before the delivery itself."""

    dataset: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    withdraws: models.TextField[str, str] = models.TextField()
    file: models.TextField[str, str] = models.TextField()
    sha256: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    as_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    reason: models.TextField[str, str] = models.TextField(blank=True)
    received_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    objects: ClassVar[models.Manager[Withdrawal]]

    class Meta:
        """The same note is one withdrawal, however often it is found."""

        constraints = (models.UniqueConstraint(fields=("dataset", "sha256"), name="one_row_a_withdrawal"),)


class DeliveryRelease(models.Model):
    """A post's word that a delivery which waited is right, and why."""

    delivery_id: models.CharField[str, str] = models.CharField(max_length=16, primary_key=True)
    post: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    reason: models.TextField[str, str] = models.TextField()
    released_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    objects: ClassVar[models.Manager[DeliveryRelease]]


class QuarantineDecision(models.Model):
    """What a post decided about a row in quarantine: a value mended, or the whole row dismissed.

    A mended value is kept sealed, since it may be a person's; a mend without a release has no effect yet.
    """

    delivery_id: models.CharField[str, str] = models.CharField(max_length=16)
    file: models.TextField[str, str] = models.TextField()
    line: models.BigIntegerField[int, int] = models.BigIntegerField()
    of_column: models.TextField[str, str] = models.TextField(blank=True)
    sealed: models.TextField[str, str] = models.TextField(blank=True)
    rule: models.TextField[str, str] = models.TextField()
    post: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    reason: models.TextField[str, str] = models.TextField()
    decided_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    released_by: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    released_why: models.TextField[str, str] = models.TextField(blank=True)
    released_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[QuarantineDecision]]

    class Meta:
        """A value is mended once at a time; an empty column means that the row was dismissed."""

        constraints = (
            models.UniqueConstraint(
                fields=("delivery_id", "file", "line", "of_column"), name="one_decision_a_value"
            ),
        )

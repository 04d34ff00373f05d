"""What partners sent and what became of it."""

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


class Delivery(models.Model):
    """What a partner sent and what became of it: the receipt."""

    delivery_id: models.CharField[str, str] = models.CharField(max_length=16, primary_key=True)
    dataset: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    agency: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    file: models.TextField[str, str] = models.TextField()
    sha256: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    bytes: models.BigIntegerField[int, int] = models.BigIntegerField()
    period: models.TextField[str, str] = models.TextField(blank=True)
    status: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(DeliveryStatus))
    reason: models.TextField[str, str] = models.TextField(blank=True)
    corrects: models.TextField[str, str] = models.TextField(blank=True)
    contract_fingerprint: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    permit_fingerprint: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    rows_received: models.BigIntegerField[int, int] = models.BigIntegerField()
    rows_kept: models.BigIntegerField[int, int] = models.BigIntegerField()
    rows_quarantined: models.BigIntegerField[int, int] = models.BigIntegerField()
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
    objects: ClassVar[models.Manager[DeliveredFile]]

    class Meta:
        """A member is listed once."""

        constraints = (models.UniqueConstraint(fields=("delivery", "member"), name="one_row_a_member"),)

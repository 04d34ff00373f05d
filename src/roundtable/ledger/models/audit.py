"""The audit chain."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from roundtable.ledger.models.lengths import ID_LENGTH, SHA256_LENGTH


class AuditEvent(models.Model):
    """One link of the audit chain. `detail` is the canonical JSON exactly as it was hashed."""

    sequence: models.BigIntegerField[int, int] = models.BigIntegerField(primary_key=True)
    action: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    about: models.TextField[str, str] = models.TextField()
    detail: models.TextField[str, str] = models.TextField()
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    run: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    attempt: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    previous: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    hash: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    objects: ClassVar[models.Manager[AuditEvent]]

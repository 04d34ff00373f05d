"""Whose ledger it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from roundtable.ledger.models.lengths import ID_LENGTH


class Partnership(models.Model):
    """Whose ledger this is: one row. It is also the row that every writer locks first."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    ledger_id: models.CharField[str, str] = models.CharField(max_length=32)
    partnership_id: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    objects: ClassVar[models.Manager[Partnership]]

"""What the ledger keeps. Every other module of the ledger says how it is written and read.

Numbers that people see (snapshots, runs, audit events) are given out one after another inside the
transaction that uses them, so that work undone leaves no gap. Everything else has a key of its
own or a number that nobody sees.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

SHA256_LENGTH = 64
ID_LENGTH = 80


class DeliveryStatus(StrEnum):
    """What became of a delivery. A repeated one changes nothing and so is never stored."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPEATED = "repeated"
    SUPERSEDED = "superseded"


class RunState(StrEnum):
    """Where a run has got to. One that was killed stays under way until the next resumes it."""

    UNDER_WAY = "under way"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class StepState(StrEnum):
    """Whether a step worked in a run or found its result already there."""

    DONE = "done"
    SKIPPED = "skipped"


def _choices(states: type[StrEnum]) -> list[tuple[str, str]]:
    return [(state.value, state.value) for state in states]


class Partnership(models.Model):
    """Whose ledger this is: one row. It is also the row that every writer locks first."""

    number: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    ledger_id: models.CharField[str, str] = models.CharField(max_length=32)
    partnership_id: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH, blank=True)
    objects: ClassVar[models.Manager[Partnership]]


class Run(models.Model):
    """One run of the pipeline, however many times it had to be started."""

    id: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    inputs: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    state: models.CharField[str, str] = models.CharField(max_length=20, choices=_choices(RunState))
    attempt: models.IntegerField[int, int] = models.IntegerField()
    versions: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    started_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    finished_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[Run]]

    class Meta:
        """At most one run is under way."""

        constraints = (
            models.UniqueConstraint(
                fields=("state",), condition=Q(state="under way"), name="one_run_under_way"
            ),
        )


class Snapshot(models.Model):
    """A state of the lake, numbered from 1: every file added up to it and not removed by it."""

    id: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    reason: models.TextField[str, str] = models.TextField()
    run: models.ForeignKey[Run | None, Run | None] = models.ForeignKey(
        Run, models.PROTECT, null=True, related_name="snapshots"
    )
    run_id: int | None
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    objects: ClassVar[models.Manager[Snapshot]]


class LakeFile(models.Model):
    """A file of the lake: named by the hash of its bytes, and when it came and went."""

    table: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    sha256: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    rows: models.BigIntegerField[int, int] = models.BigIntegerField()
    bytes: models.BigIntegerField[int, int] = models.BigIntegerField()
    source: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    added: models.ForeignKey[Snapshot, Snapshot] = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="files_added"
    )
    added_id: int
    removed: models.ForeignKey[Snapshot | None, Snapshot | None] = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="files_removed"
    )
    removed_id: int | None
    erased_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    erased_why: models.TextField[str, str] = models.TextField(blank=True)
    objects: ClassVar[models.Manager[LakeFile]]

    class Meta:
        """A table holds a source's file once at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("table", "sha256", "source"),
                condition=Q(removed=None),
                name="one_live_file_of_a_source",
            ),
        )


class Delivery(models.Model):
    """What a partner sent and what became of it: the receipt."""

    delivery_id: models.CharField[str, str] = models.CharField(max_length=16, primary_key=True)
    dataset: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    agency: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    file: models.TextField[str, str] = models.TextField()
    sha256: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    bytes: models.BigIntegerField[int, int] = models.BigIntegerField()
    period: models.TextField[str, str] = models.TextField(blank=True)
    status: models.CharField[str, str] = models.CharField(max_length=20, choices=_choices(DeliveryStatus))
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


class StepRun(models.Model):
    """What a step did in a run, why, and everything that its result depended on."""

    run: models.ForeignKey[Run, Run] = models.ForeignKey(Run, models.PROTECT, related_name="steps")
    run_id: int
    step: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    key: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    reason: models.TextField[str, str] = models.TextField()
    state: models.CharField[str, str] = models.CharField(max_length=20, choices=_choices(StepState))
    rows: models.BigIntegerField[int, int] = models.BigIntegerField()
    snapshot: models.ForeignKey[Snapshot | None, Snapshot | None] = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="steps"
    )
    snapshot_id: int | None
    objects: ClassVar[models.Manager[StepRun]]

    class Meta:
        """A step is in a run once."""

        constraints = (models.UniqueConstraint(fields=("run", "step"), name="one_row_a_step"),)


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

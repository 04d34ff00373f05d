"""Runs, their steps, and the snapshots and files of the lake that they and deliveries make."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from roundtable.ledger.models.lengths import ID_LENGTH, SHA256_LENGTH, choices


class RunState(StrEnum):
    """Where a run has got to. One that was killed stays under way until the next resumes it."""

    UNDER_WAY = "under way"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class StepState(StrEnum):
    """Whether a step worked in a run or found its result already there."""

    DONE = "done"
    SKIPPED = "skipped"


class Run(models.Model):
    """One run of the pipeline, however many times it had to be started."""

    id: models.IntegerField[int, int] = models.IntegerField(primary_key=True)
    inputs: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH)
    state: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(RunState))
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
    shape: models.CharField[str, str] = models.CharField(max_length=SHA256_LENGTH, blank=True)
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


class StepRun(models.Model):
    """What a step did in a run, why, and everything that its result depended on."""

    run: models.ForeignKey[Run, Run] = models.ForeignKey(Run, models.PROTECT, related_name="steps")
    run_id: int
    step: models.CharField[str, str] = models.CharField(max_length=ID_LENGTH)
    key: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    reason: models.TextField[str, str] = models.TextField()
    state: models.CharField[str, str] = models.CharField(max_length=20, choices=choices(StepState))
    rows: models.BigIntegerField[int, int] = models.BigIntegerField()
    snapshot: models.ForeignKey[Snapshot | None, Snapshot | None] = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="steps"
    )
    snapshot_id: int | None
    objects: ClassVar[models.Manager[StepRun]]

    class Meta:
        """A step is in a run once."""

        constraints = (models.UniqueConstraint(fields=("run", "step"), name="one_row_a_step"),)

"""The states of the lake, one after another, and which files each of them has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.ledger.attempt import current_attempt
from roundtable.ledger.faults import plain_faults
from roundtable.ledger.models import LakeFile, Snapshot
from roundtable.ledger.numbering import lock_the_head, next_number


def current_snapshot() -> int:
    """The number of the last snapshot; 0 before the first."""
    with plain_faults():
        return int(Snapshot.objects.aggregate(last=Max("id"))["last"] or 0)


def known_snapshot(number: int | None) -> int:
    """A snapshot that exists: the last one when none is asked for.

    Raises:
        SettingUnusable: there is none of that number.
    """
    last = current_snapshot()
    if number is None or 0 <= number <= last:
        return last if number is None else number
    what = f"there is no snapshot {number}"
    remedy = f"the last one is {last}" if last else "nothing has been published yet"
    raise SettingUnusable(Problem(Place("command line", key="snapshot"), "snapshot-unknown", what, remedy))


def add_snapshot(reason: str, at: datetime | None = None) -> Snapshot:
    """The next snapshot, inside the transaction under way; it has no files of its own yet."""
    lock_the_head()
    attempt = current_attempt()
    return Snapshot.objects.create(
        id=next_number(Snapshot.objects, "id"),
        reason=reason,
        run_id=attempt.run if attempt else None,
        at=at or timezone.now(),
    )


def files_at(snapshot: int, table: str | None = None) -> tuple[LakeFile, ...]:
    """The files of a snapshot, of one table or of all, in the order they were added."""
    with plain_faults():
        return tuple(_held(snapshot, table).order_by("table", "added", "sha256", "source"))


def files_of(sources: Sequence[str]) -> tuple[LakeFile, ...]:
    """The files of the last snapshot that these deliveries or steps made."""
    with plain_faults():
        live = LakeFile.objects.filter(removed=None, source__in=list(sources))
        return tuple(live.order_by("table", "added", "sha256", "source"))


def every_file() -> tuple[LakeFile, ...]:
    """Every file that any snapshot has ever had, erased ones among them."""
    with plain_faults():
        return tuple(LakeFile.objects.order_by("table", "added", "sha256", "source"))


def add_files(snapshot: Snapshot, files: Sequence[LakeFile]) -> None:
    """Let a snapshot have these files, which no row names yet, in an order that is always the same."""
    for file in sorted(files, key=lambda file: (file.table, file.sha256, file.source)):
        file.added = snapshot
        file.save(force_insert=True)


def remove_files(snapshot: Snapshot, files: Sequence[tuple[str, str, str]]) -> None:
    """Let a snapshot no longer have these files, each given as (table, sha256, source).

    Raises:
        ValueError: the last snapshot does not have one of them.
    """
    for table, sha256, source in files:
        live = LakeFile.objects.filter(table=table, sha256=sha256, source=source, removed=None)
        if live.update(removed=snapshot) != 1:
            raise ValueError(
                f"{table}/{sha256} of {source} is not in the last snapshot and cannot be removed"
            )


def mark_erased(table: str, sha256: str, why: str, at: datetime | None = None) -> int:
    """Note that a file's bytes are gone for good, and why; the number of rows that named it.

    Raises:
        ValueError: the last snapshot still has the file.
    """
    named = LakeFile.objects.filter(table=table, sha256=sha256, erased_at=None)
    if named.filter(removed=None).exists():
        raise ValueError(f"{table}/{sha256} is in the last snapshot; remove it from there before erasing it")
    return named.update(erased_at=at or timezone.now(), erased_why=why)


def changed_because(reason: str) -> tuple[list[int], list[int], int]:
    """What was done for one reason: rows of files removed, rows of files added, and how many were erased."""
    with plain_faults():
        removed = LakeFile.objects.filter(removed__reason=reason).order_by("id")
        added = LakeFile.objects.filter(added__reason=reason).order_by("id")
        erased = LakeFile.objects.filter(erased_why=reason).values("table", "sha256").distinct().count()
        return [row.rows for row in removed], [row.rows for row in added], erased


def _held(snapshot: int, table: str | None) -> QuerySet[LakeFile]:
    held = LakeFile.objects.filter(Q(removed=None) | Q(removed_id__gt=snapshot), added_id__lte=snapshot)
    return held if table is None else held.filter(table=table)

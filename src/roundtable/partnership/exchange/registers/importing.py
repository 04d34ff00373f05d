"""Registers that somebody has edited, back into the folder: first what would change, then the change.

The folder must load afterwards, or nothing is written. A file that has changed since the registers were
written is not written over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from roundtable.errors import ForeignFileUnusable, Place, Problem
from roundtable.partnership.contact_details import contact_details
from roundtable.partnership.exchange.changes import Change, changes_between
from roundtable.partnership.exchange.plan import Edit, Plan, contents_of
from roundtable.partnership.exchange.registers.grid import Registers
from roundtable.partnership.exchange.registers.rows import RegisterFile, register_files
from roundtable.partnership.exchange.registers.targets import Target, Targets, targets_of
from roundtable.partnership.exchange.registers.terms import folded
from roundtable.partnership.exchange.trial import problems_if
from roundtable.partnership.file_kinds import FileKind
from roundtable.partnership.loading import load_partnership

_STEP = re.compile(r"(\.?[^.\[\]]+|\[\d+\])$")
_OWN_VALUE = re.compile(r"customProperties\[\d+\](?:\.value)?")


def plan_import(registers: Registers, folder: Path, *, remove: bool = False, anyway: bool = False) -> Plan:
    """Work out what an import would change, and make sure that the folder would still load.

    Args:
        registers: the sheets as they were read.
        folder: a partnership folder, or an empty or missing one, which becomes a partnership.
        remove: whether what has no row any more is taken out.
        anyway: whether files that have changed since the registers were written are changed too.

    Raises:
        PartnershipUnusable: the folder has problems of its own.
        ForeignFileUnusable: with every problem of the sheets, each at its cell.
    """
    files = _files_now(folder)
    # What could not be read may be the very row that seems to be missing: nothing is taken out for it.
    targets = targets_of(registers, files, remove=remove and not registers.problems)
    changed = [target for target in targets.files if _differs(target)]
    stale = [] if anyway else list(_stale(registers, changed))
    values = {target.inside: _as_written(target.kind, target.value) for target in targets.files}
    follow = [_at_its_cell(problem, registers, targets) for problem in problems_if(folder, values)]
    _refuse([*_told_once([*registers.problems, *targets.problems], follow), *stale])
    contents = contents_of([_edit(target, as_written=True) for target in changed])
    changes = [change for target in changed for change in _edit(target, as_written=False).changes()]
    return Plan(folder, tuple(changes), tuple(targets.kept), contents, tuple(_contacts(changes)))


def _files_now(folder: Path) -> tuple[RegisterFile, ...]:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return ()
    load_partnership(folder)
    return register_files(folder)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise ForeignFileUnusable(problems)


def _told_once(read: Sequence[Problem], follow: Sequence[Problem]) -> Iterator[Problem]:
    """Every problem of the sheets; of what follows in the folder, only what no such problem explains.

    A cell that cannot be read leaves its key missing, and a row without a fit id is no row: to tell of
    both would send somebody to mend the same cell twice.
    """
    cells: dict[tuple[str, int | None, int | None], Problem] = {}
    for problem in read:
        cells.setdefault(_cell_of(problem.place), problem)
    yield from cells.values()
    for problem in follow:
        place = problem.place
        whole = any(_cell_of(one.place)[:2] == (place.file, place.line) for one in cells.values())
        if _cell_of(place) not in cells and not (whole and place.line and place.column is None):
            yield problem


def _cell_of(place: Place) -> tuple[str, int | None, int | None]:
    return (place.file, place.line, place.column)


def _contacts(changes: Sequence[Change]) -> Iterator[str]:
    """A warning for each change that would bring in what looks like a way to reach a person."""
    for change in changes:
        if any(next(contact_details(text.encode(), ""), None) for text in _texts(change.after)):
            where = f"{change.file}: {change.key}" if change.key else change.file
            yield (
                f"warning {where}: it looks like an e-mail address or a telephone number. No person's "
                "belongs in the folder: posts and organisations only."
            )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _differs(target: Target) -> bool:
    now = target.now.value if target.now else None
    return target.value is None or now is None or bool(list(changes_between("", now, target.value)))


def _edit(target: Target, *, as_written: bool) -> Edit:
    now = target.now.value if target.now else None
    content = target.now.content if target.now else None
    if as_written:
        return Edit(
            target.inside, content, _as_written(target.kind, now), _as_written(target.kind, target.value)
        )
    return Edit(target.inside, content, now, target.value)


def _as_written(kind: FileKind, value: Any) -> Any:
    return folded(value) if kind is FileKind.DATASET else value


def _stale(registers: Registers, changed: Sequence[Target]) -> Iterator[Problem]:
    for target in changed:
        written_from = registers.made_from.get(target.inside)
        if target.now is not None and written_from not in (None, target.now.digest):
            what = f"{target.inside} has changed since {registers.file} was written from it"
            remedy = (
                "Write the registers again and make your edits there; or look at what would change with "
                "--anyway, which puts what the sheet says in the stead of what the file says."
            )
            yield Problem(Place(registers.file), "changed-since", what, remedy)


def _at_its_cell(problem: Problem, registers: Registers, targets: Targets) -> Problem:
    """The same problem, at the cell that the value came from, or at the file where none is known."""
    whole = key = _OWN_VALUE.sub("roundtable", problem.place.key)
    while True:
        place = targets.origins.get((problem.place.file, key))
        if place is not None:
            missing = whole.removeprefix(key).lstrip(".")
            column = registers.column(place.file, missing)
            place = replace(place, key=place.key or missing, column=place.column or column)
            return replace(problem, place=place)
        if not key:
            return problem
        key = _STEP.sub("", key)

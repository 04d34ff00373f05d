"""Findings about what stands in files: one for each kind of file, about the first, with every line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from roundtable.errors import Place
from roundtable.partnership.evidence import Evidence
from roundtable.partnership.file_kinds import FOLDERS, NAMED_FOR_THEIR_ID
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import counted

#: How many rows are shown of one kind of file; how many more there are is said.
MOST_ROWS = 20


class InFiles(NamedTuple):
    """What was found in the files of one kind.

    Attributes:
        about: the thing that the first file holds; the partnership, for what no one thing's file holds.
        rows: what was found, in order of place, no more than are read.
        number: how many there are.
        keepers: ids of the agencies that keep those files.
    """

    about: tuple[Kind, str]
    rows: tuple[Evidence, ...]
    number: int
    keepers: tuple[str, ...]


def by_file(partnership: Partnership, rows: Iterable[Evidence]) -> Iterator[InFiles]:
    """The rows by the kind of file that they stand in, in the order of the files' paths."""
    found: dict[str, list[Evidence]] = {}
    for row in sorted(rows, key=lambda row: (row.place, row.text)):
        found.setdefault(_folder(partnership, row.place), []).append(row)
    for these in found.values():
        things = [_thing(partnership, row.place) for row in these]
        keepers = {agency for thing in things for agency in _keepers(partnership, *thing)}
        yield InFiles(things[0], tuple(_shown(these)), len(these), tuple(sorted(keepers)))


def _shown(rows: list[Evidence]) -> Iterator[Evidence]:
    yield from rows[:MOST_ROWS]
    if len(rows) > MOST_ROWS:
        yield Evidence(rows[MOST_ROWS].place, f"And {counted(len(rows) - MOST_ROWS, 'more', 'more')}.")


def _folder(partnership: Partnership, place: Place) -> str:
    folder, _, inside = partnership.inside(place).partition("/")
    return folder if inside else ""


def _thing(partnership: Partnership, place: Place) -> tuple[Kind, str]:
    kind = FOLDERS.get(_folder(partnership, place))
    if kind is None or kind not in NAMED_FOR_THEIR_ID:
        return Kind.PARTNERSHIP, partnership.charter.id
    return Kind(kind), PurePosixPath(partnership.inside(place)).stem


def _keepers(partnership: Partnership, kind: Kind, thing: str) -> Iterable[str]:
    leads = [scenario.lead for scenario in partnership.scenarios]
    match kind:
        case Kind.AGENCY:
            return (thing,)
        case Kind.SCENARIO:
            return (partnership.scenario(thing).lead,)
        case Kind.AGREEMENT:
            return (party.agency for party in partnership.agreement(thing).parties)
        case Kind.SERVICE:
            return (partnership.service(thing).provider,)
        case Kind.DATASET:
            creator = partnership.dataset(thing).terms.created_by
            return leads if creator is None else (creator,)
        case Kind.IMPROVEMENT:
            owners = (one.owner for one in partnership.improvements if one.id == thing)
            return (partnership.role(owner)[0].id for owner in owners)
        case Kind.MEETING:
            attended = (one.attended for one in partnership.meetings if one.id == thing)
            return [agency for agencies in attended for agency in agencies] or leads
        case _:
            return leads

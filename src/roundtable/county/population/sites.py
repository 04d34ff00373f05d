"""The care homes, hostels, refuges and travellers' sites that a shard has, and the room in each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from roundtable.county.places.dwellings import KINDS
from roundtable.county.plan import Shard
from roundtable.county.reference_table import reference_rows


@dataclass(frozen=True)
class Institution:
    """A kind of institution: a shard has one for so many people, if its number is one of every so many."""

    people_to_one: int
    every_shard: int
    #: Places for people; on a travellers' site for families.
    beds: int
    people_at_first: int


@cache
def institution(kind: int) -> Institution:
    """What there is to say of a kind of institution, such as `dwellings.CARE_HOME`."""
    (row,) = (row for row in reference_rows("population", "institutions") if row["kind"] == KINDS[kind])
    columns = ("people_to_one", "every_shard", "beds", "people_at_first")
    return Institution(*(int(row[column]) for column in columns))


def institutions_of(shard: Shard) -> list[int]:
    """The kinds of the shard's institutions, one entry for each."""
    kinds: list[int] = []
    for row in reference_rows("population", "institutions"):
        kind = KINDS.index(row["kind"])
        what = institution(kind)
        if shard.number % what.every_shard:
            continue
        # What only some shards have, they have once, if they are large enough.
        often = round(shard.people / what.people_to_one) if what.every_shard == 1 else 1
        kinds += [kind] * (often if shard.people >= what.people_to_one / 2 else 0)
    return kinds

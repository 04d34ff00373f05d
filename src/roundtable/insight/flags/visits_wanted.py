"""The list for the visiting teams: homes that several services have flagged and nobody has visited lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from roundtable.insight.flags.agreed import FlagKind
from roundtable.insight.flags.overlap import homes


@dataclass(frozen=True)
class Flag:
    """That an agency has flagged a home, in which dataset, and the last day on which the flag stood.

    The value behind it, such as an injury, is left out: a visitor need not know it.
    """

    agency: str
    dataset: str
    last_on: date


@dataclass(frozen=True)
class VisitWanted:
    """One home to visit. There is no name in it: the team rings the bell.

    Attributes:
        uprn: the property reference number.
        address: in one line, as the gazetteer has it; empty where it has none.
        postcode: likewise.
        kind: what kind of place it is, in the gazetteer's words.
        flags: what is known of it, newest first.
    """

    uprn: str
    address: str
    postcode: str
    kind: str
    flags: tuple[Flag, ...]

    @property
    def services(self) -> int:
        """How many services have flagged it."""
        return len({flag.agency for flag in self.flags})

    @property
    def newest(self) -> date:
        """The last day of its newest flag."""
        return max(flag.last_on for flag in self.flags)


@dataclass(frozen=True)
class VisitList:
    """The homes, those that most services have flagged first, and how many could not be put on the list."""

    homes: tuple[VisitWanted, ...]
    not_in_gazetteer: int


def visits_wanted(property_flags: pa.Table, address_record: pa.Table) -> VisitList:
    """Who is to be visited.

    Args:
        property_flags: the table of that name.
        address_record: the gazetteer's records, less those that are sealed. A home that is not among
            them has no address that anybody could go to; it is counted and not listed.
    """
    wanted = [address for address, home in homes(property_flags).items() if home.wanted]
    places = _places(address_record)
    flags = _flags(property_flags)
    found = [_home(places[address], flags[address]) for address in wanted if address in places]
    ordered = sorted(found, key=lambda home: (-home.services, -home.newest.toordinal(), home.uprn))
    return VisitList(tuple(ordered), len(wanted) - len(found))


def _home(place: Mapping[str, str | None], flags: Sequence[Flag]) -> VisitWanted:
    newest_first = sorted(flags, key=lambda flag: (-flag.last_on.toordinal(), flag.agency, flag.dataset))
    told = {name: place[name] or "" for name in ("uprn", "address", "postcode", "kind")}
    return VisitWanted(**told, flags=tuple(newest_first))


def _places(address_record: pa.Table) -> dict[str, dict[str, str | None]]:
    columns = ["address_id", "uprn", "address", "postcode", "kind"]
    return {row["address_id"]: row for row in address_record.select(columns).to_pylist()}


def _flags(property_flags: pa.Table) -> dict[str, list[Flag]]:
    """The flags of each home, each dataset's once."""
    newest: dict[str, dict[tuple[str, str], date]] = {}
    for row in property_flags.to_pylist():
        if row["kind"] == FlagKind.FLAG:
            mine, source = newest.setdefault(row["address_id"], {}), (row["agency"], row["dataset"])
            mine[source] = max(mine.get(source, row["last_on"]), row["last_on"])
    return {
        address: [Flag(*source, last_on) for source, last_on in found.items()]
        for address, found in newest.items()
    }

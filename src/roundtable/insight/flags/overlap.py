"""How many homes each set of services has flagged, and how many of them nobody has visited lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from roundtable.data.tables import LAKE_TABLES
from roundtable.insight.flags.agreed import FlagKind

#: What stands between the ids of agencies in one text; no id holds it.
BETWEEN = "+"
#: A home that so many services have flagged is worth a visit: fewer than two, and nothing was joined up.
SEVERAL = 2


@dataclass(frozen=True)
class Home:
    """One property: which agencies have flagged it, in order, and whether it has been visited."""

    agencies: tuple[str, ...]
    visited: bool

    @property
    def wanted(self) -> bool:
        """Whether it is to be visited: several services have flagged it, and nobody has been there."""
        return len(self.agencies) >= SEVERAL and not self.visited


def homes(property_flags: pa.Table) -> Mapping[str, Home]:
    """Each property with a flag, by the keyed id of its address."""
    flagged: dict[str, set[str]] = {}
    visited: set[str] = set()
    columns = (property_flags.column(name).to_pylist() for name in ("address_id", "agency", "kind"))
    for address, agency, kind in zip(*columns, strict=True):
        if kind == FlagKind.VISIT:
            visited.add(address)
        else:
            flagged.setdefault(address, set()).add(agency)
    return {
        address: Home(tuple(sorted(agencies)), address in visited)
        for address, agencies in sorted(flagged.items())
    }


def flag_overlap(property_flags: pa.Table) -> pa.Table:
    """The table `flag_overlap`: each set of agencies that have flagged the same homes.

    An Arrow step: bounded by the properties that have a flag, which are fewer than a fifth of all. The
    counts are exact; whoever shows them applies disclosure control.
    """
    found = homes(property_flags).values()
    every, unvisited = _counted(found), _counted(home for home in found if not home.visited)
    rows = [
        {
            "agencies": BETWEEN.join(agencies),
            "services": len(agencies),
            "homes": number,
            "unvisited": unvisited[agencies],
        }
        for agencies, number in sorted(every.items())
    ]
    return pa.Table.from_pylist(rows, schema=LAKE_TABLES["flag_overlap"].schema)


def _counted(found: Iterable[Home]) -> Counter[tuple[str, ...]]:
    return Counter(home.agencies for home in found)


@dataclass(frozen=True)
class FlagsValue:
    """What sharing flags is worth, in homes: what is found together beside what one agency would find.

    Attributes:
        alone: homes that the visiting agencies' own data flag and that nobody has visited lately.
        together: homes that two services or more have flagged and that nobody has visited lately.
        unknown_to_visitor: of those, homes that the visiting agencies' own data do not flag at all.
        visited: homes that two services or more have flagged, and that have been visited.
    """

    alone: int
    together: int
    unknown_to_visitor: int
    visited: int


def flags_value(flag_overlap: pa.Table, visiting: Iterable[str]) -> FlagsValue:
    """What the table comes to.

    Args:
        flag_overlap: the table of that name.
        visiting: the agencies whose visits count.
    """
    own = set(visiting)
    rows = [(set(row["agencies"].split(BETWEEN)), row) for row in flag_overlap.to_pylist()]
    several = [(agencies, row) for agencies, row in rows if row["services"] >= SEVERAL]
    return FlagsValue(
        alone=sum(row["unvisited"] for agencies, row in rows if agencies & own),
        together=sum(row["unvisited"] for _, row in several),
        unknown_to_visitor=sum(row["unvisited"] for agencies, row in several if not agencies & own),
        visited=sum(row["homes"] - row["unvisited"] for _, row in several),
    )

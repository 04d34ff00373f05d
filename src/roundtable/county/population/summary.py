"""The figures of a generated population beside the published ones.

A shard is counted by itself (`count`), the counts of shards are added up (`added`), and the sums make the
rows (`summary`). A figure nobody has published, or that was not looked up, stands without one and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.plan import CountyPlan
from roundtable.county.population.lives import NEVER
from roundtable.county.population.tables import (
    MAIN_STAYS,
    HouseholdKind,
    NameReason,
    Population,
    RelationKind,
    StayKind,
)
from roundtable.county.reference_table import FigureStatus, reference_rows

_COMMUNAL = (HouseholdKind.CARE_HOME, HouseholdKind.HOSTEL, HouseholdKind.REFUGE)
_OTHER_KINDS = (HouseholdKind.SHARED, HouseholdKind.STUDENT, HouseholdKind.OTHER)
_BANDS = (0, 15, 30, 45, 65, 80)
_ISLES = ("british", "irish", "scottish", "welsh")
#: By what each unit of a published figure divides a count: the name of another count.
_DENOMINATORS = {
    "per 1,000 people": "people",
    "per 1,000 people a year": "person years",
    "per 1,000 households": "households",
    "per 1,000 births": "births",
    "per 1,000 men": "men",
    "per 1,000 of 65 and over": "people 65",
    "per 1,000 of 5 and over": "people 5",
}
_OF_AN_AGE = {"with_parent": "people 20 to 34", "two_homes": "people under 16"}

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SummaryRow:
    """One figure of a group: as generated, and as published where it is; `unit` says per what both are."""

    figure: str
    group: str
    label: str
    unit: str
    generated: float
    published: float | None
    source: str
    date: str
    status: FigureStatus


def summary(counts: Mapping[str, float]) -> tuple[SummaryRow, ...]:
    """Every figure of the counts beside the published one, in the order of the reference table."""
    rows = []
    for row in reference_rows("population", "published"):
        figure, unit = row["figure"], row["unit"]
        below = counts.get(_OF_AN_AGE.get(figure) or _DENOMINATORS[unit], 0.0)
        generated = 1000 * counts.get(figure, 0.0) / below if below else 0.0
        published = float(row["published"]) if row["published"] else None
        status = FigureStatus(row["status"])
        rows.append(
            SummaryRow(
                figure,
                row["group"],
                row["label"],
                unit,
                generated,
                published,
                row["source"],
                row["date"],
                status,
            )
        )
    return tuple(rows)


def as_table(rows: Iterable[SummaryRow]) -> str:
    """The rows as a table in Markdown; a figure that is not published has no status of its own."""
    lines = ["| figure | generated | published | unit | status |", "|---|---|---|---|---|"]
    for row in rows:
        published = "" if row.published is None else _short(row.published)
        status = "" if row.published is None else str(row.status)
        lines.append(f"| {row.label} | {_short(row.generated)} | {published} | {row.unit} | {status} |")
    return "\n".join(lines)


def _short(number: float) -> str:
    """Two or three significant digits."""
    return f"{number:.0f}" if number >= 20 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"


def added(counts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The counts of several shards as those of all; the commonest surname is that of all of them."""
    total: Counter[str] = Counter()
    for of_shard in counts:
        total.update(of_shard)
    surnames = [number for name, number in total.items() if name.startswith("surname ")]
    return dict(total) | {"commonest_surname": max(surnames, default=0.0)}


def count(plan: CountyPlan, population: Population) -> dict[str, float]:
    """What a shard adds to each figure."""
    here = _Today(plan, population)
    counts: dict[str, float] = {"people": here.people, "person years": here.people * plan.years}
    counts |= _ages(here) | _stays(here) | _homes(here) | _years(plan, here) | _names(plan, here)
    return counts | _ties(here)


class _Today:
    """Who lives in the shard today, and the columns that several counts need."""

    def __init__(self, plan: CountyPlan, population: Population) -> None:
        self.population = population
        persons = population.persons
        self.ids = persons["person"].to_numpy()
        self.born, self.died = day_numbers(persons, "born"), day_numbers(persons, "died")
        self.came, self.left = day_numbers(persons, "in_from"), day_numbers(persons, "in_to")
        stays = population.stays
        self.stay_kind = np.array(stays["kind"].to_pylist())
        self.stay_of = np.searchsorted(self.ids, stays["person"].to_numpy())
        self.stay_now = day_numbers(stays, "to_day") == NEVER
        main = np.isin(self.stay_kind, [str(kind) for kind in MAIN_STAYS])
        self.main_now = main & self.stay_now & (self.stay_kind != StayKind.AWAY)
        self.here = np.zeros(len(self.ids), dtype=np.bool_)
        self.here[self.stay_of[self.main_now]] = True
        self.people = float(self.here.sum())
        self.age = (plan.last_day - self.born) / 365.25

    def those(self, fits: Flags) -> float:
        """How many of today's people fit."""
        return float((self.here & fits).sum())


def day_numbers(table: pa.Table, column: str) -> Numbers:
    """A column of dates as day numbers; `NEVER` where it is null."""
    numbers = table[column].combine_chunks().cast(pa.int32())
    return np.asarray(pc.fill_null(numbers, int(NEVER)).to_numpy(), dtype=np.int64)


def _ages(here: _Today) -> dict[str, float]:
    age, sex = here.age, np.array(here.population.persons["sex"].to_pylist())
    ends = (*_BANDS[1:], 200)
    counts = {
        f"age_{start}": here.those((age >= start) & (age < end))
        for start, end in zip(_BANDS, ends, strict=True)
    }
    traditions = np.array(here.population.persons["tradition"].to_pylist())
    return counts | {
        "women": here.those(sex == "F"),
        "men": here.those(sex == "M"),
        "people 65": here.those(age >= 65),
        "people 5": here.those(age >= 5),
        "people under 16": here.those(age < 16),
        "people 20 to 34": here.those((age >= 20) & (age < 35)),
        "other_traditions": here.those(~np.isin(traditions, _ISLES)),
    }


def _stays(here: _Today) -> dict[str, float]:
    now = {
        kind: np.unique(here.stay_of[here.stay_now & (here.stay_kind == kind)]) for kind in tuple(StayKind)
    }
    plain = (StayKind.CARE_HOME, StayKind.HOSTEL, StayKind.REFUGE, StayKind.SITE)
    counts = {str(kind): float(len(now[kind])) for kind in (*plain, StayKind.NO_FIXED_ADDRESS, StayKind.AWAY)}
    counts["second_home"] = float(len(now[StayKind.SECOND_HOME]))
    counts["two_homes"] = float(len(now[StayKind.SHARED_CUSTODY]))
    protected = here.population.protections
    placed = protected.filter(pc.and_(pc.is_valid(protected["address"]), pc.is_null(protected["to_day"])))
    counts["protected"] = float(len(pc.unique(placed["person"])))
    return counts


def _homes(here: _Today) -> dict[str, float]:
    population = here.population
    households = population.households.filter(pc.is_null(population.households["to_day"]))
    households = households.filter(
        pc.invert(pc.is_in(households["kind"], value_set=pa.array([str(k) for k in _COMMUNAL])))
    )
    kinds = Counter(households["kind"].to_pylist())
    counts = {"households": float(households.num_rows)}
    counts |= {f"kind_{kind}": float(kinds[kind]) for kind in HouseholdKind}
    counts["kind_other_kinds"] = float(sum(kinds[kind] for kind in _OTHER_KINDS))
    ids = pc.fill_null(population.stays["household"].combine_chunks(), -1).to_numpy()[here.main_now]
    sizes = np.bincount(
        np.searchsorted(np.unique(ids), households["household"].to_numpy()), minlength=len(np.unique(ids))
    )
    members = np.unique(ids, return_counts=True)[1][sizes > 0]
    for size in range(1, 6):
        counts[f"size_{size}"] = float((members == size).sum() if size < 5 else (members >= size).sum())
    place = households["address"].to_numpy() - population.addresses["address"][0].as_py()
    tenures = Counter(population.addresses["tenure"].take(pa.array(place)).to_pylist())
    counts |= {f"tenure_{tenure}": float(number) for tenure, number in tenures.items()}
    flats = pc.equal(population.addresses["kind"].take(pa.array(place)), "flat")
    return counts | {"flats": float(pc.sum(flats).as_py() or 0)}


def _years(plan: CountyPlan, here: _Today) -> dict[str, float]:
    first = plan.first_day
    born = (here.born >= first) & (here.came == here.born)
    twins = pc.is_valid(here.population.persons["twin"]).to_numpy()
    came = (here.came >= first) & (here.came > here.born)
    stays = here.population.stays
    start = day_numbers(stays, "from_day")
    main = np.isin(here.stay_kind, [str(kind) for kind in MAIN_STAYS])
    moved = main & (start >= first) & (start > here.came[here.stay_of])
    relations = here.population.relations
    whose = np.searchsorted(here.ids, relations["person"].to_numpy())
    recent = day_numbers(relations, "married") >= np.maximum(first, here.came[whose])
    return {
        "births": float(born.sum()),
        "deaths": float((here.died < NEVER).sum()),
        "twins": float((born & twins).sum()),
        "came": float(came.sum()),
        "left": float((here.left < NEVER).sum()),
        "moved": float(moved.sum() + came.sum()),
        "marriages": float(((day_numbers(relations, "married") < NEVER) & recent).sum()) / 2,
    }


def _names(plan: CountyPlan, here: _Today) -> dict[str, float]:
    names = here.population.names
    start, until = day_numbers(names, "from_day"), day_numbers(names, "to_day")
    whose = np.searchsorted(here.ids, names["person"].to_numpy())
    reason = np.array(names["reason"].to_pylist())
    inside = (start >= np.maximum(plan.first_day, here.came[whose])) & (reason != NameReason.BIRTH)
    counts = {f"name_{kind}": float((inside & (reason == kind)).sum()) for kind in tuple(NameReason)[1:]}
    now = (until == NEVER) & here.here[whose]
    current = names.filter(pa.array(now))
    surnames = Counter(current["surname"].to_pylist())
    counts |= {f"surname {name}": float(number) for name, number in surnames.items()}
    counts["double_surnames"] = float(sum(n for name, n in surnames.items() if "-" in name[:-1]))
    counts["known_as"] = float(current.num_rows - current["known_as"].null_count)
    counts["same_name_fathers"] = _namesakes(here)
    return counts


def _namesakes(here: _Today) -> float:
    """Men of today who were given their father's whole name at birth."""
    names = here.population.names.filter(pc.equal(here.population.names["reason"], str(NameReason.BIRTH)))
    full = np.array(pc.binary_join_element_wise(names["given"], names["surname"], " ").to_pylist())
    persons = here.population.persons
    father = pc.fill_null(persons["father"].combine_chunks(), -1).to_numpy()
    known = father >= 0
    same = np.zeros(len(here.ids), dtype=np.bool_)
    same[known] = full[known] == full[np.searchsorted(here.ids, father[known])]
    return here.those(same)


def _ties(here: _Today) -> dict[str, float]:
    relations = here.population.relations
    carers = relations.filter(
        pc.and_(pc.equal(relations["kind"], str(RelationKind.CARER)), pc.is_null(relations["to_day"]))
    )
    caring = np.searchsorted(here.ids, np.unique(carers["person"].to_numpy()))
    household = np.full(len(here.ids), -1, dtype=np.int64)
    ids = pc.fill_null(here.population.stays["household"].combine_chunks(), -1).to_numpy()
    household[here.stay_of[here.main_now]] = ids[here.main_now]
    with_parent = np.zeros(len(here.ids), dtype=np.bool_)
    for column in ("mother", "father"):
        parent = pc.fill_null(here.population.persons[column].combine_chunks(), -1).to_numpy()
        known = np.flatnonzero(parent >= 0)
        at = np.searchsorted(here.ids, parent[known])
        with_parent[known[(household[at] == household[known]) & (household[known] >= 0)]] = True
    young = (here.age >= 20) & (here.age < 35)
    return {"carers": float(here.here[caring].sum()), "with_parent": here.those(with_parent & young)}

"""How much of the harm lies in the few worst areas, and how much chance alone would put there.

"Five per cent of places hold half of the harm" is a strong sentence and an easy one to be fooled by:
wherever a few records weigh thousands of times as much as most, some areas come out on top whatever
the places are like. Published shares for fifteen council areas (half of crime in 3 % of street
segments, half of harm in 1 %: Weinborn and others, 2017) have led many to say that harm concentrates
more than crime; others found that it does not (Harinam and others, Toronto, 2022). So each share stands
beside what two worlds without special places would give.

*Shuffled.* Each area keeps its number of records and each category its total, but which record is of
which category is drawn afresh. What is left is the concentration that comes from where records are
and from how unequal the weights are. A share above the interval means that the worst categories
gather in the worst areas; a share inside it means that the harm says no more than the count does.

*Mixed severity.* Each area keeps its records of each category, and how severe each is is drawn from
the mix that was assumed for its category. This shows how much more concentrated harm would look, with
no place any more dangerous than another, if the finer codes were known: the few gravest records fall
somewhere. An observed share of averaged weights lies below it as a rule, and a claim about finer
codes has to beat it.

Areas are ranked afresh in every simulation. Shares are of all the dataset's harm; what lies outside
every area, or nobody can place, is part of the whole and never among the worst.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.data.tables import LAKE_TABLES
from roundtable.insight.harm.counts import RESERVED
from roundtable.insight.harm.weights import Basis, WeightSet

TOP_PERCENTS = (1, 5, 10)
SIMULATIONS = 200
#: Where every draw starts from, so that a run repeated says the same.
SEED = 1

Counts = NDArray[np.int64]
#: Parts per million in the top areas, in the order of TOP_PERCENTS.
Shares = tuple[int, ...]
#: One weight set, by the scheme that it weighs.
Schemes = Mapping[str, WeightSet]


class NullModel(StrEnum):
    """The worlds without special places."""

    SHUFFLED = "shuffled"
    MIXED_SEVERITY = "mixed_severity"
    NONE = "none"


@dataclass(frozen=True)
class Grid:
    """Records of one dataset in areas of one kind.

    Attributes:
        dataset: whose records they are.
        area_kind: the kind of area.
        categories: (scheme, code) of each column.
        records: records by area and category; areas first, the reserved rows after them.
        areas: how many of the rows are areas.
    """

    dataset: str
    area_kind: str
    categories: tuple[tuple[str, str], ...]
    records: Counts
    areas: int

    def generator(self, null: NullModel, weight_set: str = "") -> np.random.Generator:
        """A stream of its own, so that no other dataset, kind or set changes what is drawn here."""
        name = "\0".join((self.dataset, self.area_kind, null, weight_set))
        entropy = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16])
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([SEED, entropy])))

    def top(self, percent: int) -> int:
        """How many areas make a percentage of them: the nearest whole number, and at least one."""
        return max(1, (2 * percent * self.areas + 100) // 200)

    def shares(self, harm: Counts) -> Shares | None:
        """Parts per million of the harm that lie in the top areas; None where there is no harm."""
        total = int(harm.sum())
        worst = np.sort(harm[: self.areas])[::-1].cumsum()
        if total == 0:
            return None
        return tuple(_ppm(int(worst[self.top(percent) - 1]), total) for percent in TOP_PERCENTS)


def concentration(
    counts: pa.Table, areas: pa.Table, sets: Sequence[WeightSet], simulations: int = SIMULATIONS
) -> pa.Table:
    """The table `concentration`: shares of the top 1, 5 and 10 % of areas, with their null models.

    An Arrow step: bounded by areas times codes, times simulations; not by records. The interval holds
    the middle 95 % of the simulated shares. A plain count has no null of these kinds, and a set in
    which nothing has any harm has no row.

    Args:
        counts: records by area and code (`AREA_CODE_COUNTS`).
        areas: `area_kind` and `area_id` of every area, those with no records among them.
        sets: the weight sets.
        simulations: how many draws each null model makes.
    """
    rows = [row for grid in _grids(counts, areas) for row in _rows(grid, _by_id(sets, grid), simulations)]
    table = LAKE_TABLES["concentration"]
    found = pa.Table.from_pylist(rows, schema=table.schema)
    return found.sort_by([(name, "ascending") for name in table.sort_key]).combine_chunks()


def shuffled(grid: Grid, simulations: int) -> Iterator[Counts]:
    """Grids with the same records in each area and the same total of each category.

    One category after another takes its places among those still free: successive multivariate
    hypergeometric draws, whose cost does not grow with the number of records.
    """
    generator = grid.generator(NullModel.SHUFFLED)
    places, totals = grid.records.sum(axis=1), grid.records.sum(axis=0)
    for _ in range(simulations):
        free, drawn = places.copy(), np.zeros_like(grid.records)
        for column, total in enumerate(totals):
            drawn[:, column] = generator.multivariate_hypergeometric(free, total)
            free -= drawn[:, column]
        yield drawn


def mixed_severity(grid: Grid, sets: Schemes, simulations: int) -> Iterator[Counts]:
    """Harm by area with each record's severity drawn from the mix assumed for its category."""
    generator = grid.generator(NullModel.MIXED_SEVERITY, next(iter(sets.values())).id)
    mixes = [_mix(sets.get(scheme), code) for scheme, code in grid.categories]
    for _ in range(simulations):
        harm = np.zeros(len(grid.records), np.int64)
        for column, (shares, severities) in enumerate(mixes):
            harm += generator.multinomial(grid.records[:, column], shares) @ severities
        yield harm


def _mix(one: WeightSet | None, code: str) -> tuple[NDArray[np.float64], Counts]:
    parts = one.parts(code) if one is not None else ()
    shares = np.array([float(part.share) for part in parts] or [1.0])
    return shares / shares.sum(), np.array([part.thousandths for part in parts] or [0], np.int64)


def _rows(grid: Grid, sets: Mapping[str, Schemes], simulations: int) -> Iterator[dict[str, object]]:
    weights = {name: _weights(grid, schemes) for name, schemes in sets.items()}
    observed = {name: grid.shares(grid.records @ weights[name]) for name in sets}
    harmful = {name: shares for name, shares in observed.items() if shares is not None}
    drawn = _shuffled_shares(grid, {name: weights[name] for name in harmful}, simulations)
    for name, shares in harmful.items():
        bases = {one.basis for one in sets[name].values()}
        if bases == {Basis.COUNT}:
            yield from _compared(grid, name, shares, NullModel.NONE, [])
            continue
        yield from _compared(grid, name, shares, NullModel.SHUFFLED, drawn[name])
        if Basis.MIX in bases:
            harms = mixed_severity(grid, sets[name], simulations)
            mixed = [found for harm in harms if (found := grid.shares(harm)) is not None]
            yield from _compared(grid, name, shares, NullModel.MIXED_SEVERITY, mixed)


def _shuffled_shares(grid: Grid, weights: Mapping[str, Counts], simulations: int) -> dict[str, list[Shares]]:
    """The top shares under each set, of the same shuffles: one is drawn, weighed and let go at a time."""
    found: dict[str, list[Shares]] = {name: [] for name in weights}
    for records in shuffled(grid, simulations):
        for name, weight in weights.items():
            shares = grid.shares(records @ weight)
            found[name].extend([shares] if shares is not None else [])
    return found


def _compared(
    grid: Grid, name: str, observed: Shares, null: NullModel, simulated: Sequence[Shares]
) -> Iterator[dict[str, object]]:
    for at, percent in enumerate(TOP_PERCENTS):
        mean, low, high = _middle(sorted(shares[at] for shares in simulated))
        yield {
            "weight_set": name,
            "dataset": grid.dataset,
            "area_kind": grid.area_kind,
            "top_percent": percent,
            "areas": grid.top(percent),
            "share_ppm": observed[at],
            "null_model": null.value,
            "null_mean_ppm": mean,
            "null_low_ppm": low,
            "null_high_ppm": high,
            "simulations": len(simulated),
        }


def _middle(ordered: Sequence[int]) -> tuple[int | None, int | None, int | None]:
    """The mean, and the ends of the middle 95 %: as many left out below as above."""
    if not ordered:
        return None, None, None
    out = len(ordered) // 40
    return _half_up(sum(ordered), len(ordered)), ordered[out], ordered[-1 - out]


def _weights(grid: Grid, schemes: Schemes) -> Counts:
    """The weight of each category; one that is unpriced adds nothing to harm, and keeps its records."""
    weights = [
        schemes[scheme].weight(code) if scheme in schemes else None for scheme, code in grid.categories
    ]
    return np.array([weight or 0 for weight in weights], np.int64)


def _by_id(sets: Sequence[WeightSet], grid: Grid) -> dict[str, dict[str, WeightSet]]:
    """The sets that can weigh this grid: by id, then by scheme."""
    schemes = {scheme for scheme, _ in grid.categories}
    found: dict[str, dict[str, WeightSet]] = {}
    for one in sets:
        if one.scheme in schemes:
            found.setdefault(one.id, {})[one.scheme] = one
    return dict(sorted(found.items()))


def _grids(counts: pa.Table, areas: pa.Table) -> Iterator[Grid]:
    known: dict[str, set[str]] = {}
    for row in areas.select(["area_kind", "area_id"]).to_pylist():
        known.setdefault(row["area_kind"], set()).add(row["area_id"])
    rows: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in counts.to_pylist():
        rows.setdefault((row["dataset"], row["area_kind"]), []).append(row)
    for (dataset, kind), mine in sorted(rows.items()):
        yield _grid(dataset, kind, mine, sorted(known.get(kind, set())))


def _grid(dataset: str, kind: str, rows: Sequence[Mapping[str, object]], ids: Sequence[str]) -> Grid:
    at = {area_id: number for number, area_id in enumerate([*ids, *RESERVED])}
    categories = sorted({(str(row["scheme"]), str(row["code"])) for row in rows})
    column = {category: number for number, category in enumerate(categories)}
    records = np.zeros((len(at), len(column)), np.int64)
    for row in rows:
        records[at[str(row["area_id"])], column[str(row["scheme"]), str(row["code"])]] += int(
            str(row["records"])
        )
    return Grid(dataset, kind, tuple(categories), records, len(ids))


def _ppm(part: int, whole: int) -> int:
    return _half_up(part * 1_000_000, whole)


def _half_up(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)

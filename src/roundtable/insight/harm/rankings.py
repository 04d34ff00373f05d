"""How far two weight sets agree on which areas are worst.

Published comparisons find that different harm weights can give substantially different results, so a
ranking is shown with how much of it survives another choice of weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import floor

import pyarrow as pa

from roundtable.data.tables import LAKE_TABLES
from roundtable.insight.harm.counts import RESERVED

TOP = 25
#: For one set: area id to its harm and its rank.
Ranking = Mapping[str, tuple[int, int]]


def ranking_agreement(harm_area: pa.Table) -> pa.Table:
    """The table `ranking_agreement`: each pair of weight sets, by dataset and kind of area.

    An Arrow step: bounded by areas times weight sets. Spearman's rho and Kendall's tau-b compare total
    harm over all areas, ties shared; the reserved rows are no areas and are left out. The last column
    counts the areas that both sets have among their first 25, ties broken as the rank breaks them. A
    pair has no row where nothing can be ranked: fewer than two areas, or the same harm in all.
    """
    rows = [
        {"dataset": dataset, "area_kind": kind, "first_set": first, "second_set": second}
        | _agreement(rankings[first], rankings[second])
        for (dataset, kind), rankings in sorted(_rankings(harm_area).items())
        for first, second in combinations(sorted(rankings), 2)
        if _can_rank(rankings[first]) and _can_rank(rankings[second])
    ]
    return pa.Table.from_pylist(rows, schema=LAKE_TABLES["ranking_agreement"].schema)


def _rankings(harm_area: pa.Table) -> dict[tuple[str, str], dict[str, dict[str, tuple[int, int]]]]:
    columns = ["weight_set", "dataset", "area_kind", "area_id", "harm", "rank"]
    found: dict[tuple[str, str], dict[str, dict[str, tuple[int, int]]]] = {}
    for name, dataset, kind, area_id, harm, rank in _tuples(harm_area.select(columns)):
        if area_id not in RESERVED:
            found.setdefault((dataset, kind), {}).setdefault(name, {})[area_id] = (harm, rank)
    return found


def _tuples(table: pa.Table) -> Iterator[tuple[str, str, str, str, int, int]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def _agreement(first: Ranking, second: Ranking) -> dict[str, int]:
    # Loaded here and not above: it takes seconds, and a run with nothing to rank should not wait for it.
    from scipy import stats

    areas = sorted(first)
    harms = [first[area][0] for area in areas], [second[area][0] for area in areas]
    return {
        "areas": len(areas),
        "spearman_ppm": _ppm(stats.spearmanr(*harms).statistic),
        "kendall_tau_b_ppm": _ppm(stats.kendalltau(*harms, variant="b").statistic),
        "top25_in_common": len(_top(first) & _top(second)),
    }


def _can_rank(ranking: Ranking) -> bool:
    return len({harm for harm, _ in ranking.values()}) > 1


def _ppm(coefficient: float) -> int:
    return floor(coefficient * 1_000_000 + 0.5)


def _top(ranking: Ranking) -> set[str]:
    return {area for area, (_, rank) in ranking.items() if rank <= TOP}

"""The weights that harm is measured with: the partnership's own tables, by the county's offence subgroups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from roundtable.county.comparison.crime_rows import SUBGROUPS
from roundtable.county.happenings.lives import Floats
from roundtable.county.reference_table import reference_rows
from roundtable.partnership.model.reference import HarmWeightTable


@dataclass(frozen=True)
class Weights:
    """Harm of one offence, by subgroup. A subgroup without a weight is unpriced and adds nothing.

    Attributes:
        name: what the set is called on the page.
        unit: GBP, days.
        by_subgroup: the weight of each subgroup that has one.
    """

    name: str
    unit: str
    by_subgroup: Mapping[str, float]

    @property
    def array(self) -> Floats:
        """By the place in SUBGROUPS."""
        return np.array([self.by_subgroup.get(name, 0.0) for name in SUBGROUPS])

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Subgroups without a weight."""
        return tuple(name for name in SUBGROUPS if name not in self.by_subgroup)


def weights_of(tables: Iterable[HarmWeightTable]) -> tuple[Weights, ...]:
    """The sets among a partnership's tables that weigh offence subgroups, or what the Home Office costed.

    Rows are matched to a subgroup by its own name, or by the name of its cost in reference/cost_codes.csv.
    Tables that price fewer than five subgroups (of other schemes) are left out.
    """
    costs = {row["code"]: row["subgroup"] for row in reference_rows("comparison", "cost_codes")}
    found = []
    for table in tables:
        known = {
            costs.get(row.code, row.code): float(row.value)
            for row in table.rows
            if costs.get(row.code, row.code) in SUBGROUPS
        }
        if len(known) >= _FEWEST:
            found.append(Weights(table.id, table.unit, known))
    return tuple(found)


_FEWEST = 5

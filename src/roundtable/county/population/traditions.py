"""Naming traditions: how a name is ordered, handed on to children and changed at marriage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from roundtable.county.reference_table import reference_rows


class NameOrder(StrEnum):
    """Which part of a name its bearers say and write first, and may well put in a form's first field."""

    GIVEN_FIRST = "given_first"
    SURNAME_FIRST = "surname_first"


class ChildrensSurname(StrEnum):
    """Whose surname a child has."""

    PATRILINEAL = "patrilineal"
    #: The father's first surname and then the mother's first.
    FATHER_MOTHER = "father_mother"
    #: The mother's last surname and then the father's last.
    MOTHER_FATHER = "mother_father"
    #: The father's, a title of respect, or one of its own: brothers may differ.
    LOOSE = "loose"
    #: Singh for men and Kaur for women, with a family's surname or in its stead.
    SINGH_KAUR = "singh_kaur"
    #: The father's given name.
    PATRONYMIC = "patronymic"
    #: The family's, after the given names of father and grandfather.
    CHAIN = "chain"


class MiddleNames(StrEnum):
    """What stands between the given name and the surname."""

    NONE = "none"
    MIDDLE = "middle"
    CHAIN = "chain"
    VIETNAMESE = "vietnamese"
    #: The mother's surname at birth.
    MOTHER = "mother"
    #: A name for the day of the week on which the person was born.
    DAY = "day"


@dataclass(frozen=True)
class Tradition:
    """One naming tradition; `share` is that of the households that have it."""

    name: str
    share: float
    order: NameOrder
    children: ChildrensSurname
    takes: bool
    middle: MiddleNames


@cache
def traditions() -> tuple[Tradition, ...]:
    """All traditions, in the order of their table; the simulation knows them by their place in it."""
    rows = reference_rows("population", "traditions")
    total = sum(int(row["households_per_10000"]) for row in rows)
    return tuple(
        Tradition(
            row["tradition"],
            int(row["households_per_10000"]) / total,
            NameOrder(row["order"]),
            ChildrensSurname(row["children"]),
            row["marriage"] == "takes",
            MiddleNames(row["middle"]),
        )
        for row in rows
    )


@cache
def tradition_shares() -> npt.NDArray[np.float64]:
    """The share of households of each tradition, in the table's order."""
    return np.array([tradition.share for tradition in traditions()])


def order_of(tradition: str) -> NameOrder:
    """Which part of the name comes first in a tradition, by its name."""
    return next(found.order for found in traditions() if found.name == tradition)


@cache
def with_rule(rule: ChildrensSurname | MiddleNames) -> npt.NDArray[np.bool_]:
    """Which traditions follow a rule, in the table's order."""
    return np.array([rule in (tradition.children, tradition.middle) for tradition in traditions()])


@cache
def takes_surname() -> npt.NDArray[np.bool_]:
    """In which traditions a wife may take her husband's surname, in the table's order."""
    return np.array([tradition.takes for tradition in traditions()])

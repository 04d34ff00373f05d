"""What one event of each code weighs, in each weight set.

A weight set comes from a dated reference table in one of three ways. *Direct*: the table prices the
scheme that the events are coded in. *Mix*: it prices a finer scheme, and another table says what the
broad codes are thought to be made of. *Count*: every record weighs one. A code, or a part of a mix,
that nobody has priced is unpriced; it is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

import pyarrow as pa

from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.model.reference import CodeMixTable, HarmWeightTable

#: The id and the unit of the plain count, the set that is always there.
COUNT = "count"
COUNT_UNIT = "records"


class Basis(StrEnum):
    """How a set came to weigh a scheme."""

    DIRECT = "direct"
    MIX = "mix"
    COUNT = "count"


@dataclass(frozen=True)
class Part:
    """A share of one code's records that is one thing, and what that thing weighs if anybody has said."""

    share: Decimal
    code: str
    value: Decimal | None

    @property
    def thousandths(self) -> int:
        """Its weight in thousandths of the unit; an unpriced part adds nothing to a sum."""
        return 0 if self.value is None else half_up(self.value * 1000)


@dataclass(frozen=True)
class WeightSet:
    """One way to weigh the codes of one scheme.

    Attributes:
        prices: value of each code of the scheme that the reference table prices.
        shares: for a mix, what each code of `scheme` is thought to be made of.
    """

    id: str
    scheme: str
    unit: str
    basis: Basis
    prices: Mapping[str, Decimal]
    shares: Mapping[str, Mapping[str, Decimal]]

    def parts(self, code: str) -> tuple[Part, ...]:
        """What a record of the code is made of; one unpriced part when nothing is known of it."""
        if self.basis is Basis.COUNT:
            return (Part(Decimal(1), code, Decimal(1)),)
        made_of = self.shares.get(code, {code: Decimal(1)} if self.basis is Basis.DIRECT else {})
        found = tuple(Part(share, finer, self.prices.get(finer)) for finer, share in sorted(made_of.items()))
        return found or (Part(Decimal(1), code, None),)

    def weight(self, code: str) -> int | None:
        """The weight of one record in thousandths, rounded half up once; None when wholly unpriced."""
        priced = [part.share * part.value for part in self.parts(code) if part.value is not None]
        return half_up(sum(priced, Decimal(0)) * 1000) if priced else None

    def priced_ppm(self, code: str) -> int:
        """The share of such records that the weight speaks for, in parts per million."""
        priced = [part.share for part in self.parts(code) if part.value is not None]
        return half_up(sum(priced, Decimal(0)) * 1_000_000)


def weight_sets(
    tables: Sequence[HarmWeightTable], mixes: Sequence[CodeMixTable], schemes: Iterable[str]
) -> tuple[WeightSet, ...]:
    """Every weight set of every scheme that there is a way to weigh, by id and scheme.

    A set is named after its reference table. Where several mixes lead to one table, each makes a set
    of its own, named after both, so that one can see what turns on the assumption.

    Raises:
        PartnershipUnusable: a reference table has the id that is kept for the plain count.
    """
    _refuse_reserved(tables)
    found = []
    for scheme in sorted(set(schemes)):
        found.append(WeightSet(COUNT, scheme, COUNT_UNIT, Basis.COUNT, {}, {}))
        for table in tables:
            found.extend(_sets_of(table, mixes, scheme))
    return tuple(sorted(found, key=lambda one: (one.id, one.scheme)))


def resolve_weights(
    tables: Sequence[HarmWeightTable], mixes: Sequence[CodeMixTable], codes: pa.Table
) -> pa.Table:
    """The table `harm_weight`: one row for each weight set and each (scheme, code) that occurs.

    Args:
        tables: the partnership's harm weights.
        mixes: its assumed make-up of broad codes.
        codes: `scheme` and `code` of every kind of event, as `observed_codes` finds them.
    """
    occurring = sorted({(row["scheme"], row["code"]) for row in codes.to_pylist()})
    sets = weight_sets(tables, mixes, (scheme for scheme, _ in occurring))
    rows = [_row(one, code) for one in sets for scheme, code in occurring if scheme == one.scheme]
    return pa.Table.from_pylist(rows, schema=LAKE_TABLES["harm_weight"].schema)


def half_up(value: Decimal) -> int:
    """The nearest whole number; a half goes up."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _row(one: WeightSet, code: str) -> dict[str, object]:
    return {
        "weight_set": one.id,
        "scheme": one.scheme,
        "code": code,
        "weight": one.weight(code),
        "priced_ppm": one.priced_ppm(code),
        "basis": one.basis.value,
        "unit": one.unit,
    }


def _sets_of(table: HarmWeightTable, mixes: Sequence[CodeMixTable], scheme: str) -> list[WeightSet]:
    prices = {row.code: _exact(row.value) for row in table.rows}
    if table.scheme == scheme:
        return [WeightSet(table.id, scheme, table.unit, Basis.DIRECT, prices, {})]
    ways = [mix for mix in mixes if (mix.from_scheme, mix.to_scheme) == (scheme, table.scheme)]
    names = [table.id] if len(ways) == 1 else [f"{table.id} by {mix.id}" for mix in ways]
    return [
        WeightSet(name, scheme, table.unit, Basis.MIX, prices, _shares(mix))
        for name, mix in zip(names, ways, strict=True)
    ]


def _shares(mix: CodeMixTable) -> dict[str, dict[str, Decimal]]:
    shares: dict[str, dict[str, Decimal]] = {}
    for row in mix.rows:
        shares.setdefault(row.code, {})[row.to] = _exact(row.share)
    return shares


def _exact(written: float) -> Decimal:
    """The decimal that was written in the file, not the double nearest to it."""
    return Decimal(repr(written))


def _refuse_reserved(tables: Sequence[HarmWeightTable]) -> None:
    if any(table.id == COUNT for table in tables):
        what = f"the id '{COUNT}' is kept for the plain count of records"
        place = Place("reference", key=COUNT)
        raise PartnershipUnusable(Problem(place, "harm-weight-id", what, "give the harm weights another id"))

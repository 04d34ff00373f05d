"""The measured tables as typed rows, in the order that the page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.insight.harm.counts import RESERVED
from roundtable.report.contents import HarmFigures


@dataclass(frozen=True)
class AreaRow:
    """One area under one weight set."""

    weight_set: str
    dataset: str
    area_kind: str
    area_id: str
    records: int
    unpriced_records: int
    harm: int
    people: int | None
    months: int
    records_per_1000_year: int | None
    harm_per_1000_year: int | None
    records_ppm: int
    harm_ppm: int
    rank: int


@dataclass(frozen=True)
class CodeRow:
    """One code under one weight set."""

    weight_set: str
    dataset: str
    code: str
    records: int
    unpriced_records: int
    harm: int
    records_ppm: int
    harm_ppm: int


@dataclass(frozen=True)
class ConcentrationRow:
    """How much lies in the top areas, and how much chance would put there."""

    weight_set: str
    dataset: str
    area_kind: str
    top_percent: int
    areas: int
    share_ppm: int
    null_model: str
    null_mean_ppm: int | None
    null_low_ppm: int | None
    null_high_ppm: int | None
    simulations: int


@dataclass(frozen=True)
class AgreementRow:
    """How far two weight sets rank the areas alike."""

    dataset: str
    area_kind: str
    first_set: str
    second_set: str
    areas: int
    spearman_ppm: int
    kendall_tau_b_ppm: int
    top25_in_common: int


Row = TypeVar("Row", AreaRow, CodeRow, ConcentrationRow, AgreementRow)


def _rows(table: pa.Table, kind: type[Row]) -> list[Row]:
    names = [column.name for column in fields(kind)]
    columns = [table.column(name).to_pylist() for name in names]
    return [kind(*values) for values in zip(*columns, strict=True)]


def area_rows(figures: HarmFigures) -> list[AreaRow]:
    """Every area, ordered by weight set, dataset, kind, then most harm first."""
    rows = _rows(figures.harm_area, AreaRow)
    return sorted(rows, key=lambda r: (r.weight_set, r.dataset, r.area_kind, -r.harm, r.area_id))


def code_rows(figures: HarmFigures) -> list[CodeRow]:
    """Every code, ordered by weight set, dataset, then most records first."""
    rows = _rows(figures.harm_code, CodeRow)
    return sorted(rows, key=lambda r: (r.weight_set, r.dataset, -r.records, r.code))


def concentration_rows(figures: HarmFigures) -> list[ConcentrationRow]:
    """Every share of the top areas, ordered by its key."""
    rows = _rows(figures.concentration, ConcentrationRow)
    return sorted(rows, key=lambda r: (r.weight_set, r.dataset, r.area_kind, r.top_percent, r.null_model))


def told_once(rows: Iterable[ConcentrationRow]) -> list[ConcentrationRow]:
    """Without shares of the top areas that are the same areas, because there are so few: the smallest stays.

    Said twice, one finding would look like two.
    """
    first: dict[tuple[str, str, str, str, int], ConcentrationRow] = {}
    for row in rows:
        first.setdefault((row.weight_set, row.dataset, row.area_kind, row.null_model, row.areas), row)
    return list(first.values())


def agreement_rows(figures: HarmFigures) -> list[AgreementRow]:
    """Every pair of weight sets, ordered by its key."""
    rows = _rows(figures.ranking_agreement, AgreementRow)
    return sorted(rows, key=lambda r: (r.dataset, r.area_kind, r.first_set, r.second_set))


def placed(rows: Iterable[AreaRow]) -> list[AreaRow]:
    """The rows of real areas: without those outside every boundary or without coordinates."""
    return [row for row in rows if row.area_id not in RESERVED]


def records_by_month(figures: HarmFigures, weight_set: str, dataset: str, area_kind: str) -> dict[date, int]:
    """All records of a dataset by month, whether or not they could be placed."""
    table = figures.harm_area_month
    wanted = pc.and_(
        pc.and_(pc.equal(table.column("weight_set"), weight_set), pc.equal(table.column("dataset"), dataset)),
        pc.equal(table.column("area_kind"), area_kind),
    )
    sums = table.filter(wanted).group_by("month").aggregate([("records", "sum")])
    pairs = zip(sums.column("month").to_pylist(), sums.column("records_sum").to_pylist(), strict=True)
    return dict(sorted(pairs))

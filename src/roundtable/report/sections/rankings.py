"""How far the ranking of areas depends on how harm is weighed."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import coefficient, fixed
from roundtable.pages.tables import Column, Table, table
from roundtable.report.contents import ReportContents
from roundtable.report.names import Names
from roundtable.report.rows import AgreementRow, agreement_rows
from roundtable.report.vocabulary import area_kind_words

COLUMNS = (
    Column("Weighed by", header=True),
    Column("and by"),
    Column("Same areas in both top 25", numeric=True),
    Column("Spearman’s ρ", numeric=True),
    Column("Kendall’s τ-b", numeric=True),
)

#: How many areas count as the first; fewer where there are fewer.
FIRST_AREAS = 25


@dataclass(frozen=True)
class RankingsView:
    """The section."""

    sentence: str
    tables: tuple[Table, ...]


def view(contents: ReportContents, names: Names) -> RankingsView:
    """The section as its template prints it."""
    rows = agreement_rows(contents.figures) if contents.figures else []
    places = sorted({(row.dataset, row.area_kind) for row in rows})
    return RankingsView(
        _sentence(rows, names),
        tuple(
            _table(f"r{place}", names, dataset, kind, rows) for place, (dataset, kind) in enumerate(places)
        ),
    )


def _table(table_id: str, names: Names, dataset: str, kind: str, rows: list[AgreementRow]) -> Table:
    mine = [row for row in rows if (row.dataset, row.area_kind) == (dataset, kind)]
    areas = mine[0].areas
    caption = f"{names.dataset(dataset)}: {areas:,} {area_kind_words(kind).many}, each pair of measures."
    return table(table_id, caption, COLUMNS, [_row(names, row) for row in mine])


def _row(names: Names, row: AgreementRow) -> tuple[str, ...]:
    first, second = (names.weight_set(one).title for one in _count_first(names, row))
    return (
        first,
        second,
        fixed(row.top25_in_common),
        coefficient(row.spearman_ppm),
        coefficient(row.kendall_tau_b_ppm),
    )


def _count_first(names: Names, row: AgreementRow) -> tuple[str, str]:
    if names.weight_set(row.second_set).counts:
        return row.second_set, row.first_set
    return row.first_set, row.second_set


def _sentence(rows: list[AgreementRow], names: Names) -> str:
    """How many of the first 25 areas would change with the measure, for the finest areas."""
    if not rows:
        return ""
    finest = max(rows, key=lambda row: row.areas)
    mine = [row for row in rows if (row.dataset, row.area_kind) == (finest.dataset, finest.area_kind)]
    least = min(mine, key=lambda row: (row.top25_in_common, row.first_set, row.second_set))
    first, second = (names.weight_set(one).title for one in _count_first(names, least))
    first_areas = min(FIRST_AREAS, least.areas)
    changed = first_areas - least.top25_in_common
    if not changed:
        return f"Every pair of measures puts the same {fixed(first_areas)} areas first."
    return (
        f"The choice of measure changes at most {fixed(changed)} of the first {fixed(first_areas)} areas: "
        f"{first} and {second} share {fixed(least.top25_in_common)}."
    )

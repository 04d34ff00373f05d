"""What the page and the command line show of flags on properties, gathered from the lake and the folder."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from roundtable.insight.flags.agreed import FlagKind, flags_agreed, visiting_agencies
from roundtable.insight.flags.overlap import BETWEEN, flags_value
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.report.flag_contents import FlagsShown, NotSharedShown, OverlapShown

#: What the flags may be used for.
FLAGS_PURPOSE = Purpose.PREVENTION_OF_FIRE_AND_FALLS


def flags_shown(partnership: Partnership, flag_overlap: pa.Table) -> FlagsShown | None:
    """What there is to show; None where no contract agrees on any flag.

    Args:
        partnership: what is agreed.
        flag_overlap: the table of that name, with exact counts. They are hidden when they are shown.
    """
    agreed = flags_agreed(partnership)
    if not agreed:
        return None
    names = {agency.id: agency.name for agency in partnership.agencies}
    rows = sorted(flag_overlap.to_pylist(), key=lambda row: (-row["services"], row["agencies"]))
    visitors = visiting_agencies(partnership)
    return FlagsShown(
        overlap=tuple(
            OverlapShown(_named(names, row["agencies"].split(BETWEEN)), row["homes"], row["unvisited"])
            for row in rows
        ),
        value=flags_value(flag_overlap, visitors),
        visitors=_named(names, visitors),
        visit_days=max(
            ((row["as_of"] - row["since"]).days for row in agreed if row["kind"] == FlagKind.VISIT), default=0
        ),
        not_shared=_not_shared(partnership, {row["dataset"] for row in agreed}),
    )


def _named(names: dict[str, str], agencies: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(names.get(agency, agency) for agency in agencies)


def _not_shared(partnership: Partnership, datasets: set[str]) -> tuple[NotSharedShown, ...]:
    """The columns of these datasets that no agreement lets through for this purpose, in words."""
    return tuple(
        NotSharedShown(dataset.name, tuple(_kept_back(partnership, dataset)))
        for dataset in partnership.datasets
        if dataset.id in datasets
    )


def _kept_back(partnership: Partnership, dataset: Dataset) -> Iterator[str]:
    granted = {
        (grant.table, column)
        for agreement in partnership.agreements
        if FLAGS_PURPOSE in agreement.purposes
        for grant in agreement.grants
        if grant.dataset == dataset.id
        for column in grant.columns
    }
    for table in dataset.schema_:
        for column in table.properties:
            if (table.name, column.name) not in granted:
                yield (column.description or column.name).split(";")[0].rstrip(".")

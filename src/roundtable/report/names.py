"""What things are called on the page, found from their ids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from roundtable.insight.harm.counts import NO_COORDINATES, OUTSIDE
from roundtable.pages.numbers import unit_heading, unit_sign
from roundtable.report.contents import ReportContents, WeightSetShown
from roundtable.report.rows import AreaRow, CodeRow, area_rows, code_rows
from roundtable.report.vocabulary import spoken

UNNAMED = {OUTSIDE: "Outside every area", NO_COORDINATES: "Without coordinates"}


class Names:
    """Names by id, for one set of contents; an id without a name is its own name."""

    def __init__(self, contents: ReportContents) -> None:
        self._contents = contents

    def dataset(self, dataset_id: str) -> str:
        """The name of a dataset."""
        found = (one.name for one in self._contents.datasets if one.id == dataset_id)
        return next(found, dataset_id)

    def code(self, code: str) -> str:
        """The name of a kind of record."""
        return self._contents.code_names.get(code) or spoken(code)

    def agency(self, agency_id: str) -> str:
        """The name of an agency."""
        return self._contents.agency_names.get(agency_id, agency_id)

    def area(self, area_kind: str, area_id: str) -> str:
        """The name of an area."""
        return UNNAMED.get(area_id) or self._areas.get((area_kind, area_id)) or area_id

    def weight_set(self, weight_set: str) -> WeightSetShown:
        """What is known of a weight set; one that nobody described is called by its id."""
        found = (one for one in self._contents.run.weight_sets if one.id == weight_set)
        return next(found, WeightSetShown(weight_set, weight_set, "units", counts=weight_set == "count"))

    @cached_property
    def _areas(self) -> dict[tuple[str, str], str]:
        figures = self._contents.figures
        if figures is None:
            return {}
        table = figures.area.select(["area_kind", "area_id", "name"]).to_pydict()
        keys = zip(table["area_kind"], table["area_id"], strict=True)
        return dict(zip(keys, table["name"], strict=True))

    @cached_property
    def area_rows(self) -> list[AreaRow]:
        """Every row of `harm_area`, read once."""
        return area_rows(self._contents.figures) if self._contents.figures else []

    @cached_property
    def code_rows(self) -> list[CodeRow]:
        """Every row of `harm_code`, read once; it has rows even where nothing could be placed."""
        return code_rows(self._contents.figures) if self._contents.figures else []

    def datasets_measured(self) -> list[str]:
        """The datasets that have figures by area, in the order of their ids."""
        return sorted({row.dataset for row in self.area_rows})

    def sets_measured(self, dataset: str) -> list[WeightSetShown]:
        """The weight sets that a dataset was weighed by: the count first, then by title."""
        ids = {row.weight_set for row in self.area_rows if row.dataset == dataset}
        ids |= {row.weight_set for row in self.code_rows if row.dataset == dataset}
        return sorted(map(self.weight_set, ids), key=lambda one: (not one.counts, one.title, one.id))

    def harm_heading(self, weights: WeightSetShown, dataset: str) -> str:
        """What a column of a measure's harm is headed: by its unit, where no other measure has that unit."""
        if self._alone(weights, dataset):
            return f"Harm, {unit_heading(weights.unit)}"
        return f"{weights.title}: harm, {unit_heading(weights.unit)}"

    def share_heading(self, weights: WeightSetShown, dataset: str) -> str:
        """What a column of a measure's shares of harm is headed."""
        if self._alone(weights, dataset):
            return f"Share of harm in {unit_sign(weights.unit)}, %"
        return f"{weights.title}: share of harm, %"

    def _alone(self, weights: WeightSetShown, dataset: str) -> bool:
        return [one.unit for one in self.sets_measured(dataset)].count(weights.unit) == 1

    def kinds_measured(self, dataset: str) -> list[str]:
        """The kinds of area of a dataset, the finest first."""
        areas: dict[str, set[str]] = {}
        for row in self.area_rows:
            if row.dataset == dataset:
                areas.setdefault(row.area_kind, set()).add(row.area_id)
        return sorted(areas, key=lambda kind: (-len(areas[kind]), kind))

    def rows_of(self, weight_set: str, dataset: str, area_kind: str) -> Iterator[AreaRow]:
        """The areas of one kind under one weight set, most harm first."""
        wanted = (weight_set, dataset, area_kind)
        return (row for row in self.area_rows if (row.weight_set, row.dataset, row.area_kind) == wanted)

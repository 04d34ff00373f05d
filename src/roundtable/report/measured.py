"""What the page shows of the ledger and the lake, gathered for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.data.intake.receipts import reasons_told
from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.withheld import told_together
from roundtable.insight.harm.weights import COUNT
from roundtable.ledger import deliveries
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.partnership.findings import Finding
from roundtable.partnership.measured import MeasuredCases, MeasuredFacts, MeasuredPlace
from roundtable.partnership.model.whole import Partnership
from roundtable.report.agreed import (
    agency_names,
    attributions_shown,
    datasets_shown,
    findings_shown,
    outcomes_shown,
    partnership_shown,
    shape_shown,
    weight_sets_shown,
)
from roundtable.report.contents import (
    DeliveryShown,
    DeliveryStatus,
    HarmFigures,
    MemberShown,
    QuarantineShown,
    ReportContents,
    RunShown,
)
from roundtable.report.flags import flags_shown
from roundtable.report.linkage import READ as LINKED
from roundtable.report.linkage import linkage_shown
from roundtable.report.made_up import made_up

#: The measured tables that the page shows.
FIGURES = ("harm_area", "harm_code", "harm_area_month", "concentration", "ranking_agreement", "area")
#: How many of the areas with most records are handed to findings and papers.
PLACES = 10
#: The table of flags that the page shows: counts of homes, and no home.
FLAGS = "flag_overlap"
READ = (*FIGURES, "area_population", "harm_weight", "outcome_cases", "quarantine", FLAGS)


class Allowed(Protocol):
    """What may be used today."""

    @property
    def withheld(self) -> Mapping[str, str]:
        """Why not, for each delivery that may not."""
        ...

    def files(self, lake: Lake, table: str) -> tuple[LakeFile, ...]:
        """The files of a table that may be."""
        ...


@dataclass(frozen=True)
class Measured:
    """The lake as it may be used today.

    Attributes:
        lake: the lake.
        allowed: what may be used for harm by place.
        allowed_flags: what may be used for flags on properties; None where nobody asks.
        allowed_links: what linking may use, for each purpose that people are linked for.
    """

    lake: Lake
    allowed: Allowed
    allowed_flags: Allowed | None = None
    allowed_links: tuple[Allowed, ...] = ()

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table in memory, or some columns of it; sorted by its key."""
        return _read(name, [file.path for file in self._files(name)], columns)

    def linked(self) -> dict[str, pa.Table]:
        """What tells of linkage, every purpose's: counts and measures, and ids that are only counted."""
        return {
            name: _read(name, [file.path for file in self._linked(name)], columns)
            for name, columns in LINKED.items()
        }

    def fingerprint(self) -> list[object]:
        """What the page depends on besides the folder: the tables' files and every receipt."""
        files = [[name, *sorted(f.sha256 for f in self._files(name))] for name in READ]
        files += [[name, *sorted(f.sha256 for f in self._linked(name))] for name in LINKED]
        receipts = [
            [one.delivery_id, one.file, one.status, one.reason] for one in deliveries.every_delivery()
        ]
        return [files, receipts]

    def _linked(self, name: str) -> tuple[LakeFile, ...]:
        return tuple(file for one in self.allowed_links for file in one.files(self.lake, name))

    def _files(self, name: str) -> tuple[LakeFile, ...]:
        allowed = self.allowed_flags or self.allowed if name == FLAGS else self.allowed
        return allowed.files(self.lake, name)


def facts_in(lake: Lake) -> MeasuredFacts:
    """The cases a year that the last run counted."""
    rows = _read("outcome_cases", [file.path for file in lake.listed("outcome_cases")]).to_pylist()
    names = ("records", "months", "annual_cases", "first_month", "last_month")
    return MeasuredFacts(
        {row["outcome_id"]: MeasuredCases(**{name: row[name] for name in names}) for row in rows},
        _busiest_places(lake),
    )


def _busiest_places(lake: Lake) -> tuple[MeasuredPlace, ...]:
    """The areas with most records, of the coarsest kind there is: a name that people at the table know."""
    areas = _read("area", [file.path for file in lake.listed("area")], ["area_kind", "area_id", "name"])
    named = {(row["area_kind"], row["area_id"]): row["name"] for row in areas.to_pylist()}
    counts = [
        row
        for row in _read("harm_area", [file.path for file in lake.listed("harm_area")]).to_pylist()
        if row["weight_set"] == COUNT and (row["area_kind"], row["area_id"]) in named
    ]
    kinds = Counter(row["area_kind"] for row in counts)
    coarsest = min(sorted(kinds), key=kinds.__getitem__, default=None)
    most = sorted((row for row in counts if row["area_kind"] == coarsest), key=lambda row: row["rank"])
    return tuple(
        MeasuredPlace(
            row["area_kind"],
            named[row["area_kind"], row["area_id"]],
            row["records"],
            row["records_ppm"],
            row["months"],
        )
        for row in most[:PLACES]
    )


def contents_of(
    partnership: Partnership, measured: Measured, findings: Iterable[Finding], fingerprint: str
) -> ReportContents:
    """Everything that the page shows."""
    schemes = sorted(set(measured.table("harm_weight", ["scheme"]).column("scheme").to_pylist()))
    delivered = [one.file for one in deliveries.standing()]
    return ReportContents(
        partnership=replace(
            partnership_shown(partnership), made_up_data=made_up(partnership.folder, delivered)
        ),
        run=RunShown(
            snapshot=measured.lake.current_snapshot() or None,
            folder_fingerprint=fingerprint,
            weight_sets=weight_sets_shown(partnership, schemes) if schemes else (),
        ),
        deliveries=_deliveries(partnership),
        quarantine=_quarantine(measured),
        withheld=told_together(measured.allowed.withheld.values()),
        datasets=datasets_shown(partnership),
        figures=_figures(measured),
        outcomes=outcomes_shown(partnership, facts_in(measured.lake)),
        flags=flags_shown(partnership, measured.table(FLAGS)),
        linkage=linkage_shown(measured.linked()),
        shape=shape_shown(partnership),
        findings=findings_shown(partnership, findings),
        agency_names=agency_names(partnership),
        attributions=attributions_shown(partnership),
    )


def _figures(measured: Measured) -> HarmFigures | None:
    tables = {name: measured.table(name) for name in FIGURES}
    if not tables["harm_code"].num_rows:
        return None
    return HarmFigures(**tables, population_as_of=_population_as_of(measured))


def _population_as_of(measured: Measured) -> date | None:
    days = measured.table("area_population", ["as_of"]).column("as_of").to_pylist()
    return max((day for day in days if day is not None), default=None)


def _deliveries(partnership: Partnership) -> tuple[DeliveryShown, ...]:
    publishers = {one.id: one.publisher for one in datasets_shown(partnership)}
    return tuple(_delivery(one, publishers) for one in deliveries.every_delivery())


def _delivery(one: DeliveryRecord, publishers: Mapping[str, str]) -> DeliveryShown:
    members = tuple(
        MemberShown(file.member, file.rows_received, file.rows_kept, file.rows_quarantined)
        for file in one.members
    )
    reasons = reasons_told(one.reason, one.file)
    status = DeliveryStatus(one.status.value)
    return DeliveryShown(one.file, one.dataset, publishers.get(one.dataset, ""), status, members, reasons)


def _quarantine(measured: Measured) -> tuple[QuarantineShown, ...]:
    dataset = {one.delivery_id: one.dataset for one in deliveries.every_delivery()}
    rows = measured.table("quarantine", ["delivery_id", "rule", "reason"]).to_pylist()
    counts = Counter((dataset.get(row["delivery_id"], ""), row["rule"], row["reason"]) for row in rows)
    return tuple(QuarantineShown(*key, rows=number) for key, number in sorted(counts.items()))


def _read(name: str, paths: Sequence[Path], columns: Sequence[str] | None = None) -> pa.Table:
    schema = LAKE_TABLES[name].schema
    wanted = list(columns or schema.names)
    parts = [pq.read_table(path, columns=wanted) for path in paths]
    if not parts:
        return schema.empty_table().select(wanted)
    whole = pa.concat_tables(parts).cast(pa.schema([schema.field(column) for column in wanted]))
    order = [(column, "ascending") for column in LAKE_TABLES[name].sort_key if column in wanted]
    return whole.sort_by(order) if order and len(parts) > 1 else whole

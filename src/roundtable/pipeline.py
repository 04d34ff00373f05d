"""A run, from left to right along the corridor: its steps in order, readable at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from roundtable.data.disk import room_to_write
from roundtable.data.durable import write_lasting
from roundtable.data.engine import EngineName
from roundtable.data.intake.receipts import Receipt
from roundtable.data.intake.receive import receive
from roundtable.data.lake import Lake
from roundtable.data.subjects.made_under import may_be_shown, note_made
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.checkpoints import keep_usual_checkpoint
from roundtable.governance.clock import Clock
from roundtable.governance.keys import held_keyring
from roundtable.governance.policy.actions import Action
from roundtable.governance.withheld import told_together
from roundtable.insight.flags.agreed import FLAG_CODE, flag_codes, flags_agreed
from roundtable.insight.flags.overlap import flag_overlap
from roundtable.insight.flags.property_flags import property_flags
from roundtable.insight.harm.by_area import harm_area, harm_area_month, harm_code
from roundtable.insight.harm.concentration import concentration
from roundtable.insight.harm.counts import (
    AREA_CODE_COUNTS,
    OBSERVED_CODES,
    observed_codes,
    records_by_area,
)
from roundtable.insight.harm.outcome_cases import measured_codes, outcome_cases
from roundtable.insight.harm.rankings import ranking_agreement
from roundtable.insight.harm.weights import resolve_weights, weight_sets
from roundtable.insight.places.addresses import ADDRESS_POINTS, address_place, address_points
from roundtable.insight.places.locate import DISTINCT_POINTS, distinct_points, locate
from roundtable.ledger.address import private_folder
from roundtable.ledger.database import ledger_exists, open_ledger
from roundtable.ledger.lock import writer_lock
from roundtable.partnership.findings import Finding, find_all
from roundtable.partnership.fingerprint import folder_fingerprint
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.report.flags import FLAGS_PURPOSE
from roundtable.report.measured import Measured, contents_of, facts_in
from roundtable.steps.key import code_fingerprint, digest
from roundtable.steps.link_people import link_steps
from roundtable.steps.permitted import Permitted, permitted
from roundtable.steps.runner import Progress, Runner, StepReport
from roundtable.steps.step import Bench, Made, Step, Use

#: What the report uses data for. Each step says for itself what it uses them for.
PURPOSE = Purpose.HARM_BY_PLACE
REPORT = "report.html"


def _locate_places(bench: Bench) -> Made:
    points = bench.engine.to_arrow(distinct_points(bench.table("event")), DISTINCT_POINTS)
    return {"place_area": locate(points, bench.arrow("area"))}


def _locate_addresses(bench: Bench) -> Made:
    points = bench.engine.to_arrow(address_points(bench.table("address_record")), ADDRESS_POINTS)
    return {"address_place": address_place(points, bench.arrow("area"))}


def _weigh_codes(bench: Bench) -> Made:
    codes = bench.engine.to_arrow(observed_codes(bench.table("event")), OBSERVED_CODES)
    agreed = bench.partnership
    return {"harm_weight": resolve_weights(agreed.harm_weights, agreed.code_mixes, codes)}


def _measure_harm(bench: Bench) -> Made:
    event, weights = bench.table("event"), bench.table("harm_weight")
    return {
        "harm_area_month": harm_area_month(event, bench.table("place_area"), weights),
        "harm_code": harm_code(event, weights),
    }


def _compare_areas(bench: Bench) -> Made:
    by_month, areas = bench.table("harm_area_month"), bench.table("area")
    return {"harm_area": harm_area(by_month, areas, bench.table("area_population"))}


def _concentrate(bench: Bench) -> Made:
    counted = records_by_area(bench.table("event"), bench.table("place_area"))
    schemes = sorted(set(bench.arrow("harm_weight").column("scheme").to_pylist()))
    sets = weight_sets(bench.partnership.harm_weights, bench.partnership.code_mixes, schemes)
    counts = bench.engine.to_arrow(counted, AREA_CODE_COUNTS)
    return {"concentration": concentration(counts, bench.arrow("area"), sets)}


def _compare_weight_sets(bench: Bench) -> Made:
    return {"ranking_agreement": ranking_agreement(bench.arrow("harm_area"))}


def _count_outcomes(bench: Bench) -> Made:
    wanted = bench.engine.memory(measured_codes(bench.partnership.charter.outcomes), "measured_code")
    return {"outcome_cases": outcome_cases(bench.table("event"), wanted)}


def _flag_properties(bench: Bench) -> Made:
    codes = flag_codes(bench.partnership)
    if not codes.num_rows:
        return {"property_flags": LAKE_TABLES["property_flags"].schema.empty_table()}
    event, contact, detail = (bench.table(name) for name in ("event", "contact", "detail"))
    wanted = bench.engine.memory(codes, FLAG_CODE.name)
    return {"property_flags": property_flags(event, contact, detail, wanted)}


def _overlay_flags(bench: Bench) -> Made:
    return {"flag_overlap": flag_overlap(bench.arrow("property_flags"))}


def _weights_agreed(partnership: Partnership) -> Any:
    tables = [*partnership.harm_weights, *partnership.code_mixes]
    return [table.model_dump(mode="json") for table in tables]


def _outcomes_measured(partnership: Partnership) -> Any:
    return [
        [one.id, one.measured_by and one.measured_by.model_dump(mode="json")]
        for one in partnership.charter.outcomes
    ]


STEPS = (
    Step("locate places", "find the area of each distinct point, by geometry",
         ("event", "area"), ("place_area",), _locate_places),
    Step("locate addresses", "find the area of each address, inside the vault",
         ("address_record", "area"), ("address_place",), _locate_addresses, purpose=FLAGS_PURPOSE),
    Step("weigh codes", "work out what one event of each code weighs in each weight set",
         ("event",), ("harm_weight",), _weigh_codes, _weights_agreed),
    Step("measure harm", "sum events and harm by area, month and code",
         ("event", "place_area", "harm_weight"), ("harm_area_month", "harm_code"), _measure_harm),
    Step("compare areas", "sum by area, per head and as shares of the whole",
         ("harm_area_month", "area", "area_population"), ("harm_area",), _compare_areas),
    Step("concentration", "say how much lies in the top areas, and how much chance would put there",
         ("event", "place_area", "area", "harm_weight"), ("concentration",), _concentrate, _weights_agreed),
    Step("compare weight sets", "say how far the rankings under each weight set agree",
         ("harm_area",), ("ranking_agreement",), _compare_weight_sets),
    Step("count outcomes", "count a year's cases of each outcome that names its source",
         ("event",), ("outcome_cases",), _count_outcomes, _outcomes_measured),
    Step("property flags", "put together what several services have flagged of the same property",
         ("event", "contact", "detail"), ("property_flags",), _flag_properties, flags_agreed,
         FLAGS_PURPOSE),
    Step("overlay flags", "count the homes that the same services have flagged",
         ("property_flags",), ("flag_overlap",), _overlay_flags,
         purpose=FLAGS_PURPOSE),
)  # fmt: skip


def steps_of(partnership: Partnership) -> tuple[Step, ...]:
    """Every step of a run, in order: to link people is a step for each purpose that they are linked for."""
    return (*STEPS, *link_steps(partnership))


@dataclass(frozen=True)
class RunOutcome:
    """What a run did, for whoever asked for it."""

    receipts: tuple[Receipt, ...]
    steps: tuple[StepReport, ...]
    withheld: tuple[str, ...]
    findings: tuple[Finding, ...]
    snapshot: int
    report: Path
    changed: bool

    @property
    def refused(self) -> tuple[Receipt, ...]:
        """The deliveries that stand refused."""
        return tuple(receipt for receipt in self.receipts if receipt.refused)

    def summary(self) -> dict[str, Any]:
        """The same for a machine."""
        return {
            "snapshot": self.snapshot,
            "changed": self.changed,
            "report": str(self.report),
            "deliveries": [receipt.as_json() for receipt in self.receipts],
            "steps": [{"name": one.name, "ran": one.why, "rows": one.rows} for one in self.steps],
            "withheld": list(self.withheld),
            "findings": len(self.findings),
        }


def run(folder: Path, *, engine: EngineName, clock: Clock, progress: Progress) -> RunOutcome:
    """Check, receive, work the steps out, and write the report.

    Stopped anywhere and started again, it leaves what an undisturbed run leaves. With nothing changed
    it writes nothing.

    Raises:
        PartnershipUnusable: the folder cannot be used; every problem is named.
        Busy: another run is writing to this partnership.
        DiskFull: there is no room; the last snapshot still stands.
        StoreUnusable: the ledger or the lake cannot be opened, or a file of it is damaged.
    """
    progress("check: read the folder")
    partnership = load_partnership(folder)
    with room_to_write(folder):
        open_ledger(folder, partnership.charter.id)
        with writer_lock(folder):
            lake = Lake(folder, held_keyring(folder))
            lake.collect_orphans()
            outcome = _through(partnership, lake, engine, _steady(clock), progress)
            keep_usual_checkpoint(folder, clock())
            return outcome


def _through(
    partnership: Partnership, lake: Lake, engine: EngineName, clock: Clock, progress: Progress
) -> RunOutcome:
    progress("receive: look through the deliveries")
    receipts = receive(partnership, lake, clock, progress)
    permits = permits_of_steps(partnership, clock().date())
    allowed = permits[PURPOSE, Action.READ]
    told = withheld_today(permits)
    agreed = folder_fingerprint(partnership.folder)
    inputs = digest(
        [agreed, code_fingerprint(), sorted(file.sha256 for file in _delivered(partnership, lake)), told]
    )
    runner = Runner(partnership, lake, engine, permits, inputs, clock, progress)
    page = private_folder(partnership.folder) / REPORT
    with runner:
        for step in steps_of(partnership):
            runner.work(step)
        note_made(lake)
        linking = tuple(one for (_, action), one in permits.items() if action is Action.LINK)
        measured = Measured(lake, allowed, permits.get((FLAGS_PURPOSE, Action.READ)), linking)
        findings = find_all(Study(partnership, facts_in(lake)))

        def write() -> None:
            from roundtable.report.page import render

            write_lasting(page, render(contents_of(partnership, measured, findings, agreed)))

        runner.write_page("report", [agreed, measured.fingerprint(), told], page, write)
    changed = runner.changed or any(receipt.fresh for receipt in receipts)
    return RunOutcome(receipts, tuple(runner.reports), told, findings, lake.current_snapshot(), page, changed)


def permits_of_steps(partnership: Partnership, on: date) -> dict[Use, Permitted]:
    """What may be used today, for each purpose that some step has and what it does for it.

    Args:
        partnership: what is agreed; its ledger is open.
        on: the trusted clock's day.
    """
    steps = steps_of(partnership)
    made_for = {step.name: step.purpose for step in steps}
    return {
        (purpose, action): permitted(partnership, purpose, on, made_for, action)
        for purpose, action in sorted({(PURPOSE, Action.READ), *(step.use for step in steps)})
    }


def withheld_today(permits: Mapping[Use, Permitted]) -> tuple[str, ...]:
    """What may not be read today though it was taken in for that, each with the reason, once.

    That something may be read and not linked is no lack: most agreements mean it so.
    """
    read = [one for (_, action), one in permits.items() if action is Action.READ]
    return told_together(said for one in read for said in one.withheld.values())


def _delivered(partnership: Partnership, lake: Lake) -> list[Any]:
    made = {step.name for step in steps_of(partnership)}
    return [file for file in lake.listed() if file.source not in made]


def _steady(clock: Clock) -> Clock:
    """The clock, asked once: a run that goes on past midnight is judged by the day it began."""
    now = clock()
    return lambda: now


def measured_facts(folder: Path) -> MeasuredFacts:
    """What the last run counted, for findings; nothing before the first, or where it may not be shown now."""
    if not ledger_exists(folder):
        return MeasuredFacts({})
    open_ledger(folder)
    lake = Lake(folder)
    return facts_in(lake) if may_be_shown(lake) else MeasuredFacts({})

"""A small made-up page with something in every section."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from roundtable.errors import Place
from roundtable.partnership.findings import Evidence, Finding, Severity
from roundtable.partnership.model.improvement import Dimension
from roundtable.partnership.model.outcome import Direction
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.reference import Status
from roundtable.partnership.model.scenario import Rung, Stage
from roundtable.partnership.model.service import ServiceStatus
from roundtable.partnership.model.strict import Kind
from roundtable.report.contents import (
    AgreementShown,
    AgreementState,
    AttributionShown,
    CasesBasis,
    DatasetShown,
    DeliveryShown,
    DeliveryStatus,
    MemberShown,
    MixShown,
    OutcomeShown,
    PartnershipShown,
    QuarantineShown,
    ReportContents,
    RunShown,
    ScenarioShown,
    ServiceShown,
    ShapeShown,
    WeightSetShown,
)
from tests.factories_harm import DATASET, KIND, MONTHS, figures, lake_table, square

AS_OF = date(2026, 11, 23)
COUNT = WeightSetShown("count", "Plain count", "records", counts=True)
COSTS = WeightSetShown(
    "costs",
    "Costs of crime",
    "GBP",
    price_base="2015/16",
    source="A made-up price list.",
    dated=date(2018, 7, 1),
    status=Status.UNVERIFIED,
    notes="Recalled, not read.\n\nNobody has checked it.",
    mix=(
        MixShown("violence", "violence-with-injury", 400_000, 14_050_000),
        MixShown("violence", "violence-without-injury", 300_000, 5_930_000),
        MixShown("violence", "unpriced", 300_000),
        MixShown("theft", "theft", 1_000_000, 900_000),
        MixShown("nuisance", "unpriced", 1_000_000),
    ),
    mix_source="Assumed for the test.",
)


def contents(**changes: Any) -> ReportContents:
    """A page with something in every section."""
    made = ReportContents(
        partnership=PartnershipShown("Testshire together", "Testshire", AS_OF, "OFFICIAL", True, "We test."),
        run=RunShown(7, "duckdb", "0123456789abcdef0123", (COUNT, COSTS), (("roundtable", "0.1.0"),)),
        deliveries=DELIVERIES,
        quarantine=(QuarantineShown(DATASET, "columns", "The row has too few values.", 3),),
        datasets=(DatasetShown(DATASET, "Street crime", "A publisher"), DatasetShown("visits", "Visits")),
        figures=figures(),
        outcomes=OUTCOMES,
        shape=SHAPE,
        findings=FINDINGS,
        agency_names={"council": "Testshire Council", "police": "Testshire Police"},
        attributions=(
            AttributionShown(
                "Street crime",
                "Open Government Licence v3.0",
                "Contains made-up data.",
                "https://example.org/l",
            ),
        ),
    )
    return replace(made, **changes)


DELIVERIES = (
    DeliveryShown(
        "deliveries/street/street.zip",
        DATASET,
        "A publisher",
        DeliveryStatus.ACCEPTED,
        (
            MemberShown("2024-01/street.csv", 1200, 1198, 2),
            MemberShown("2024-02/street.csv", 800, 799, 1),
        ),
    ),
    DeliveryShown(
        "deliveries/visits/visits.csv",
        "visits",
        "Testshire Council",
        DeliveryStatus.REFUSED,
        reasons=("The header is not the contract’s: 'uprn' is missing. Ask for the file again.",),
    ),
)

OUTCOMES = (
    OutcomeShown(
        "Violence",
        "Records of violence in a year",
        Direction.DOWN,
        CasesBasis.MEASURED,
        684,
        "Street crime",
        228,
        4,
        MONTHS[0],
        MONTHS[-1],
    ),
    OutcomeShown("Falls", "Admissions", Direction.DOWN, CasesBasis.ESTIMATED, 420, "A guess"),
    OutcomeShown("Power cuts", "Homes not checked", Direction.DOWN, CasesBasis.UNKNOWN),
)

SHAPE = ShapeShown(
    agencies_by_kind=(("local_authority", 2), ("police", 1)),
    agencies_ended=1,
    scenarios=(
        ScenarioShown("Alone at home", Rung.PROPERTY_FLAGS, Stage.PILOT, "Testshire Council", 5, 2, 1),
    ),
    datasets=(DatasetShown(DATASET, "Street crime", "A publisher"),),
    agreements=(
        AgreementShown(
            "Old", (Purpose.CRISIS_CARE,), AgreementState.EXPIRED, date(2020, 4, 1), date(2023, 3, 31)
        ),
        AgreementShown("Open", (Purpose.HARM_BY_PLACE,), AgreementState.IN_FORCE, AS_OF.replace(year=2024)),
    ),
    services=(
        ServiceShown(
            "Home visit", "Testshire Council", ServiceStatus.ACTIVE, "2026-Q4", 100.0, 140.0, "visits"
        ),
        ServiceShown("Advice", "Testshire Police", ServiceStatus.ACTIVE),
    ),
    improvements=2,
    improvements_by_dimension=tuple((dimension, 1) for dimension in Dimension),
)


def finding(rule: str, severity: Severity, title: str) -> Finding:
    """A finding about a risk, with one row of evidence."""
    return Finding(
        rule,
        severity,
        title,
        (Kind.RISK, "r"),
        ("council", "police"),
        (Evidence(Place("scenarios/alone.yaml", 212, 3), "Nobody leads it."),),
        "Name a lead post in scenarios/alone.yaml, line 212.",
        ("council",),
    )


FINDINGS = (
    finding("risk-no-lead", Severity.HIGH, "Nobody leads the risk of a fall."),
    finding("need-no-dataset", Severity.MEDIUM, "No dataset meets the need."),
)


def crowded() -> ReportContents:
    """The same page with a town of twenty small areas, so that a close-up is drawn."""
    made = figures()
    town = {f"T{number:02}": f"Bigton {number:03}A" for number in range(20)}
    area = made.area.to_pylist() + [
        {
            "area_kind": KIND,
            "area_id": area_id,
            "name": name,
            "geometry": square(-1.4 + 0.002 * (place % 5), 54.1 + 0.0015 * (place // 5), 0.002),
            "delivery_id": "d",
        }
        for place, (area_id, name) in enumerate(town.items())
    ]
    rows = made.harm_area.to_pylist()
    small = [row for row in rows if row["area_id"] == "E4"]
    rows += [row | {"area_id": area_id, "people": 1000} for area_id in town for row in small]
    return contents(
        figures=replace(made, area=lake_table("area", area), harm_area=lake_table("harm_area", rows))
    )

"""What the page shows of the folder, gathered from the model."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from roundtable.errors import Place
from roundtable.partnership.findings import Evidence, Severity
from roundtable.partnership.measured import MeasuredCases, MeasuredFacts
from roundtable.partnership.model.improvement import Dimension, Improvement
from roundtable.partnership.model.reference import CodeMixTable, HarmWeightTable, Status
from roundtable.report.agreed import (
    attributions_shown,
    findings_shown,
    outcomes_shown,
    partnership_shown,
    shape_shown,
    weight_sets_shown,
)
from roundtable.report.contents import AgreementState, CasesBasis, MixShown
from tests.factories import (
    AS_OF,
    agency,
    agreement,
    capacity,
    dataset,
    outcome,
    partnership,
    scenario,
    service,
)
from tests.factories_report import finding

TOLD = {"title": "Prices", "source": "A list", "status": "unverified"}


def _prices(id: str, scheme: str) -> HarmWeightTable:
    rows = [{"code": "grave", "value": 100.5}, {"code": "slight", "value": 2}]
    told = {"id": id, "table": "harm_weights", "scheme": scheme, "unit": "GBP", "price_base": "2015/16"}
    return HarmWeightTable.model_validate(TOLD | told | {"rows": rows, "dated": date(2018, 7, 1)})


def _mix(id: str) -> CodeMixTable:
    rows = [
        {"code": "violence", "to": "grave", "share": 0.25},
        {"code": "violence", "to": "unpriced", "share": 0.75},
    ]
    told = {"id": id, "title": f"Mix {id}", "source": "Assumed", "table": "code_mix"}
    return CodeMixTable.model_validate(
        TOLD | told | {"from_scheme": "broad", "to_scheme": "fine", "rows": rows}
    )


def test_the_masthead_is_the_charters() -> None:
    shown = partnership_shown(partnership())
    assert (shown.name, shown.area, shown.as_of, shown.charter) == ("A test", "Somewhere", AS_OF, "We share.")


def test_agencies_that_ended_are_counted_apart() -> None:
    gone = agency("old", to="2024-05-06", successor="council", kind="police")
    shown = shape_shown(partnership(gone))
    assert shown.agencies_by_kind == (("local_authority", 2),)
    assert shown.agencies_ended == 1


def test_agreements_are_judged_by_the_folders_day() -> None:
    made = partnership(
        agreement("a", ends=AS_OF),
        agreement("b", ends="2026-11-22"),
        agreement("c", starts="2026-11-24"),
    )
    states = [one.state for one in shape_shown(made).agreements]
    assert states == [AgreementState.IN_FORCE, AgreementState.EXPIRED, AgreementState.NOT_STARTED]


def test_a_service_shows_the_period_that_holds_the_day() -> None:
    periods = [
        capacity(1, 1, period="2026-Q3"),
        capacity(2, "unknown", period="2026-Q4"),
        capacity(3, 3, period="2027-Q1"),
    ]
    (shown,) = shape_shown(partnership(service("s", capacity=periods))).services
    assert (shown.period, shown.supply, shown.demand) == ("2026-Q4", 2.0, None)
    (past,) = shape_shown(partnership(service("s", capacity=periods[:1]))).services
    assert past.period == "2026-Q3"


def test_an_improvement_counts_once_in_each_dimension_it_touches() -> None:
    changes = [{"dimension": one, "change": "Better"} for one in ("training", "training", "governance")]
    told = {"id": "i", "title": "Better", "owner": "post", "changes": changes}
    shown = shape_shown(replace(partnership(), improvements=(Improvement.model_validate(told),)))
    found = dict(shown.improvements_by_dimension)
    assert (shown.improvements, found[Dimension.TRAINING], found[Dimension.GOVERNANCE]) == (1, 1, 1)
    assert found[Dimension.TECHNOLOGY] == 0


def test_scenarios_and_datasets_name_their_agencies() -> None:
    shown = shape_shown(partnership(scenario(), dataset("visits", "fire"), dataset("wished", None)))
    assert [(one.lead, one.factors) for one in shown.scenarios] == [("Council", 1)]
    assert [(one.name, one.publisher) for one in shown.datasets] == [
        ("Dataset visits", "Fire"),
        ("Dataset wished", ""),
    ]


def test_an_outcome_is_measured_estimated_or_unknown() -> None:
    source = {"dataset": "visits", "table": "rows", "codes": ["fire"]}
    made = partnership(
        dataset("visits", "fire"),
        outcomes=(
            outcome("counted", measured_by=source),
            outcome("uncounted", measured_by=source),
            outcome("nobody-knows", annual_cases={"value": "unknown", "unit": "cases", "source": "Nobody"}),
        ),
    )
    cases = MeasuredCases(13, 12, 13, date(2025, 1, 1), date(2025, 12, 1))
    shown = {one.name: one for one in outcomes_shown(made, MeasuredFacts({"counted": cases}))}
    assert {name: (one.basis, one.annual_cases, one.source) for name, one in shown.items()} == {
        "Outcome harm": (CasesBasis.ESTIMATED, 50, "A guess"),
        "Outcome counted": (CasesBasis.MEASURED, 13, "Dataset visits"),
        "Outcome uncounted": (CasesBasis.UNKNOWN, None, "Dataset visits"),
        "Outcome nobody-knows": (CasesBasis.UNKNOWN, None, "Nobody"),
    }
    assert shown["Outcome counted"].months == 12


def test_weight_sets_bear_the_ids_of_the_measures_and_show_their_mix_with_its_prices() -> None:
    made = replace(partnership(), harm_weights=(_prices("costs", "fine"),), code_mixes=(_mix("m"),))
    count, costs = sorted(weight_sets_shown(made, ["broad"]), key=lambda one: one.counts, reverse=True)
    assert (count.id, count.counts, count.illustrative) == ("count", True, False)
    assert (costs.id, costs.unit, costs.price_base, costs.status) == (
        "costs",
        "GBP",
        "2015/16",
        Status.UNVERIFIED,
    )
    assert costs.mix == (
        MixShown("violence", "grave", 250_000, 100_500),
        MixShown("violence", "unpriced", 750_000, None),
    )
    assert costs.illustrative


def test_several_mixes_are_several_sets_each_with_its_own_name() -> None:
    made = replace(partnership(), harm_weights=(_prices("costs", "fine"),), code_mixes=(_mix("m"), _mix("n")))
    shown = {one.id: one.title for one in weight_sets_shown(made, ["broad"])}
    assert shown == {
        "count": "Plain count",
        "costs by m": "Prices, by Mix m",
        "costs by n": "Prices, by Mix n",
    }


def test_a_set_that_weighs_one_scheme_directly_and_one_by_a_mix_shows_the_mix() -> None:
    made = replace(partnership(), harm_weights=(_prices("costs", "fine"),), code_mixes=(_mix("m"),))
    shown = {one.id: one for one in weight_sets_shown(made, ["broad", "fine"])}
    assert shown["costs"].mix


def test_a_set_that_weighs_directly_has_no_mix() -> None:
    made = replace(partnership(), harm_weights=(_prices("costs", "broad"),))
    shown = {one.id: one for one in weight_sets_shown(made, ["broad"])}
    assert shown["costs"].mix == ()
    assert shown["costs"].mix_source == ""


def test_attributions_are_the_agreements_own_words() -> None:
    words = {"licence": "Open", "attribution": "Contains data.", "published_url": "https://example.org"}
    shown = attributions_shown(partnership(agreement("a"), agreement("b", **words)))
    assert [(one.title, one.licence, one.attribution, one.url) for one in shown] == [
        ("Agreement b", "Open", "Contains data.", "https://example.org")
    ]


def test_evidence_is_named_from_the_folder_wherever_the_folder_is() -> None:
    made = replace(partnership(), folder=Path("/srv/here/test"))
    rows = (
        Evidence(Place("/srv/here/test/agencies/a.yaml", 3), "Inside."),
        Evidence(Place("elsewhere/b.yaml", 4), "Outside."),
    )
    (shown,) = findings_shown(made, [replace(finding("r", Severity.LOW, "t"), evidence=rows)])
    assert [str(row.place) for row in shown.evidence] == ["agencies/a.yaml:3", "elsewhere/b.yaml:4"]

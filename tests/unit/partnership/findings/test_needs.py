from typing import Any

import pytest

from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.whole import Partnership
from tests.factories import (
    agency,
    agreement,
    dataset,
    need,
    partnership,
    role,
    scenario,
    service,
    signed,
)
from tests.unit.partnership.findings.found import about, evidence_of, the_one

VISITS = dataset("visits", "fire")
WANTED = dataset("wanted", None)
CALLS = service("calls")
RULES = ("need-no-dataset", "need-no-agreement", "need-no-service")
COUNCIL = agency("council", roles=[role("council-signs")])
FIRE = agency("fire", roles=[role("fire-signs")])
PARTIES = [signed("fire", gives=True), signed("council", receives=True)]


def share(id: str, *datasets: str, **fields: Any) -> Agreement:
    """An agreement that both have signed."""
    return agreement(id, *datasets, **({"parties": PARTIES} | fields))


def _failing(built: Partnership) -> list[str]:
    return [rule for rule in RULES if about(built, rule)]


def _with_need(*datasets: str, parts: tuple[object, ...] = (), **fields: Any) -> Partnership:
    return partnership(
        COUNCIL, FIRE, VISITS, WANTED, *parts, scenario(needs=[need("which-homes", *datasets, **fields)])
    )


def test_a_need_that_all_three_joins_answer_is_live() -> None:
    assert _failing(_with_need("visits", parts=(CALLS, share("share", "visits")))) == []


def test_a_need_that_names_no_dataset_is_found() -> None:
    built = _with_need(parts=(CALLS,), minimum_alternative="Ask the postman.")

    assert _failing(built) == ["need-no-dataset"]
    finding = the_one(built, "need-no-dataset")
    assert finding.about == ("need", "which-homes")
    assert "The least that would do: Ask the postman." in finding.remedy
    assert "Visit first. Without it: Nobody is visited." in evidence_of(finding)


def test_a_dataset_that_nobody_creates_meets_no_need() -> None:
    built = _with_need("wanted", parts=(CALLS, share("share", "wanted")))

    assert _failing(built) == ["need-no-dataset"]
    assert "is proposed, and nobody creates it" in evidence_of(the_one(built, "need-no-dataset"))


def test_data_that_exist_and_that_no_agreement_gives_are_found() -> None:
    built = _with_need("visits", parts=(CALLS,))

    assert _failing(built) == ["need-no-agreement"]
    finding = the_one(built, "need-no-agreement")
    assert finding.agencies == ("council", "fire")
    assert "No agreement grants 'visits'." in evidence_of(finding)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"ends": "2026-11-22"}, "ended on 22 November 2026"),
        ({"starts": "2026-11-24"}, "does not begin until 24 November 2026"),
        ({"parties": [signed("fire", gives=True)]}, "gives nothing to 'council'"),
        ({"scenarios": ["another"]}, "is not for 'alone'"),
    ],
)
def test_an_agreement_that_falls_short_says_how(fields: dict[str, Any], reason: str) -> None:
    built = _with_need("visits", parts=(CALLS, share("share", "visits", **fields)))

    expected = f"Agreement 'share' grants 'visits', and {reason}."
    assert expected in evidence_of(the_one(built, "need-no-agreement"))


def test_an_agency_needs_no_agreement_for_what_it_creates() -> None:
    assert _failing(_with_need("visits", parts=(CALLS,), agency="fire")) == []


def test_an_open_licence_serves_anybody() -> None:
    licence = share("open", "visits", tier="open_licence", parties=[signed("fire", gives=True)])

    assert _failing(_with_need("visits", parts=(CALLS, licence))) == []


def test_a_need_that_no_service_acts_on_is_found() -> None:
    built = _with_need("visits", parts=(share("share", "visits"),))

    assert _failing(built) == ["need-no-service"]


def test_a_service_that_is_closed_acts_on_nothing() -> None:
    closed = service("calls", status="temporarily closed")
    built = _with_need("visits", parts=(share("share", "visits"), closed))

    finding = the_one(built, "need-no-service")
    assert "'Service calls' would change it, and is temporarily closed." in evidence_of(finding)


def test_a_service_whose_provider_has_ended_acts_on_nothing() -> None:
    ended = agency("ended", to="2026-11-22")
    left = service("calls", provider="ended")
    built = _with_need("visits", parts=(share("share", "visits"), ended, left))

    said = evidence_of(the_one(built, "need-no-service"))
    assert "'Service calls' would change it, and ended with its provider, Ended, on 22 November 2026." in said


@pytest.mark.parametrize(
    ("named", "none"),
    [((), "no dataset"), (("wanted",), "no dataset that anybody creates")],
)
def test_a_fitting_dataset_that_the_need_does_not_name_is_offered(named: tuple[str, ...], none: str) -> None:
    wide = dataset(
        "visits", "fire", schema=[{"name": "rows", "properties": [{"name": "uprn"}, {"name": "risk_band"}]}]
    )
    asked = {"fields": ["risk_band", "uprn"], "minimum_alternative": "Ask the postman."}
    parts = (COUNCIL, FIRE, WANTED, CALLS, share("share", "visits"))
    unmet = partnership(*parts, wide, scenario(needs=[need("which-homes", *named, **asked)]))

    finding = the_one(unmet, "need-no-dataset")
    assert finding.title == (
        f"Council needs data for 'Visit first', and names {none}, though 'Dataset visits' holds every "
        f"field it asks for."
    )
    assert finding.remedy.startswith("Add 'visits' to 'datasets' in ")
    assert "The least that would do: Ask the postman." in finding.remedy
    met = partnership(*parts, wide, scenario(needs=[need("which-homes", *named, "visits", **asked)]))
    assert about(met, "need-no-dataset") == []


def test_one_dataset_of_its_own_is_enough() -> None:
    own = dataset("own", "council")
    assert _failing(_with_need("own", "visits", parts=(CALLS, own))) == []


def test_an_agreement_for_several_datasets_counts_for_each() -> None:
    other = dataset("other", "fire")
    over = share("share", "other", "visits", ends="2026-11-22")
    built = _with_need("visits", parts=(CALLS, other, over))

    assert "Agreement 'share' grants 'visits', and ended on 22 November 2026." in evidence_of(
        the_one(built, "need-no-agreement")
    )


def test_a_service_that_changes_several_factors_changes_each() -> None:
    also = {"factor": "hoarding", "size": -0.1, "evidence": "none", "source": "A guess"}
    effects = [also, *(effect.model_dump() for effect in CALLS.effects)]
    closed = service("calls", effects=effects, status="inactive")
    built = _with_need("visits", parts=(share("share", "visits"), closed))

    assert "is inactive" in evidence_of(the_one(built, "need-no-service"))
    running = service("calls", effects=effects)
    assert _failing(_with_need("visits", parts=(share("share", "visits"), running))) == []


def test_an_agreement_that_nobody_has_signed_gives_nothing() -> None:
    unsigned = agreement("share", "visits")
    said = evidence_of(the_one(_with_need("visits", parts=(CALLS, unsigned)), "need-no-agreement"))

    assert "Agreement 'share' grants 'visits'. Nobody has signed it for Council." in said


def test_a_column_that_the_agreement_leaves_out_is_found() -> None:
    wide = dataset(
        "visits", "fire", schema=[{"name": "rows", "properties": [{"name": "uprn"}, {"name": "risk_band"}]}]
    )
    wanting = scenario(needs=[need("which-homes", "visits", fields=["risk_band", "uprn"])])
    built = partnership(COUNCIL, FIRE, wide, share("share", "visits"), CALLS, wanting)

    finding = the_one(built, "need-field-missing")
    assert finding.agencies == ("council", "fire")
    assert "'risk_band'" in evidence_of(finding)
    assert _failing(built) == []


@pytest.mark.parametrize(("days", "expected"), [(5, []), (30, ["which-homes"])])
def test_data_that_come_too_late_are_found(days: int, expected: list[str]) -> None:
    terms = {
        "createdBy": "fire",
        "subjects": "properties",
        "specialCategory": False,
        "criminalOffence": False,
        "keys": ["uprn"],
        "matchRate": 0.97,
        "timelinessDays": days,
    }
    dated = dataset("visits", "fire", customProperties=[{"property": "roundtable", "value": terms}])
    wanting = scenario(needs=[need("which-homes", "visits", max_age_days=7)])
    built = partnership(COUNCIL, FIRE, dated, share("share", "visits"), CALLS, wanting)

    assert about(built, "need-data-unfit") == expected
    assert _failing(built) == []


def test_a_need_is_named_by_what_it_is_for() -> None:
    assert the_one(_with_need(parts=(CALLS,), fields=["nobody_has"]), "need-no-dataset").title == (
        "Council needs data for 'Visit first', and nobody creates any that would do."
    )

from roundtable.partnership.findings.insight_without_action import stop_list
from roundtable.partnership.study import Study
from tests.factories import ASSERTED, capacity, dataset, need, partnership, scenario, service
from tests.unit.partnership.findings.found import about, evidence_of, the_one

FULL = service("calls", capacity=[capacity(9, 9)])
TWO = scenario(needs=[need("a-need", "visits"), need("b-need", "visits", decision="Ring.")])
ONE = scenario(needs=[need("a-need", "visits")])
VISITS = dataset("visits", "fire")


def test_a_full_service_on_which_needs_lean_is_found_once() -> None:
    finding = the_one(partnership(FULL, VISITS, TWO), "service-no-room")

    assert finding.about == ("service", "calls")
    assert finding.title == "Data are wanted for 2 decisions that 'Service calls' has no room to act on."
    assert "'Ring' waits for it." in evidence_of(finding)


def test_another_service_with_room_clears_it() -> None:
    assert about(partnership(FULL, VISITS, service("visits-more"), TWO), "service-no-room") == []


def test_a_room_that_nobody_knows_is_not_full() -> None:
    uncounted = service("calls", capacity=[capacity(9, "unknown")])

    assert about(partnership(uncounted, VISITS, TWO), "service-no-room") == []


def test_services_that_would_change_it_and_do_not_run_are_named() -> None:
    other = {"factor": "frailty", "size": -0.1, "evidence": "none", "source": "A guess"}
    idle = service("idle", status="inactive")
    elsewhere = service("elsewhere", status="inactive", effects=[other])
    frailty = {"id": "frailty", "label": "Frail", "kind": "state", "asserted": ASSERTED}
    told = scenario("other", factors=[frailty], outcomes=["harm"])
    said = evidence_of(the_one(partnership(idle, elsewhere, VISITS, told, ONE), "need-no-service"))

    assert "'Service idle' would change it, and is inactive." in said
    assert not any("elsewhere" in text for text in said)


def test_the_stop_list_has_needs_and_the_data_that_only_they_want() -> None:
    other = {"factor": "frailty", "size": -0.1, "evidence": "none", "source": "A guess"}
    asserted = TWO.asserted.model_dump(mode="json")
    factors = [
        {"id": id, "label": id, "kind": "state", "asserted": asserted} for id in ("frailty", "isolation")
    ]
    needs = [need("known", "both", factor="frailty"), need("lost", "both", "only", factor="isolation")]
    built = partnership(
        dataset("both", "fire"),
        dataset("only", "fire"),
        service("calls", effects=[other]),
        scenario(factors=factors, needs=needs),
    )

    stopped = [(one.kind, one.thing, one.why, one.needs) for one in stop_list(Study(built))]

    assert stopped == [
        ("need", "lost", "no running service", ("lost",)),
        ("dataset", "only", "no running service", ("lost",)),
    ]

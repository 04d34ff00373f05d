from roundtable.partnership.findings.insight_without_action import stop_list
from roundtable.partnership.study import Study
from tests.factories import capacity, dataset, need, partnership, scenario, service
from tests.unit.partnership.findings.found import about, evidence_of, the_one

FULL = service("calls", capacity=[capacity(9, 9)])
TWO = scenario(needs=[need("a-need", "visits"), need("b-need", "visits", decision="Ring.")])
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

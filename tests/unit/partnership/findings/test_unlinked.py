from roundtable.partnership.findings.finding import Severity
from tests.factories import partnership, scenario
from tests.unit.partnership.dynamics.test_what_if import factor, link
from tests.unit.partnership.findings.found import evidence_of, found, the_one

RULE = "factor-unlinked"


def test_a_factor_without_a_link_is_found_once_a_scenario() -> None:
    one = scenario(
        factors=[factor(id) for id in ("linked", "loose", "lost")], links=[link("linked", "harm", 0.1, 0.2)]
    )
    finding = the_one(partnership(one), RULE)

    assert finding.severity is Severity.LOW
    assert finding.about == ("scenario", "alone")
    assert finding.title == "No link leads from or to 'The loose' or 'The lost' in 'The scenario alone'."
    assert evidence_of(finding) == "'The loose' has no link.\n'The lost' has no link."
    assert finding.remedy.startswith("Draw a link from or to each of them under 'links', or take each of")
    assert finding.cleared_by == ("council",)


def test_to_draw_a_link_in_another_scenario_or_to_take_it_out_clears_it() -> None:
    loose = scenario("one", factors=[factor("loose")])
    other = scenario("two", factors=[factor("x")], links=[link("loose", "x", 0.1, 0.2)])

    assert len(found(partnership(loose), RULE)) == 1
    assert found(partnership(loose, other), RULE) == []
    assert found(partnership(scenario(factors=[])), RULE) == []


def test_a_link_to_itself_joins_it_to_nothing() -> None:
    turning = scenario(factors=[factor("loose")], links=[link("loose", "loose", 0.1, 0.2)])
    assert len(found(partnership(turning), RULE)) == 1


def test_a_title_names_three_and_counts_the_rest() -> None:
    many = scenario(factors=[factor(f"f{place}") for place in range(5)])
    finding = the_one(partnership(many), RULE)

    assert finding.title.startswith(
        "No link leads from or to 'The f0', 'The f1', 'The f2' or 2 other factors in "
    )
    assert len(finding.evidence) == 5

from roundtable.partnership.findings.ranked_needs import ranked_needs
from roundtable.partnership.study import Study
from tests.factories import link, need, outcome
from tests.unit.partnership.findings.found import about, evidence_of, found, the_one
from tests.unit.partnership.joins.priced import built


def test_unmet_needs_are_ranked_by_what_is_at_stake() -> None:
    needs = [need("a-small", current_level=0.9), need("b-great", current_level=0.1)]
    study = Study(built(needs=needs), samples=0)

    assert [(one.place, one.verdict.need.id) for one in ranked_needs(study)] == [
        (1, "b-great"),
        (2, "a-small"),
    ]


def test_a_live_need_is_not_among_them() -> None:
    assert ranked_needs(Study(built(), samples=0)) == ()


def test_findings_about_needs_carry_both_figures_and_the_greater_comes_first() -> None:
    needs = [need("a-small", current_level=0.9), need("b-great", current_level=0.1)]
    both = found(built(needs=needs), "need-no-dataset")

    assert [one.about[1] for one in both] == ["b-great", "a-small"]
    for one in both:
        assert one.at_stake is not None and one.avertable is not None
        assert one.avertable.middle < one.at_stake.middle
        assert one.stability == 1.0


def test_outcomes_that_no_sum_counts_are_one_finding() -> None:
    links = [link("isolation", one, 0.2, 0.4) for one in ("fires", "harm")]
    finding = the_one(built(links=links, others=(outcome("floods"),)), "outcome-unpriced")

    assert finding.about == ("partnership", "test")
    assert evidence_of(finding) == "'Outcome harm': nobody has priced one case."


def test_what_no_need_bears_on_is_left_alone() -> None:
    assert about(built(), "outcome-unpriced") == []

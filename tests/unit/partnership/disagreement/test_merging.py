import pytest

from roundtable.errors import PartnershipUnusable, Place
from roundtable.partnership.disagreement.merging import Merged, candidates, merge
from roundtable.partnership.model.causal import Answer, Link, Sign
from roundtable.partnership.model.scenario import Scenario
from tests.unit.partnership.disagreement.table import dispute, factor, link, story, vote

PLACE = Place("matching.csv")


def _merged(kept: Scenario, other: Scenario, **matching: str) -> Merged:
    return merge(kept, other, matching, PLACE)


def _link(merged: Merged, source: str, target: str) -> Link:
    (found,) = (one for one in merged.scenario.links if (one.from_, one.to) == (source, target))
    return found


def test_likely_matches_are_proposed_by_their_labels_and_not_made() -> None:
    kept = story(factors=[factor("cold", "A cold home"), factor("alone", "Lives alone")])
    other = story(factors=[factor("f1", "Cold homes"), factor("f2", "Alone, living"), factor("f3", "Debt")])

    assert [(one.other, one.kept) for one in candidates(kept, other)] == [("f1", "cold")]
    assert candidates(kept, other)[0].words == "'Cold homes' may be 'A cold home'"
    assert len(candidates(kept, other, least=0.0)) == 6


def test_the_same_words_in_another_order_are_alike() -> None:
    (one,) = candidates(
        story(factors=[factor("a", "Drink and drugs")]), story(factors=[factor("b", "Drugs and drink")])
    )
    assert one.likeness == 1.0


def test_what_is_not_matched_is_new() -> None:
    kept = story(link("cold", "harm", "positive", "council"))
    other = story(link("frost", "harm", "positive", "fire"))

    merged = _merged(kept, other)

    assert [one.id for one in merged.scenario.factors] == ["cold", "frost"]
    assert [one.from_ for one in merged.scenario.links] == ["cold", "frost"]
    assert merged.said == ("'Frost' is new.",)


def test_links_that_agree_are_one_link_of_both() -> None:
    kept = story(link("cold", "harm", "positive", "council", evidence=["A"], votes=[vote("fire", "agree")]))
    later = vote("fire", "unsure") | {"on": "2026-11-01"}
    other = story(link("frost", "harm", "positive", "fire", evidence=["B"], votes=[later]))

    merged = _merged(kept, other, frost="cold")

    found = _link(merged, "cold", "harm")
    assert merged.conflicts == ()
    assert (found.asserted.by, found.evidence) == (("council", "fire"), ("A", "B"))
    assert [(one.by, one.answer) for one in found.votes] == [("fire", Answer.UNSURE)]
    assert [one.id for one in merged.scenario.factors] == ["cold"]


def test_a_conflict_is_kept_as_a_dispute_and_nothing_is_averaged() -> None:
    kept = story(link("cold", "harm", "positive", "council", strength={"low": 0.2, "high": 0.4}))
    other = story(
        link(
            "frost",
            "harm",
            "negative",
            "fire",
            strength={"low": 0.6, "high": 0.8},
            disputed=[dispute("health")],
            votes=[vote("council", "disagree")],
        )
    )
    merged = _merged(kept, other, frost="cold")

    found = _link(merged, "cold", "harm")
    assert merged.conflicts == (("cold", "harm"),)
    assert found.sign is Sign.POSITIVE
    assert found.strength is not None and (found.strength.low, found.strength.high) == (0.2, 0.4)
    assert found.asserted.by == ("council",)
    theirs, about = found.disputed
    assert (theirs.by, theirs.sign) == ("fire", Sign.NEGATIVE)
    assert theirs.strength is not None and (theirs.strength.low, theirs.strength.high) == (0.6, 0.8)
    assert about.says == "Of another map, negative, strength 0.6 to 0.8, delay unknown: It is not so."
    assert merged.said[-1] == (
        "The two maps differ on the link from 'cold' to 'harm'; it is now disputed. Votes on the second "
        "map's version are left out: council (disagree)."
    )


def test_a_match_of_another_kind_says_so() -> None:
    merged = _merged(
        story(factors=[factor("cold")]), story(factors=[factor("frost", kind="external")]), frost="cold"
    )
    assert merged.said == ("'Frost' is taken as 'Cold', of kind state; the second map has it as external.",)


def test_what_both_dispute_of_a_factor_is_kept() -> None:
    kept = story(factors=[factor("cold", disputed=[dispute("fire", says="No.")])])
    other = story(factors=[factor("frost", disputed=[dispute("health", says="Never.")])])

    (found,) = _merged(kept, other, frost="cold").scenario.factors

    assert [one.says for one in found.disputed] == ["No.", "Never."]


@pytest.mark.parametrize(
    ("matching", "what"),
    [
        ({}, "both maps have a factor 'cold', and nobody has said whether it is the same"),
        ({"cold": "ice"}, "the first map has no factor 'ice'"),
        ({"cold": "cold", "ice": "damp"}, "the second map has no factor 'ice'"),
        ({"cold": "damp", "wet": "damp"}, "both 'cold' and 'wet' are matched to 'damp'"),
    ],
)
def test_a_matching_that_cannot_be_is_refused(matching: dict[str, str], what: str) -> None:
    kept = story(factors=[factor("cold"), factor("damp")])
    other = story(factors=[factor("cold"), factor("wet")])

    with pytest.raises(PartnershipUnusable) as raised:
        merge(kept, other, matching, PLACE)

    assert what in [problem.what for problem in raised.value.problems]
    assert all(problem.remedy and problem.place == PLACE for problem in raised.value.problems)


def test_every_bad_match_is_told_at_once() -> None:
    with pytest.raises(PartnershipUnusable) as raised:
        merge(story(factors=[factor("a")]), story(factors=[factor("b")]), {"x": "a", "y": "z"}, PLACE)

    assert len(raised.value.problems) == 3


def test_two_empty_maps_are_one_empty_map() -> None:
    assert _merged(story(factors=[]), story(factors=[])).scenario.factors == ()

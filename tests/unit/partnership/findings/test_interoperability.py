import re
from typing import Any

import pytest

from roundtable.partnership.findings.interoperability import find
from tests.factories import need, scenario
from tests.factories_sharing import records, share, study
from tests.unit.partnership.findings.found import evidence_of
from tests.unit.partnership.sharing.test_interoperability import assessed, level


def _found(*levels: Any, **fields: Any) -> list[Any]:
    wants = [need("n", "calls", fields=["risk"], levels=list(levels), **fields)]
    return list(find(study(records(), share(), scenario(needs=wants))))


def test_an_essential_flow_that_a_layer_blocks_is_found_with_the_layer_and_its_next_step() -> None:
    (finding,) = _found(*assessed(2, 2, 1, 2))

    assert finding.about == ("scenario", "alone")
    assert finding.title == "In 'The scenario alone', 1 essential flow of data does not get through."
    assert "'Dataset calls' from Police to Council: technical level 1" in evidence_of(finding)
    assert finding.remedy.endswith(
        " 'Dataset calls' for the need 'n': technical level 2. Level 2 means: technical, it goes as a file."
    )
    assert "verified" not in evidence_of(finding)


def test_an_assessment_that_no_post_verified_says_so() -> None:
    (finding,) = _found(level("technical", 1))

    assert evidence_of(finding).endswith("No post has verified that assessment.")


def test_what_is_unknown_not_essential_or_good_enough_is_no_finding() -> None:
    assert _found() == []
    assert _found(level("technical", "unknown")) == []
    assert _found(*assessed(2, 2, 2, 2)) == []
    assert _found(*assessed(0, 0, 0, 0), essential=False) == []


def test_what_only_the_law_blocks_is_told_by_the_rules_about_agreements() -> None:
    wants = scenario(needs=[need("n", "calls", fields=["risk"], levels=assessed(3, 3, 3, 3))])

    assert list(find(study(records(), wants))) == []


def test_the_flows_of_a_scenario_are_one_finding_the_weakest_first() -> None:
    needs = [
        need("a", "calls", fields=["risk"], levels=assessed(2, 1, 1, 2)),
        need("b", "visits", fields=["risk"], levels=assessed(2, 2, 0, 2)),
    ]
    both = share("share", "calls", "visits")
    (finding,) = find(study(records(), records("visits"), both, scenario(needs=needs)))

    assert "2 essential flows of data do not get through" in finding.title
    assert finding.evidence[0].text.startswith("'Dataset visits'")
    first, second = re.findall(r"'Dataset (\w+)' for the need '(\w)': ([^.]*)\.", finding.remedy)
    assert first == ("visits", "b", "technical level 2")
    assert second == ("calls", "a", "semantic level 2 and technical level 2")


@pytest.mark.parametrize(
    ("terms", "unsaid"),
    [
        ({"matchRate": "unknown"}, "; and write 'matchRate' in dataset/calls.yaml."),
        ({"matchRate": 0.97, "keys": []}, "; and write 'keys' and 'matchRate' in dataset/calls.yaml."),
        ({"matchRate": 0.5}, "semantic level 2. Level"),
    ],
)
def test_what_has_to_be_measured_before_a_level_counts_is_named(terms: dict[str, Any], unsaid: str) -> None:
    wants = scenario(needs=[need("n", "calls", fields=["risk"], levels=assessed(2, 1, 2, 2))])
    (finding,) = find(study(records(**terms), share(), wants))

    assert unsaid in finding.remedy


def test_to_do_all_that_the_remedy_says_clears_it_and_to_leave_one_out_does_not() -> None:
    (finding,) = _found(*assessed(1, 0, 1, 0))
    named = re.findall(r"(\w+) level 2", finding.remedy)

    assert named == ["organisational", "semantic", "technical", "confidence"]
    assert _found(*(level(layer, 2) for layer in named)) == []
    for kept in named:
        assert _found(*(level(layer, 1 if layer == kept else 2) for layer in named))

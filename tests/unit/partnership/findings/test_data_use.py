from typing import Any

import pytest

from roundtable.partnership.findings.data_use import dataset_uses, duplicates
from roundtable.partnership.study import Study
from tests.factories import dataset, need, partnership, scenario, service
from tests.unit.partnership.findings.found import about, the_one


def _holding(id: str, creator: str, *columns: str, **terms: Any) -> Any:
    base = {
        "createdBy": creator,
        "subjects": "people",
        "specialCategory": False,
        "criminalOffence": False,
        "keys": ["nhs_number"],
    }
    return dataset(
        id,
        creator,
        schema=[{"name": "rows", "properties": [{"name": column} for column in columns]}],
        customProperties=[{"property": "roundtable", "value": base | terms}],
    )


USED = [{"agency": "council", "decision": "Whom to ring"}]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), ["fire"]),
        ((scenario(needs=[need("n", "visits")]),), []),
        ((scenario(needs=[need("n", "visits", agency="fire")]),), ["fire"]),
        ((service("calls", inputs=["visits"]),), []),
        ((service("calls", provider="fire", inputs=["visits"]),), ["fire"]),
    ],
)
def test_data_that_nobody_else_uses_or_wants_are_dark(parts: tuple[Any, ...], expected: list[str]) -> None:
    assert about(partnership(dataset("visits", "fire"), *parts), "data-dark") == expected


def test_use_by_another_agency_is_light_and_by_its_own_is_not() -> None:
    assert about(partnership(_holding("visits", "fire", "a", consumedBy=USED)), "data-dark") == []
    own = [USED[0] | {"agency": "fire"}]
    assert about(partnership(_holding("visits", "fire", "a", consumedBy=own)), "data-dark") == ["fire"]


def test_what_nobody_creates_is_not_dark_and_an_agency_has_one_finding() -> None:
    built = partnership(dataset("a", "fire"), dataset("b", "fire"), dataset("wished", None))

    assert "creates 2 datasets" in the_one(built, "data-dark").title
    assert [(use.dataset, use.dark) for use in dataset_uses(Study(built))] == [
        ("a", True),
        ("b", True),
        ("wished", False),
    ]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (_holding("b", "fire", "nhs_number", "Smokes", "lives_alone"), ["council"]),
        (_holding("b", "fire", "nhs_number", "smokes", "calls"), []),
        (_holding("b", "council", "smokes", "lives_alone"), []),
        (_holding("b", "fire", "smokes", "lives_alone", subjects="properties"), []),
    ],
)
def test_the_same_columns_of_two_agencies_about_the_same_subjects_are_found(
    other: Any, expected: list[str]
) -> None:
    mine = _holding("a", "council", "nhs_number", "smokes", "lives_alone")
    built = partnership(mine, other)

    assert about(built, "data-duplicate") == expected
    if expected:
        assert [pair.columns for pair in duplicates(Study(built))] == [("lives_alone", "smokes")]


def test_areas_are_no_duplicates() -> None:
    areas = {"subjects": "areas"}
    built = partnership(_holding("a", "council", "x", "y", **areas), _holding("b", "fire", "x", "y", **areas))

    assert about(built, "data-duplicate") == []


def test_two_agencies_have_one_finding_for_all_that_both_collect() -> None:
    mine = [_holding(id, "council", "smokes", "lives_alone") for id in ("a", "b")]
    finding = the_one(partnership(*mine, _holding("c", "fire", "smokes", "lives_alone")), "data-duplicate")

    assert finding.title == "Council and Fire both collect 2 columns about the same kind of subject."
    assert len(finding.evidence) == 2


def test_a_column_that_everybody_has_is_a_word_and_no_duplicate() -> None:
    many = [_holding(f"d{n}", "council" if n % 2 else "fire", "smokes", "status") for n in range(11)]

    assert about(partnership(*many), "data-duplicate") == []
    assert about(partnership(*many[:10]), "data-duplicate") == ["council"]

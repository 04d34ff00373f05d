import pytest

from roundtable.partnership.sharing.flows import Flow, existing_flow, flows, flows_of_need, is_personal
from tests.factories import dataset, need, scenario
from tests.factories_sharing import Fields, records, study

TWO_USES = [
    {"agency": "council", "decision": "Whom to visit.", "columns": ["risk"]},
    {"agency": "council", "decision": "Whom to call.", "columns": ["person"]},
]


def test_a_use_is_a_flow_from_the_creator_of_every_column_unless_some_are_named() -> None:
    assert flows(study(records())) == (
        Flow("calls", "police", "council", None, None, ("person", "risk"), True, True),
    )
    one = [TWO_USES[0]]
    assert flows(study(records(consumedBy=one)))[0].columns == ("risk",)


def test_two_uses_by_one_agency_are_one_flow_of_the_columns_of_both() -> None:
    assert [flow.columns for flow in flows(study(records(consumedBy=TWO_USES)))] == [("person", "risk")]


def test_nothing_flows_from_an_agency_to_itself_or_from_nobody() -> None:
    own = records(consumedBy=[{"agency": "police", "decision": "Whom to visit."}])
    wanted = scenario(needs=[need("n", "calls", agency="police", fields=["risk"])])

    assert flows(study(own, wanted)) == ()
    assert flows(study(records(created_by=None), wanted)) == ()


def test_a_need_asks_each_dataset_for_the_fields_that_its_contract_has() -> None:
    wants = scenario(needs=[need("n", "calls", "visits", fields=["risk", "uprn", "elsewhere"])])
    built = study(records(consumedBy=[]), dataset("visits", "charity"), wants)

    assert flows_of_need(built, "n") == (
        Flow("visits", "charity", "council", "n", "alone", ("uprn",), False, False),
        Flow("calls", "police", "council", "n", "alone", ("risk",), False, True),
    )


def test_a_need_asks_for_all_its_fields_where_the_contract_has_none_of_them() -> None:
    built = study(records(consumedBy=[]), scenario(needs=[need("n", "calls", fields=["b", "a"])]))

    assert flows_of_need(built, "n")[0].columns == ("a", "b")


def test_what_flows_today_is_found_by_dataset_and_receiver() -> None:
    built = study(records(), scenario(needs=[need("n", "calls", agency="charity", fields=["risk"])]))

    assert existing_flow(built, "calls", "council") is not None
    assert existing_flow(built, "calls", "charity") is None


@pytest.mark.parametrize(
    ("subjects", "special", "offence", "personal"),
    [
        ("people", False, False, True),
        ("properties", True, False, True),
        ("properties", "unknown", False, True),
        ("properties", False, True, True),
        ("properties", False, False, False),
        ("areas", True, True, False),
        ("none", False, False, False),
    ],
)
def test_data_are_personal_by_whom_they_are_about_and_unknown_counts_as_yes(
    subjects: str, special: bool | str, offence: bool, personal: bool
) -> None:
    terms: Fields = {"subjects": subjects, "specialCategory": special, "criminalOffence": offence}

    assert is_personal(records(**terms)) is personal

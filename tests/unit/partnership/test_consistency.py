"""Statements that cannot both be true, inside one file and between files."""

import pytest

from tests.town import Town

COUNCIL, FIRE, CHARTER = "agencies/council.yaml", "agencies/fire-service.yaml", "partnership.yaml"
SCENARIO, DATASET = "scenarios/alone-at-risk.yaml", "datasets/street-crime.yaml"
AGREEMENT, SERVICE = "agreements/open-street-crime.yaml", "services/home-fire-safety-visit.yaml"
IMPROVEMENT = "improvements/visit-the-street.yaml"
COLUMNS = (
    "Context, Crime ID, Crime type, Falls within, LSOA code, LSOA name, Last outcome category, Latitude,"
    + (" Location, Longitude, Month, Reported by")
)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            COUNCIL,
            "kind: local_authority",
            "kind: local_authority\nfrom: 2023-04-01\nto: 2023-03-31",
            "6:5 (to): the body ends on 2023-03-31, before it begins on 2023-04-01\n"
            "'from' must not be later than 'to'.",
            id="a body that ends before it begins",
        ),
        pytest.param(
            AGREEMENT,
            "starts: 2026-01-01",
            "starts: 2026-01-01\nends: 2025-12-31",
            "21:7 (ends): the agreement ends on 2025-12-31, before it begins on 2026-01-01\n"
            "'starts' must not be later than 'ends'.",
            id="an agreement that ends before it begins",
        ),
        pytest.param(
            SCENARIO,
            "{value: unknown, unit: people,",
            "{value: unknown, low: 20, high: 10, unit: people,",
            "12:35 (population.low): 'low' (20) is more than 'high' (10)\n"
            "Change the two round, or correct the one that is wrong.",
            id="a range the wrong way round",
        ),
        pytest.param(
            SCENARIO,
            "{value: unknown, unit: people,",
            "{value: 30, low: 10, high: 20, unit: people,",
            "12:21 (population.value): 'value' (30) is outside its own range, 'low' to 'high'\n"
            "Correct the figure or the range.",
            id="a figure outside its range",
        ),
        pytest.param(
            SCENARIO,
            "strength: {low: 0.2, high: 0.6}",
            "strength: {low: 0.6, high: 0.2}",
            "33:21 (links[0].strength.low): 'low' (0.6) is more than 'high' (0.2)\n"
            "Change the two round, or correct the one that is wrong.",
            id="a strength the wrong way round",
        ),
        pytest.param(
            SERVICE,
            "size: -0.3,",
            "size: 0.3,",
            "10:33 (effects[0].size): 'size' (0.3) is outside its own range, 'low' to 'high'\n"
            "Correct the figure or the range.",
            id="an effect outside its range",
        ),
        pytest.param(
            SERVICE,
            "consent: The person",
            "age_from: 65\nage_to: 18\nconsent: The person",
            "8:11 (age_from): 'age_from' (65) is more than 'age_to' (18)\n"
            "Change the two round, or correct the one that is wrong.",
            id="ages the wrong way round",
        ),
        pytest.param(
            SCENARIO,
            "  - from: isolation\n    to: unsafe-home\n",
            "  - from: isolation\n    to: isolation\n",
            "31:9 (links[0].to): the link goes from 'isolation' to itself\n"
            "Name another factor or an outcome in 'to', or delete the link.",
            id="a link to itself",
        ),
        pytest.param(
            IMPROVEMENT,
            "year: 2026/27",
            "year: 2026/28",
            "14:12 (costs[0].year): '2026/28' is not one financial year\nDid you mean '2026/27'?",
            id="two years for one",
        ),
        pytest.param(
            SCENARIO,
            "raci: {responsible: [fire-service]",
            "raci: {responsible: [fire-service, council, fire-service]",
            "58:49 (risks[0].raci.responsible[2]): 'fire-service' is listed twice\nDelete one of the two.",
            id="one agency listed twice",
        ),
        pytest.param(
            COUNCIL,
            "{outcome: fire-injuries, points: 40",
            "{outcome: arson-and-damage, points: 40",
            "14:5 (priorities[1]): arson-and-damage stands in 'priorities[0]' already\n"
            "Keep one item for each outcome.",
            id="two priorities for one outcome",
        ),
        pytest.param(
            COUNCIL,
            "deputy: council-analyst",
            "deputy: council-community-safety-lead",
            "8:97 (roles[0].deputy): the post is its own deputy\nName another post.",
            id="its own deputy",
        ),
        pytest.param(
            DATASET,
            "'(?P<period>\\d{4}-\\d{2})'",
            "'(\\d{4}-\\d{2})'",
            "43:78 (schema[0].customProperties[0].value.periodPattern): '(\\d{4}-\\d{2})' has no"
            " group named 'period'\n"
            "Mark the period in it, as in '(?P<period>\\d{4}-\\d{2})'.",
            id="a pattern that marks no period",
        ),
        pytest.param(
            DATASET,
            "'(?P<period>\\d{4}-\\d{2})'",
            "'(?P<period>'",
            "43:78 (schema[0].customProperties[0].value.periodPattern): '(?P<period>' is not a"
            " regular expression:"
            " missing ), unterminated subpattern at position 0\n"
            "Correct it, for example: '(?P<period>\\d{4}-\\d{2})'.",
            id="a pattern that is none",
        ),
        pytest.param(
            AGREEMENT,
            "table: street\n",
            "table: streets\n",
            "15:12 (grants[0].table): the dataset 'street-crime' has no table 'streets'\n"
            "Did you mean 'street'? Its contract has: street.",
            id="a grant of a table that the contract has not",
        ),
        pytest.param(
            AGREEMENT,
            "Latitude, Crime type]",
            "Latitude, Crime Typ]",
            "16:53 (grants[0].columns[4]): the table 'street' of 'street-crime' has no column 'Crime Typ'\n"
            f"Did you mean 'Crime type'? Its contract names: {COLUMNS}.",
            id="a grant of a column that the contract has not",
        ),
        pytest.param(
            CHARTER,
            "table: street,",
            "table: outcomes,",
            "22:49 (outcomes[1].measured_by.table): the dataset 'street-crime' has no table 'outcomes'\n"
            "Its contract has: street.",
            id="an outcome measured by a table that the contract has not",
        ),
    ],
)
def test_two_statements_that_cannot_both_be_true(
    town: Town, file: str, old: str, new: str, expected: str
) -> None:
    town.change(file, old, new)

    assert town.problems() == [f"{file}:{expected}"]


def test_a_post_without_an_id_is_not_called_its_own_deputy(town: Town) -> None:
    town.change(COUNCIL, "{id: council-community-safety-lead, title: Community safety lead,", "{title: Lead,")
    town.change(COUNCIL, "kind: risk_owner, deputy: council-analyst", "kind: risk_owner")

    assert not [problem for problem in town.problems() if "its own deputy" in problem]


def test_what_begins_and_ends_on_one_day_is_a_day_long(town: Town) -> None:
    town.change(AGREEMENT, "starts: 2026-01-01", "starts: 2026-01-01\nends: 2026-01-01")
    town.change(SCENARIO, "strength: {low: 0.2, high: 0.6}", "strength: {low: 0.2, high: 0.2}")

    assert town.problems() == []


def test_a_column_is_granted_by_its_name_and_not_by_its_header(town: Town) -> None:
    town.change(
        DATASET, "      - name: Reported by", "      - name: force\n        physicalName: Reported by"
    )
    town.change(AGREEMENT, "Latitude, Crime type]", "Latitude, Crime type, force]")
    assert town.problems() == []

    town.change(AGREEMENT, "Crime type, force]", "Crime type, Reported by]")
    (problem,) = town.problems()
    assert "has no column 'Reported by'" in problem


def test_successors_that_lead_back_to_where_they_began(town: Town) -> None:
    town.change(COUNCIL, "kind: local_authority", "kind: local_authority\nsuccessor: police-uk")
    town.change(FIRE, "kind: fire_rescue", "kind: fire_rescue\nsuccessor: council")
    assert town.problems() == []

    town.change("agencies/police-uk.yaml", "kind: publisher", "kind: publisher\nsuccessor: fire-service")
    assert town.problems() == [
        "agencies/fire-service.yaml:5:12 (successor): this goes round in a circle:"
        " council became police-uk became fire-service became council\nTake one of these out."
    ]


def test_improvements_that_wait_for_each_other(town: Town) -> None:
    town.change(IMPROVEMENT, "months: 6", "months: 6\ndepends_on: [count-the-fires]")
    text = (town.folder / IMPROVEMENT).read_text(encoding="utf-8").split("requirements:")[0]
    other = text.replace("id: visit-the-street", "id: count-the-fires").replace(
        "[count-the-fires]", "[visit-the-street]"
    )
    town.write("improvements/count-the-fires.yaml", other)

    assert town.problems() == [
        f"{IMPROVEMENT}:13:14 (depends_on[0]): this goes round in a circle:"
        " count-the-fires waits for visit-the-street waits for count-the-fires\nTake one of these out."
    ]


def test_an_agreement_under_itself(town: Town) -> None:
    town.change(AGREEMENT, "tier: open_licence", "tier: open_licence\nparent: open-street-crime")

    assert town.problems() == [
        f"{AGREEMENT}:6:9 (parent): this goes round in a circle:"
        " open-street-crime stands under open-street-crime\nTake one of these out."
    ]


def test_a_second_link_between_the_same_two_is_another_view_and_not_another_link(town: Town) -> None:
    scenario = "scenarios/alone-at-risk.yaml"
    again = (
        "  - {from: isolation, to: unsafe-home, sign: negative,\n"
        "     asserted: {by: [council], on: 2026-09-01, confidence: low}}\n"
    )
    town.change(scenario, "risks:\n", f"{again}risks:\n")

    assert town.problems() == [
        f"{scenario}:47:5 (links[3]): a second link between the same two: isolation, unsafe-home stands in"
        " 'links[0]' already\nKeep one link; an agency that sees it another way stands in its 'disputed',"
        " with its 'sign'."
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "meetings/first-meeting.yaml",
            "by: council-community-safety-lead",
            "by: council-community-safety-led",
            "there is no role 'council-community-safety-led'",
        ),
        (
            "meetings/first-meeting.yaml",
            "from_decision: start-with-open-data",
            "from_decision: start-with-open",
            "there is no decision 'start-with-open'",
        ),
        (
            "improvements/visit-the-street.yaml",
            "requirements: [street-list]",
            "requirements: [street-lists]",
            "there is no requirement 'street-lists'",
        ),
    ],
)
def test_what_a_meeting_or_a_purchase_names_exists(
    town: Town, file: str, old: str, new: str, told: str
) -> None:
    town.change(file, old, new)

    assert [problem.split(": ", 1)[1].split("\n")[0] for problem in town.problems()] == [told]


def test_an_agency_votes_once_on_a_link(town: Town) -> None:
    votes = ", ".join(
        f"{{by: council, on: 2026-09-0{i}, answer: {a}}}" for i, a in ((1, "agree"), (2, "unsure"))
    )
    town.change(
        "scenarios/alone-at-risk.yaml", "    delay: months\n", f"    delay: months\n    votes: [{votes}]\n"
    )

    assert ["council stands in 'votes[0]' already" in problem for problem in town.problems()] == [True]


def test_a_column_that_reaches_somebody_stands_in_the_contract(town: Town) -> None:
    town.change("datasets/street-crime.yaml", "frequency: monthly}", "columns: [Monht]}")

    (problem,) = town.problems()

    assert (
        "(customProperties[0].value.consumedBy[0].columns[0]): 'street-crime' has no column 'Monht'"
        in problem
    )
    assert "Did you mean 'Month'?" in problem

"""Keys and values that do not fit: one change to a sound folder, and exactly what is said of it."""

import pytest

from tests.town import Town

COUNCIL, FIRE, CHARTER = "agencies/council.yaml", "agencies/fire-service.yaml", "partnership.yaml"
SCENARIO, DATASET = "scenarios/alone-at-risk.yaml", "datasets/street-crime.yaml"
AGREEMENT, SERVICE = "agreements/open-street-crime.yaml", "services/home-fire-safety-visit.yaml"
IMPROVEMENT = "improvements/visit-the-street.yaml"
AGENCY_KINDS = (
    "police, fire_rescue, ambulance, local_authority, combined_authority,"
    " police_fire_crime_commissioner, icb,"
    " nhs_provider, probation, prison, youth_justice, education, housing, vcse, resilience_forum, university,"
    " utility, government, publisher, supplier"
)
LEAD_POSTS = "    lead_posts: [fire-prevention-lead]  # one post leads, whoever else works on it\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "what", "remedy"),
    [
        pytest.param(
            COUNCIL,
            "name: Example Council",
            "naem: Example Council",
            "3:1 (naem)",
            "the key 'naem' is not known here",
            "Did you mean 'name'? Keys that are: id, name, kind, public_authority, org_identifier,"
            " ico_registration,"
            " from, to, successor, duties, roles, skills, capacity, priorities, readiness, notes.",
            id="unknown key",
        ),
        pytest.param(
            COUNCIL,
            "name: Example Council\n",
            "",
            "2:1 (name)",
            "the key 'name' is missing",
            "Add 'name': text.",
            id="missing key",
        ),
        pytest.param(
            CHARTER,
            "charter: >-",
            "<<: {}\ncharter: >-",
            "7:1 (<<)",
            "merge keys ('<<') are not part of YAML 1.2: write the keys out",
            "Keys that are: id, name, area, as_of, illustrative, classification, charter,"
            " memorandum, outcomes,"
            " skills, glossary.",
            id="merge key",
        ),
        pytest.param(
            DATASET,
            "      createdBy: police-uk",
            "      created_by: police-uk",
            "47:7 (customProperties[0].value.created_by)",
            "the key 'created_by' is not known here",
            "Did you mean 'createdBy'? Keys that are: createdBy, steward, consumedBy, subjects,"
            " specialCategory,"
            " criminalOffence, collectedUnder, keys, matchRate, timelinessDays, coverage, knownDefects,"
            " system, securityClassification, catalogueId.",
            id="key of our own property in a contract",
        ),
        pytest.param(
            COUNCIL,
            "kind: local_authority",
            "kind: local_athority",
            "4:7 (kind)",
            "'local_athority' is not allowed here",
            f"Did you mean 'local_authority'? Allowed: {AGENCY_KINDS}.",
            id="a word outside a closed set",
        ),
        pytest.param(
            COUNCIL,
            "public_authority: true",
            "public_authority: yes",
            "5:19 (public_authority)",
            "'yes' is not allowed here",
            "Allowed: true or false or unknown.",
            id="yes is a word, told once and not once for each way to read it",
        ),
        pytest.param(
            SCENARIO,
            "rung: 1  # 0",
            "rung: 7  # 0",
            "4:7 (rung)",
            "7 is not allowed here",
            "Allowed: 0, 1, 2, 3, 4, 5.",
            id="a rung that the ladder has not",
        ),
        pytest.param(
            SCENARIO,
            LEAD_POSTS,
            "    lead_posts: fire-prevention-lead\n",
            "56:17 (risks[0].lead_posts)",
            "'fire-prevention-lead' stands where a list of ids of roles should be",
            "Write it as a list: [fire-prevention-lead].",
            id="one thing where a list should be",
        ),
        pytest.param(
            SCENARIO,
            LEAD_POSTS,
            "    lead_posts:\n",
            "56:16 (risks[0].lead_posts)",
            "'lead_posts' has no value",
            "Write a list of ids of roles, or delete the key if it may be left out.",
            id="a key without a value",
        ),
        pytest.param(
            CHARTER,
            "area: {code: E10000023, name: North Yorkshire}",
            "area: [E10000023]",
            "5:7 (area)",
            "a list stands where a mapping (key: value) should be",
            "Write 'key: value' lines there, without '- ' before them.",
            id="a list where a mapping should be",
        ),
        pytest.param(
            CHARTER,
            "area: {code: E10000023, name: North Yorkshire}",
            "area: North Yorkshire",
            "5:7 (area)",
            "'North Yorkshire' stands where a mapping (key: value) should be",
            "Write its keys there: code, name.",
            id="text where a mapping should be",
        ),
        pytest.param(
            SERVICE,
            'capacity:\n  - {period: "2026", supply: 900, demand: 850, unit: visits, source: Visits plan}\n',
            'capacity: {period: "2026", supply: 900, demand: 850, unit: visits, source: Visits plan}\n',
            "14:11 (capacity)",
            "a mapping (key: value) stands where a list of mappings (key: value) should be",
            "Begin each item with '- ' on a line of its own.",
            id="a mapping where a list should be",
        ),
        pytest.param(
            DATASET,
            "version: 1.0.0",
            "version: 1.0",
            "7:10 (version)",
            "1.0 stands where text should be",
            "Put it in quotes: '1.0'.",
            id="a number where text should be",
        ),
        pytest.param(
            SERVICE,
            '{period: "2026", supply: 900',
            "{period: 2026, supply: 900",
            "15:14 (capacity[0].period)",
            "2026 stands where text should be",
            "Put it in quotes: '2026'.",
            id="a year is text",
        ),
        pytest.param(
            SERVICE,
            '{period: "2026", supply: 900',
            '{period: "2026-Q5", supply: 900',
            "15:14 (capacity[0].period)",
            "'2026-Q5' is not in the right form",
            "A year, a quarter (2026-Q4) or a month (2026-11).",
            id="a quarter that no year has",
        ),
        pytest.param(
            SERVICE,
            "supply: 900",
            "supply: lots",
            "15:30 (capacity[0].supply)",
            "'lots' is not allowed here",
            "Allowed: a number or unknown.",
            id="unknown is the only word for a number",
        ),
        pytest.param(
            SERVICE,
            "size: -0.3",
            'size: "-0.3"',
            "10:33 (effects[0].size)",
            "'-0.3' is not allowed here",
            "Allowed: a number or unknown.",
            id="a number in quotes is text",
        ),
        pytest.param(
            AGREEMENT,
            "starts: 2026-01-01",
            "starts: 01/01/2026",
            "20:9 (starts)",
            "'01/01/2026' stands where a day such as 2026-11-23 should be",
            "Write a day such as 2026-11-23.",
            id="a day in another order",
        ),
        pytest.param(
            AGREEMENT,
            "starts: 2026-01-01",
            "starts: 2026-02-30",
            "20:9 (starts)",
            "there is no day 2026-02-30",
            "Correct the day or the month.",
            id="a day that no month has",
        ),
        pytest.param(
            AGREEMENT,
            "starts: 2026-01-01",
            'starts: "86400"',
            "20:9 (starts)",
            "'86400' is not a day",
            "Write the day as 2026-11-23.",
            id="seconds since 1970 are no day",
        ),
        pytest.param(
            AGREEMENT,
            "starts: 2026-01-01",
            'starts: "1700000000"',
            "20:9 (starts)",
            "'1700000000' stands where a day such as 2026-11-23 should be",
            "Write a day such as 2026-11-23.",
            id="nor is a moment in the middle of a day, and that is told once",
        ),
        pytest.param(
            SCENARIO,
            "likelihood: 3",
            "likelihood: 6",
            "52:17 (risks[0].likelihood)",
            "6 is not at most 5",
            "Write a number that is at most 5.",
            id="out of range",
        ),
        pytest.param(
            AGREEMENT,
            "purposes: [harm_by_place]",
            "purposes: []",
            "6:11 (purposes)",
            "the list needs at least one item",
            "Add what is missing.",
            id="an empty list",
        ),
        pytest.param(
            AGREEMENT,
            "purposes: [harm_by_place]",
            "purposes: [harm_by_plaice]",
            "6:12 (purposes[0])",
            "'harm_by_plaice' is not allowed here",
            "Did you mean 'harm_by_place'? Allowed: harm_by_place, prevention_of_fire_and_falls,"
            " safeguarding_adults, safeguarding_children, domestic_abuse_response, crisis_care,"
            " serious_violence_duty, emergency_response, evaluation.",
            id="the only item is wrong: told as wrong, and not as missing too",
        ),
        pytest.param(
            COUNCIL,
            "name: Example Council",
            'name: " "',
            "3:7 (name)",
            "the text is empty",
            "Write something, or delete the key if it may be left out.",
            id="empty text",
        ),
        pytest.param(
            CHARTER,
            "  - {id: home-visit, name: Visit",
            "  - {id: home visit, name: Visit",
            "24:10 (skills[0].id)",
            "'home visit' is not in the right form",
            "An id begins with a letter or a digit, and holds letters, digits, '-', '_' and '.' alone.",
            id="an id with a space",
        ),
        pytest.param(
            IMPROVEMENT,
            "year: 2026/27",
            "year: 2026-27",
            "14:12 (costs[0].year)",
            "'2026-27' is not in the right form",
            "A financial year, such as 2026/27.",
            id="a financial year in another form",
        ),
        pytest.param(
            CHARTER,
            "    annual_cases: {value: unknown",
            "    measured_by: {dataset: street-crime, table: street, codes: [Burglary]}\n"
            "    annual_cases: {value: unknown",
            "12:5 (outcomes[0])",
            "both 'annual_cases' and 'measured_by' are given",
            "Give one of the two: 'annual_cases' (an estimate) or 'measured_by' (a dataset).",
            id="an outcome typed and measured",
        ),
        pytest.param(
            DATASET,
            "      - name: Falls within",
            "      - name: Falls within\n        physicalName: Month",
            "18:7 (schema[0].properties)",
            "two columns are called 'Month'",
            "Give each column the header it has in the file.",
            id="two columns under one header",
        ),
        pytest.param(
            DATASET,
            "customProperties:\n  - property: roundtable\n",
            "customProperties:\n  - property: somebody-else\n",
            "45:3 (customProperties)",
            "a contract needs exactly one custom property named 'roundtable'",
            "Add '- property: roundtable' with its 'value', or delete the second.",
            id="a contract without our own terms",
        ),
    ],
)
def test_one_mistake_is_told_once(
    town: Town, file: str, old: str, new: str, place: str, what: str, remedy: str
) -> None:
    assert town.problems() == []

    town.change(file, old, new)

    said = [problem for problem in town.problems() if problem.startswith(file)]
    assert said == [f"{file}:{place}: {what}\n{remedy}"]


@pytest.mark.parametrize("content", ["- a\n- b\n", "just words\n", "42\n"])
def test_a_file_that_is_no_mapping(town: Town, content: str) -> None:
    town.write(SERVICE, content)

    held = "a list" if content.startswith("-") else "'just words'" if "words" in content else "42"
    assert town.problems() == [
        f"{SERVICE}:1:1: the file holds {held} where a mapping (key: value) should be\n"
        "Write 'key: value' lines at the margin, without '- ' before them."
    ]


def test_every_mistake_of_every_file_is_told_at_once_in_order_of_place(town: Town) -> None:
    town.change(COUNCIL, "kind: local_authority", "kind: council")
    town.change(COUNCIL, "name: Example Council\n", "")
    town.change(SERVICE, "provider: fire-service", "provider: fire-servce")
    town.change(SERVICE, "low: -0.5, high: -0.1", "low: 0.5, high: -0.1")
    town.write("improvements/visit-the-street.yaml", "id: [\n")

    places = [problem.split(": ")[0] for problem in town.problems()]

    assert places == [
        "agencies/council.yaml:2:1 (name)",
        "agencies/council.yaml:3:7 (kind)",
        "improvements/visit-the-street.yaml:2:1",
        "services/home-fire-safety-visit.yaml:4:11 (provider)",
        "services/home-fire-safety-visit.yaml:10:44 (effects[0].low)",
    ]


def test_a_reference_table_says_which_it_is(town: Town) -> None:
    town.write("reference/mine.yaml", "id: mine\ntitle: Mine\n")
    town.write("reference/yours.yaml", "table: harm_weight\nid: yours\n")

    assert town.problems() == [
        "reference/mine.yaml:1:1 (table): the key 'table' is missing\n"
        "Allowed: gateways, harm_weights, code_mix, code_list, discount_rates.",
        "reference/yours.yaml:1:8 (table): 'harm_weight' is not allowed here\n"
        "Did you mean 'harm_weights'? Allowed: gateways, harm_weights, code_mix, code_list, discount_rates.",
    ]

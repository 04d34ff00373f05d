"""The North Yorkshire example loads, and shows every fault it promises and no other."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.partnership.findings import RULES, Finding, find_all
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.improvement import Dimension
from roundtable.partnership.model.scenario import Rung
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "north-yorkshire"
PROMISED = re.compile(r"^\| `([\w-]+)` \| `([\w.-]+)` \|", re.MULTILINE)


@pytest.fixture(scope="module")
def example() -> Partnership:
    return load_partnership(EXAMPLE)


@pytest.fixture(scope="module")
def findings(example: Partnership) -> tuple[Finding, ...]:
    return find_all(Study(example))


def _seen(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return sorted((finding.rule, finding.about[1]) for finding in findings)


def _texts() -> Iterator[tuple[Path, str]]:
    return ((path, path.read_text(encoding="utf-8")) for path in sorted(EXAMPLE.rglob("*.*")))


def test_it_says_that_it_is_an_illustration(example: Partnership) -> None:
    assert example.charter.illustrative
    assert "illustrative" in (EXAMPLE / "README.md").read_text(encoding="utf-8")


def test_it_shows_every_fault_it_promises_and_no_other(findings: tuple[Finding, ...]) -> None:
    promised = PROMISED.findall((EXAMPLE / "README.md").read_text(encoding="utf-8"))

    assert len(promised) >= 20
    assert _seen(findings) == sorted(promised)


def test_every_kind_of_fault_is_shown_but_those_that_the_readme_names(findings: tuple[Finding, ...]) -> None:
    finds_nothing = {
        "strong-factor-no-service",
        "factor-unlinked",
        "points-not-hundred",
        "date-in-future",
        "review-after-end",
        "looks-like-personal-data",
    }

    assert {finding.rule for finding in findings} == {rule.name for rule in RULES} - finds_nothing
    assert all(f"`{rule}`" in (EXAMPLE / "README.md").read_text(encoding="utf-8") for rule in finds_nothing)


def test_a_joint_duty_with_one_lead_is_no_finding(
    example: Partnership, findings: tuple[Finding, ...]
) -> None:
    joint = [risk for _, risk in example.risks() if risk.joint_duty is not None]

    assert len(joint) >= 3
    assert all(len(risk.lead_posts) == 1 for risk in joint)
    about_leads = {f.about[1] for f in findings if f.rule in ("risk-no-lead", "risk-several-leads")}
    assert not {risk.id for risk in joint} & about_leads


def test_every_row_of_evidence_points_to_a_line_that_exists(
    findings: tuple[Finding, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLE)
    for row in (row for finding in findings for row in finding.evidence):
        file = Path(row.place.file)
        lines = (file if file.exists() else EXAMPLE / file).read_text(encoding="utf-8").splitlines()
        assert row.place.line is not None and 1 <= row.place.line <= len(lines), row


def test_links_steps_and_parts_of_agreements_are_pointed_to_and_not_the_top_of_the_file(
    example: Partnership, findings: tuple[Finding, ...]
) -> None:
    tops = {example.place(Kind.SCENARIO, one.id) for one in example.scenarios}
    tops |= {example.place(Kind.AGREEMENT, one.id) for one in example.agreements}
    exact = ("contested-link-matters", "journey-threshold-gap", "journey-no-feedback", "agreement-defective")
    rows = [row for finding in findings if finding.rule in exact for row in finding.evidence]

    assert len(rows) >= 8
    assert not [row for row in rows if row.place in tops]


def test_a_remedy_names_files_as_they_stand_in_the_folder(findings: tuple[Finding, ...]) -> None:
    remedies = {finding.about[1]: finding.remedy for finding in findings}

    assert not [remedy for remedy in remedies.values() if EXAMPLE.name in remedy]
    assert "in agreements/falls-and-fire-2023.yaml." in remedies["falls-and-fire-2023"]
    assert "In scenarios/older-resident-alone.yaml, line " in remedies["older-hoarding-known-not-acted-on"]


def test_it_has_the_parts_of_a_real_partnership(example: Partnership) -> None:
    living = [agency for agency in example.agencies if agency.existed_on(example.charter.as_of)]

    assert len(living) >= 16
    assert len(example.scenarios) >= 5
    assert len(example.datasets) >= 20
    assert len(example.agreements) >= 14
    assert len(example.services) >= 14
    assert len(example.improvements) >= 10
    assert len(example.charter.glossary) >= 10
    assert 10 <= len(example.charter.outcomes) <= 14


def test_its_scenarios_stand_on_different_rungs(example: Partnership) -> None:
    assert {scenario.rung for scenario in example.scenarios} >= {
        Rung.OPEN_DATA,
        Rung.PROPERTY_FLAGS,
        Rung.PSEUDONYMISED_LINKAGE,
        Rung.NAMED_CASEWORK,
    }


def test_no_agreement_reaches_above_the_rung_of_its_scenarios(example: Partnership) -> None:
    rungs = {scenario.id: scenario.rung for scenario in example.scenarios}
    above = [
        (agreement.id, scenario)
        for agreement in example.agreements
        for scenario in agreement.scenarios
        if agreement.rung > rungs[scenario]
    ]
    assert not above


def test_every_scenario_is_told_and_mapped(example: Partnership) -> None:
    for scenario in example.scenarios:
        assert 150 <= len(scenario.story.split()) <= 300, scenario.id
        assert 8 <= len(scenario.factors) <= 15, scenario.id
        assert 10 <= len(scenario.links) <= 25, scenario.id
        assert 2 <= len(scenario.risks) <= 5, scenario.id
        assert 3 <= len(scenario.needs) <= 6, scenario.id
        assert 4 <= len(scenario.journey) <= 8, scenario.id
        assert any(link.disputed for link in scenario.links), scenario.id


def test_every_factor_and_outcome_of_a_scenario_is_on_its_map(example: Partnership) -> None:
    for scenario in example.scenarios:
        mapped = {end for link in scenario.links for end in (link.from_, link.to)}
        assert {factor.id for factor in scenario.factors} | set(scenario.outcomes) <= mapped, scenario.id


def test_needs_ask_for_fields_that_the_contracts_have(example: Partnership) -> None:
    for _, need in example.needs():
        tables = [table for name in need.datasets for table in example.dataset(name).schema_]
        columns = {column.name for table in tables for column in table.properties}
        assert not need.datasets or set(need.fields) <= columns, need.id


def test_grants_name_columns_that_the_contracts_have(example: Partnership) -> None:
    for agreement in example.agreements:
        for grant in agreement.grants:
            table = example.dataset(grant.dataset).table(grant.table)
            assert table is not None, (agreement.id, grant.dataset)
            assert set(grant.columns) <= {column.name for column in table.properties}, agreement.id


def test_priorities_share_out_a_hundred_points_and_differ(example: Partnership) -> None:
    shares = {
        agency.id: {priority.outcome: priority.points for priority in agency.priorities}
        for agency in example.agencies
        if agency.priorities
    }
    assert len(shares) >= 12
    assert all(sum(points.values()) == 100 for points in shares.values())
    assert len({tuple(sorted(points.items())) for points in shares.values()}) == len(shares)


def test_outcomes_measured_from_data_use_published_codes(example: Partnership) -> None:
    measured = [outcome.measured_by for outcome in example.charter.outcomes if outcome.measured_by]
    street = example.dataset("police-uk").table("street")
    assert street is not None
    codes = {code for column in street.properties for code in column.terms.codes}

    assert len(measured) >= 3
    assert all((by.dataset, by.table) == ("police-uk", "street") for by in measured)
    assert {code for by in measured for code in by.codes} <= codes


def test_improvements_touch_all_five_dimensions(example: Partnership) -> None:
    touched = {change.dimension for improvement in example.improvements for change in improvement.changes}

    assert touched == set(Dimension)


@pytest.mark.parametrize(
    "pattern", [r"[\w.]+@\w+\.\w+", r"\b0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b", r"\bM(r|rs|s) [A-Z]"]
)
def test_nobody_can_be_reached_or_named(pattern: str) -> None:
    assert not [path.name for path, text in _texts() if re.search(pattern, text)]


def test_the_remedy_of_a_blocked_flow_names_every_layer_that_blocks_it(findings: tuple[Finding, ...]) -> None:
    (blocked,) = [f for f in findings if (f.rule, f.about[1]) == ("scenario-flow-blocked", "harm-by-place")]

    need = "for the need 'place-need-finer-offences': organisational level 2 and technical level 2."
    assert need in blocked.remedy


#: Every layer that the remedy names for the one flow, at the level that it names.
REPLACED_LEVELS = (
    """      - {layer: organisational, level: 1, evidence: The analysts know each other,
         by: ynyca, on: 2026-10-21}
      - {layer: semantic, level: 3, evidence: One offence list, by: ynyca, on: 2026-10-21}
      - {layer: technical, level: 0, evidence: Nothing built, by: ynyca, on: 2026-10-21}
""",
    """      - {layer: organisational, level: 2, evidence: The process is agreed, by: ynyca, on: 2026-10-21}
      - {layer: semantic, level: 3, evidence: One offence list, by: ynyca, on: 2026-10-21}
      - {layer: technical, level: 2, evidence: It goes as a file, by: ynyca, on: 2026-10-21}
""",
)
REMEDIES = [
    (
        "risk-no-lead",
        "scenarios/older-resident-alone.yaml",
        "lead_posts: []",
        "lead_posts: [nyfrs-prevention-lead]",
    ),
    (
        "risk-several-leads",
        "scenarios/repeat-mental-health-crisis.yaml",
        "[nyp-mental-health-lead, tewv-crisis-lead]",
        "[tewv-crisis-lead]",
    ),
    ("lead-post-vacant", "agencies/cyc.yaml", "vacant_since: 2026-07-13", "vacant_since: null"),
    (
        "risk-left-behind",
        "scenarios/coastal-exploitation.yaml",
        "pfcc-victims-commissioner",
        "ynyca-victims-commissioning-lead",
    ),
    (
        "service-left-behind",
        "services/behaviour-change-programme.yaml",
        "commissioner: pfcc",
        "commissioner: ynyca",
    ),
    ("duty-left-behind", "agencies/ynyca.yaml", "duties: [pcsc22.s17]", "duties: [pcsc22.s17, cda98.s17]"),
    (
        "agreement-past-review",
        "agreements/crisis-care-2024.yaml",
        "review_by: 2026-06-30",
        "review_by: 2027-06-30",
    ),
    (
        "agreement-not-begun",
        "agreements/priority-services-2027.yaml",
        "starts: 2027-01-11",
        "starts: 2026-11-23",
    ),
    ("agreement-expired", "agreements/falls-and-fire-2023.yaml", "ends: 2026-03-31", "ends: 2027-03-31"),
    (
        "need-no-service",
        "services/independent-adviser.yaml",
        "- factor: coercive-control",
        "- factor: technology-facilitated-abuse",
    ),
    (
        "funding-ends",
        "services/coastal-outreach.yaml",
        "funded_until: 2027-03-31",
        "funded_until: 2029-03-31",
    ),
    ("skill-missing", "agencies/housing-association.yaml", "level: 1", "level: 3"),
    (
        "lead-no-lever",
        "scenarios/storm-power-cut.yaml",
        "raci: {responsible: [nyc, northern-powergrid], consulted: [nyfrs]}",
        "raci: {responsible: [nylrf, nyc, northern-powergrid], consulted: [nyfrs]}",
    ),
    (
        "duty-holder-absent",
        "scenarios/coastal-exploitation.yaml",
        "consulted: [ysth, schools, youth-charity]",
        "consulted: [ysth, schools, youth-charity, cyc, nyfrs]",
    ),
    (
        "agreement-expiring",
        "agreements/schools-by-morning-2024.yaml",
        "ends: 2027-01-31",
        "ends: 2028-01-31",
    ),
    (
        "need-field-missing",
        "agreements/child-exploitation-2025.yaml",
        "found_area, exploitation_indicator]",
        "found_area, exploitation_indicator, interview_held]",
    ),
    (
        "refusal-without-reason",
        "meetings/2026-10-05-steering-group.yaml",
        "gateway: ca04.s16LA",
        "gateway: ca04.s16LA\n    detriment: The parent who harms would see that it was shared.",
    ),
    (
        "procurement-no-outcome",
        "improvements/one-list-in-two-hours.yaml",
        "requirements: [works-without-a-network]}",
        "requirements: [works-without-a-network], outcomes: [harm-in-power-cut]}",
    ),
    (
        "journey-threshold-gap",
        "scenarios/domestic-abuse-children.yaml",
        "    refers_at_level: 2\n",
        "    refers_at_level: 4\n",
    ),
    (
        "acceptance-stale",
        "meetings/2026-10-05-steering-group.yaml",
        "until: 2026-10-31",
        "until: 2026-12-31",
    ),
    (
        "data-duplicate",
        "datasets/home-fire-safety-visits.yaml",
        "      - name: blocked_exit\n",
        "      - name: left_at_once\n",
    ),
    ("scenario-flow-blocked", "scenarios/harm-by-place.yaml", *REPLACED_LEVELS),
]
#: What a remedy leaves of its own kind, because other things have the same fault.
LEFT = {
    "scenario-flow-blocked": [
        "coastal-exploitation",
        "domestic-abuse-children",
        "older-resident-alone",
        "repeat-mental-health-crisis",
    ],
}
#: What a remedy brings to light: a post that is filled is looked at again, and so is an agreement in force.
UNCOVERED = {
    "lead-post-vacant": {("lead-low-priority", "cyc")},
    "risk-left-behind": {("lead-low-priority", "ynyca")},
    "agreement-expired": {
        ("agreement-past-review", "falls-and-fire-2023"),
        ("agreement-defective", "falls-and-fire-2023"),
        ("requirement-no-finding", "renew-falls-and-fire"),
    },
}


@pytest.mark.parametrize(("rule", "file", "old", "new"), REMEDIES, ids=[remedy[0] for remedy in REMEDIES])
def test_the_remedy_clears_the_finding(
    findings: tuple[Finding, ...], tmp_path: Path, rule: str, file: str, old: str, new: str
) -> None:
    folder = tmp_path / "north-yorkshire"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    left = _seen(find_all(Study(load_partnership(folder))))

    assert [about for found, about in left if found == rule] == LEFT.get(rule, [])
    assert set(left) - set(_seen(findings)) == UNCOVERED.get(rule, set())

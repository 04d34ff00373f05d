"""The example, changed one thing at a time: what a change to the folder does to its findings."""

import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roundtable.cli.printing import finding_values
from roundtable.partnership.findings import Severity, find_all
from roundtable.partnership.joins.verdict import verdicts
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.improvement import FindingName
from roundtable.partnership.model.meeting import Acceptance
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.yaml_source import read_yaml
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "north-yorkshire"
#: Lists whose order is part of what they say.
ORDERED = frozenset({"journey", "reframings"})
#: How many findings of high severity the example has.
SERIOUS = 14
#: Those of them that no improvement and no requirement answers and that nobody has accepted.
UNANSWERED = {
    ("agreement-defective", "evaluation-2026"),
    ("flow-not-covered", "ppn-records"),
    ("over-capacity", "home-fire-safety-visit"),
    ("refusal-without-reason", "no-case-status-at-night"),
}


@pytest.fixture(scope="module")
def example() -> Partnership:
    return load_partnership(EXAMPLE)


def _without_lead(example: Partnership, risk_id: str) -> Partnership:
    def changed(scenario: Scenario) -> Scenario:
        risks = tuple(
            risk.model_copy(update={"lead_posts": ()}) if risk.id == risk_id else risk
            for risk in scenario.risks
        )
        return scenario.model_copy(update={"risks": risks})

    return replace(example, scenarios=tuple(map(changed, example.scenarios)))


def _nobody_leads(partnership: Partnership) -> set[str]:
    found = find_all(Study(partnership, samples=0))
    return {one.about[1] for one in found if one.rule == "risk-no-lead"}


def test_to_remove_the_lead_of_any_risk_makes_exactly_one_new_finding(example: Partnership) -> None:
    before = _nobody_leads(example)
    led = [risk.id for _, risk in example.risks() if risk.lead_posts]

    assert len(led) >= 15
    for risk_id in random.Random(3).sample(led, 6):
        assert _nobody_leads(_without_lead(example, risk_id)) - before == {risk_id}


def _reordered(value: Any, draw: random.Random, key: str = "") -> Any:
    if isinstance(value, dict):
        items = [(name, _reordered(inner, draw, name)) for name, inner in value.items()]
        draw.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        inner = [_reordered(one, draw) for one in value]
        if key not in ORDERED:
            draw.shuffle(inner)
        return inner
    return value


def _output(folder: Path) -> str:
    """Everything that is said, places apart: a thing that is moved stands in another line."""
    study = Study(load_partnership(folder), samples=10)
    findings = [finding_values(one) for one in find_all(study)]
    for one in findings:
        one["remedy"] = one["remedy"].split(", line ")[0]
        one["evidence"] = [row["text"] for row in one["evidence"]]
    joins = [
        (one.need.id, [(join.holds, join.verified, join.why) for join in one.joins], str(one.stake))
        for one in verdicts(study)
    ]
    return json.dumps([findings, joins], default=str)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.yaml")) if "datasets" not in path.parts)


def test_the_order_of_the_yaml_changes_no_byte_of_output(tmp_path: Path) -> None:
    folder = tmp_path / "turned"
    shutil.copytree(EXAMPLE, folder)
    draw = random.Random(6)
    for path in _files(folder):
        turned = _reordered(read_yaml(path.read_bytes(), path.name).value, draw)
        path.write_text(json.dumps(turned, ensure_ascii=False), encoding="utf-8")

    assert _output(folder) == _output(EXAMPLE)


def _unanswered(partnership: Partnership) -> set[tuple[str, str]]:
    """The rule and the id of what it is about, of each row of the one finding."""
    found = find_all(Study(partnership, samples=0))
    rows = [row.text for one in found if one.rule == "findings-unanswered" for row in one.evidence]
    named = [re.search(r"\(([a-z-]+), '([\w.-]+)'\)$", row) for row in rows]
    assert None not in named
    return {(one[1], one[2]) for one in named if one is not None}


def test_every_serious_finding_is_answered_or_accepted_or_found_unanswered(example: Partnership) -> None:
    serious = [one for one in find_all(Study(example, samples=0)) if one.severity is Severity.HIGH]

    assert len(serious) == SERIOUS
    assert _unanswered(example) == UNANSWERED


@pytest.mark.parametrize(("rule", "about"), sorted(UNANSWERED))
def test_a_serious_finding_that_an_improvement_closes_is_answered(
    example: Partnership, rule: str, about: str
) -> None:
    first, *rest = example.improvements
    name = FindingName(rule=rule, about=about)
    closes = first.closes.model_copy(update={"findings": (*first.closes.findings, name)})
    closing = first.model_copy(update={"closes": closes})

    changed = replace(example, improvements=(closing, *rest))
    assert _unanswered(changed) == UNANSWERED - {(rule, about)}


@pytest.mark.parametrize(("rule", "about"), sorted(UNANSWERED))
@pytest.mark.parametrize(("until", "holds"), [("2026-11-23", True), ("2026-11-22", False)])
def test_a_serious_finding_that_a_post_accepts_is_answered_until_the_day_it_lapses(
    example: Partnership, rule: str, about: str, until: str, holds: bool
) -> None:
    last = max((one for one in example.meetings if one.on <= example.charter.as_of), key=lambda one: one.on)
    accepted = Acceptance.model_validate(
        {"rule": rule, "about": about, "by": "nyc-dpo", "reason": "Until the spring.", "until": until}
    )
    agreed = last.model_copy(update={"accepted": (*last.accepted, accepted)})
    changed = replace(
        example, meetings=tuple(agreed if one.id == last.id else one for one in example.meetings)
    )

    assert _unanswered(changed) == (UNANSWERED - {(rule, about)} if holds else UNANSWERED)

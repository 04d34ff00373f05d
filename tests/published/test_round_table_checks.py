"""The example, changed one thing at a time: what a change to the folder does to its findings."""

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roundtable.cli.printing import finding_values
from roundtable.partnership.findings import Severity, find_all
from roundtable.partnership.findings.acceptance import accepting
from roundtable.partnership.joins.verdict import verdicts
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.yaml_source import read_yaml
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "north-yorkshire"
#: Lists whose order is part of what they say.
ORDERED = frozenset({"journey", "reframings"})


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


def test_every_serious_finding_is_answered_or_accepted_or_found_unanswered(example: Partnership) -> None:
    found = find_all(Study(example, samples=0))
    serious = {(one.rule, one.about[1]) for one in found if one.severity is Severity.HIGH}
    accepted = set(accepting(example))
    closes = [one.closes for one in example.improvements]
    by_thing = {thing for one in closes for thing in (*one.needs, *one.risks, *one.agreements)}
    by_name = {(one.rule, one.about) for each in closes for one in each.findings} | {
        (one.rule, one.about)
        for improvement in example.improvements
        for requirement in improvement.requirements
        for one in requirement.derives_from
    }
    left = {one for one in serious if one not in by_name | accepted and one[1] not in by_thing}

    (unanswered,) = [one for one in found if one.rule == "findings-unanswered"] if left else [None]
    told = [row.text for row in unanswered.evidence] if unanswered else []
    assert len(told) == len(left)
    assert all(any(f"({rule}, '{about}')" in text for text in told) for rule, about in left)
    for one in accepting(example).values():
        assert example.role(one.by) and one.reason

"""The walk through the example's findings: it leaves out no rule, and names nothing that is not found."""

from __future__ import annotations

import re

import pytest

from roundtable.demonstration import example_folder
from roundtable.partnership.findings import RULES, Finding, find_all
from roundtable.partnership.joins.verdict import verdict_of
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.study import Study
from tests.docs.pages import DOCS

PAGE = (DOCS / "findings-walk.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def study() -> Study:
    return Study(load_partnership(example_folder()))


@pytest.fixture(scope="module")
def found(study: Study) -> tuple[Finding, ...]:
    return find_all(study)


def test_every_kind_of_finding_is_walked_through(found: tuple[Finding, ...]) -> None:
    assert {finding.rule for finding in found} <= set(re.findall(r"`([a-z-]+)`", PAGE))


def test_what_it_says_of_one_thing_is_found_about_that_thing(found: tuple[Finding, ...]) -> None:
    rules = "|".join(sorted((rule.name for rule in RULES), key=len, reverse=True))
    named = re.findall(rf"`({rules})`[^`.]*? (?:on|in) `([\w.-]+)`", PAGE)
    there = {(finding.rule, finding.about[1]) for finding in found}

    assert len(named) >= 30
    assert not [pair for pair in named if pair not in there and pair[1] not in _skills()]


def _skills() -> set[str]:
    return {skill.id for skill in load_partnership(example_folder()).charter.skills}


def test_the_figures_of_its_first_need_are_those_of_the_product(study: Study) -> None:
    verdict = verdict_of(study, "older-need-falls")

    assert str(verdict.at_stake).startswith("about £12 million a year (£8.8 million to £17 million")
    assert str(verdict.avertable).startswith("about £33,000 a year")
    assert (verdict.know.holds, verdict.act.holds, verdict.will.holds) == (False, True, True)


def test_what_nobody_is_able_to_do_averts_nothing(study: Study) -> None:
    verdict = verdict_of(study, "older-need-hoarding-rating")

    assert str(verdict.at_stake).startswith("about £4.0 million a year")
    assert str(verdict.avertable) == "nothing more (2025/26 prices)"
    assert "older-need-hoarding-rating` is about: about £4.0 million a year at stake" in PAGE


def test_how_many_there_are(study: Study, found: tuple[Finding, ...]) -> None:
    assert len(found) == 74 and "seventy-four findings" in PAGE
    assert len(list(study.partnership.needs())) == 29 and "twenty-nine needs" in PAGE.replace("\n", " ")

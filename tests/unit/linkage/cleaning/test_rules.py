"""Every rule does what its examples say, and the page shows every rule as it is."""

from __future__ import annotations

import re

import pytest

from roundtable.linkage.cleaning.cleaned import RULES_OF
from roundtable.linkage.cleaning.full_names import FULL_RULES
from roundtable.linkage.cleaning.names import GIVEN_RULES, SURNAME_RULES
from roundtable.linkage.cleaning.page import PUBLISHED, rules_page
from roundtable.linkage.cleaning.rule import Rule, Tells, outcome
from tests.conftest import ROOT

RULES = [rule for rules in PUBLISHED.values() for rule in rules]
APPLIED = {
    *GIVEN_RULES,
    *SURNAME_RULES,
    *FULL_RULES,
    *(rule for rules in RULES_OF.values() for rule in rules),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_does_what_its_examples_say(rule: Rule) -> None:
    assert rule.examples
    for before, after in rule.examples:
        assert (rule.apply(before) or None) == after, before


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_that_is_counted_shows_a_value_that_it_counts(rule: Rule) -> None:
    shown = [outcome((rule,), before) for before, _ in rule.examples]
    assert any(told for _, told in shown) == (rule.tells is not Tells.NOTHING)


def test_every_rule_is_published_once() -> None:
    assert set(RULES) == APPLIED
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name) for rule in RULES)


def test_the_page_has_the_rules_as_they_are() -> None:
    page = (ROOT / "docs" / "linkage-cleaning.md").read_text(encoding="utf-8")
    _, shown = page.split("### Every name\n")
    assert "### Every name\n" + shown.rstrip("\n") == "\n".join(rules_page()).rstrip("\n")


def test_later_rules_do_not_see_what_an_earlier_one_refused() -> None:
    refuses = Rule("no", "Refuses.", (("a", None),), lambda text: None, Tells.REFUSED)
    breaks = Rule("never", "Is not reached.", (("a", "a"),), lambda text: text[5], Tells.MENDED)
    assert outcome((refuses, breaks), "a") == (None, ("no",))


def test_only_what_was_changed_is_told() -> None:
    mends = Rule("mend", "Puts b for a.", (("a", "b"),), lambda text: text.replace("a", "b"), Tells.MENDED)
    assert outcome((mends,), "a") == ("b", ("mend",))
    assert outcome((mends,), "c") == ("c", ())

"""The published list of rules, as the documentation shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from roundtable.linkage.cleaning.addresses import ADDRESS_RULES
from roundtable.linkage.cleaning.dates import DATE_RULES
from roundtable.linkage.cleaning.emails import EMAIL_RULES
from roundtable.linkage.cleaning.letters import FOLDED, LETTERS_FOR_DIGITS, SHORTENED
from roundtable.linkage.cleaning.names import (
    BABY,
    BRACKETS,
    NOT_A_GIVEN_NAME,
    NOT_A_SURNAME,
    NOT_A_WHOLE_NAME,
    PREFIX_JOINED,
    TITLE_ALONE,
    TITLES,
)
from roundtable.linkage.cleaning.nhs_numbers import NHS_RULES
from roundtable.linkage.cleaning.phones import PHONE_RULES
from roundtable.linkage.cleaning.postcodes import POSTCODE_RULES
from roundtable.linkage.cleaning.rule import Rule, Tells
from roundtable.linkage.cleaning.sexes import SEX_RULES
from roundtable.linkage.cleaning.source_numbers import NUMBER_RULES

#: What the documentation calls each kind of value, and its rules in the order in which they are applied.
PUBLISHED: Mapping[str, Sequence[Rule]] = MappingProxyType(
    {
        "Every name": (SHORTENED, BRACKETS, FOLDED, LETTERS_FOR_DIGITS, TITLES),
        "Given names": (NOT_A_GIVEN_NAME, BABY, TITLE_ALONE),
        "Surnames": (NOT_A_SURNAME, PREFIX_JOINED),
        "Whole names in one box": (NOT_A_WHOLE_NAME,),
        "Dates of birth": DATE_RULES,
        "Sex": SEX_RULES,
        "NHS numbers": NHS_RULES,
        "The source's own numbers": NUMBER_RULES,
        "Telephone numbers": PHONE_RULES,
        "E-mail addresses": EMAIL_RULES,
        "Postcodes": POSTCODE_RULES,
        "Addresses": ADDRESS_RULES,
    }
)
_LONG = 40


def rules_table(rules: Sequence[Rule]) -> Iterator[str]:
    """Rules as the lines of a table in Markdown."""
    yield "| rule | what it does | examples | counted |"
    yield "|---|---|---|---|"
    for rule in rules:
        examples = "; ".join(f"{_shown(one)} → {_shown(other)}" for one, other in rule.examples)
        counted = "" if rule.tells is Tells.NOTHING else rule.tells.value
        yield f"| `{rule.name}` | {rule.does} | {examples} | {counted} |"


def rules_page() -> Iterator[str]:
    """Every kind of value with its rules, as lines of Markdown."""
    for title, rules in PUBLISHED.items():
        yield from (f"### {title}", "", *rules_table(rules), "")


def _shown(text: str | None) -> str:
    if not text:
        return "null"
    if len(text) > _LONG:
        return f"{len(text)} letters"
    return f"`{text}`"

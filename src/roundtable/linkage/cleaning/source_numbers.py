"""A source's own numbers of people, with the register that they belong to."""

from __future__ import annotations

import re

from roundtable.linkage.cleaning.coded import Coded, combined
from roundtable.linkage.cleaning.letters import folded
from roundtable.linkage.cleaning.reference_table import reference_rows
from roundtable.linkage.cleaning.rule import Rule, Tells
from roundtable.linkage.cleaning.usual import SEPARATOR, Usual

_NOTHING = frozenset(row["written"] for row in reference_rows("no_names") if "given" in row["boxes"].split())


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text[:100]).upper()


def _somebodys(text: str) -> str | None:
    empty = not folded(text) or set(text) <= set("0-.") or set(text) == {"9"} or text.casefold() in _NOTHING
    return None if empty else text


NUMBER_RULES = (
    Rule("number-plain", "Without spaces, in capitals.", ((" n 123", "N123"),), _plain),
    Rule(
        "number-nobodys",
        "Noughts, nines, and words for not knowing stand for no number.",
        (("0000", None), ("9999", None), ("UNKNOWN", None), ("N123", "N123")),
        _somebodys,
        Tells.REFUSED,
    ),
)


def numbers_of_source(number: Coded, dataset: Coded, usual: Usual) -> Coded:
    """Each number with its dataset before it, where it is one person's.

    It is null where it stands in `numbers_across`, so that it tells but once, and where a dataset numbers
    homes.
    """
    alone = dataset.changed(lambda one: None if one in usual.registers or one in usual.accounts else one)
    return _with_before(number, alone.compact())


def numbers_across(number: Coded, dataset: Coded, usual: Usual) -> Coded:
    """Each number of a series that several datasets of an agency share, with the series before it."""
    return _with_before(number, dataset.changed(usual.registers.get).compact())


def _with_before(number: Coded, before: Coded) -> Coded:
    both = number.has() & before.has()
    of_row, first = combined([number.only(both).codes, before.only(both).codes])
    texts = [
        f"{before.values[before.codes[row]]}{SEPARATOR}{number.values[number.codes[row]]}"
        if both[row]
        else None
        for row in first.tolist()
    ]
    return Coded(of_row, tuple(texts)).compact()

"""Names from boxes of their own: a given name, other given names, a surname, one that was used before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from roundtable.linkage.cleaning.letters import FOLDED, LETTERS_FOR_DIGITS, SHORTENED
from roundtable.linkage.cleaning.reference_table import reference_rows, words_of
from roundtable.linkage.cleaning.rule import Rule, Tells

_SPACES = re.compile(r"[\s.]+")
_BRACKET = re.compile(r"\(([^()]*)\)|\"([^\"]*)\"|“([^”]*)”")
_BEFORE = re.compile(r"(?i)\b(?:n[ée]e|born|formerly)\b[ :]*")
_CALLED = re.compile(r"(?i)\b(?:aka|a\.k\.a\.?|also known as|known as)\b[ :]*")
_BABY = re.compile(
    r"(?i)^\W*(?:(?:baby|infant|newborn|new born|b/o|male infant|female infant|twin|triplet)\b"
    r"(?:\W+(?:boy|girl|male|female|son|daughter|of|twin|triplet|one|two|three|[0-9]|i{1,3}|[abc]|m|f)\b)*)\W*"
)
_JOINED_PREFIX = re.compile(r"\b(o|mc|m c) ([a-z]{3,})")


_NOT_A_NAME: Mapping[str, tuple[tuple[str, str | None], ...]] = MappingProxyType(
    {
        "given": (("UNKNOWN", None), ("n/a", None), ("Na", "Na"), ("Male", None)),
        "surname": (("Not known", None), ("N/K", None), ("Male", "Male"), ("Child", "Child")),
        "full": (("Unknown male", None), ("Test Patient", None), ("Caller", None), ("Child", "Child")),
    }
)


def not_a_name(words: str) -> Rule:
    """The rule for what people write in a box of names when they have none.

    Args:
        words: `given`, `surname` or `full`: for which box.
    """
    known = frozenset(row["written"] for row in reference_rows("no_names") if words in row["boxes"].split())

    def kept(text: str) -> str | None:
        plain = _SPACES.sub(" ", text).strip(" -_,;:*?!#").casefold()
        return None if not plain or plain in known or plain.replace(" ", "") in known else text

    return Rule(
        f"not-a-{words}-name",
        "What stands for no name (`reference/no_names.csv`) is null. What is somebody's name too stands "
        "there for some boxes only, or not at all: Na is a given name and n/a is none, Child is a surname.",
        _NOT_A_NAME[words],
        kept,
        Tells.REFUSED,
    )


def without_baby(text: str) -> str | None:
    """A given name; nothing where it is the words for a child that has none yet, or its mother's."""
    found = _BABY.match(text)
    return None if found and found.group().strip() else text


def without_brackets(text: str) -> str:
    """Text without what stands in brackets, after 'née' or after 'known as'."""
    bare = _BRACKET.sub(" ", text)
    for words in (_BEFORE, _CALLED):
        found = words.search(bare)
        if found and found.start():
            bare = bare[: found.start()]
    return bare.strip()


def called(text: str) -> str | None:
    """What somebody is called, as written within a name: Robert (Bob), Robert aka Bob.

    In brackets stand a trade, a title or a remark as often, so only a name that the table of short forms has.
    """
    for found in _BRACKET.finditer(text):
        inside = _CALLED.sub("", next(one for one in found.groups() if one is not None)).strip()
        if inside.casefold() in _short_names():
            return inside
    parts = _CALLED.split(_BRACKET.sub(" ", text), maxsplit=1)
    return parts[1].strip() or None if len(parts) == 2 else None


def before(text: str) -> str | None:
    """The surname that was used before, as written within a name: Smith (née Jones)."""
    parts = _BEFORE.split(text, maxsplit=1)
    return parts[1].strip(" )") or None if len(parts) == 2 else None


def without_titles(text: str) -> str:
    """A folded name without titles before it and letters after it; they stay where nothing else would."""
    words = text.split()
    titles, suffixes = _only_titles(), words_of("name_suffixes")
    while len(words) > 1 and words[0] in titles:
        words = words[1:]
    while len(words) > 1 and words[-1] in suffixes:
        words = words[:-1]
    return " ".join(words)


def _not_only_title(text: str) -> str | None:
    return None if text in _never_names() else text


@cache
def _only_titles() -> frozenset[str]:
    return frozenset(row["word"] for row in reference_rows("titles") if not row["name_too"])


@cache
def _never_names() -> frozenset[str]:
    suffixes = (row["word"] for row in reference_rows("name_suffixes") if not row["name_too"])
    return _only_titles() | frozenset(suffixes)


@cache
def _short_names() -> frozenset[str]:
    return words_of("nicknames", "form") | words_of("nicknames", "root")


def _prefix_joined(text: str) -> str:
    return _JOINED_PREFIX.sub(lambda found: found.group(1).replace(" ", "") + found.group(2), text)


BRACKETS = Rule(
    "leave-brackets",
    "What stands in brackets, after 'née' or after 'known as' is no part of this name: it goes to its own "
    "place.",
    (("Robert (Bob)", "Robert"), ("Smith née Jones", "Smith")),
    without_brackets,
)
BABY = Rule(
    "baby-without-name",
    "Baby, Twin 1, Infant of Jane: a child that has no name yet, so null; the mother's name is not the "
    "child's.",
    (
        ("Baby", None),
        ("TWIN 2", None),
        ("Baby of Jane", None),
        ("Barbara", "Barbara"),
        ("Babyetta", "Babyetta"),
    ),
    without_baby,
    Tells.REFUSED,
)
TITLES = Rule(
    "leave-titles",
    "Titles before a name (`reference/titles.csv`) and letters after it (`reference/name_suffixes.csv`) go, "
    "where a name is left.",
    (("mrs ann", "ann"), ("dr", "dr"), ("lord amy", "lord amy"), ("smith jnr", "smith")),
    without_titles,
)
TITLE_ALONE = Rule(
    "title-without-name",
    "A title, or letters after a name, where the given name should stand is null, unless it is a name too, "
    "such as Earl.",
    (("sir", None), ("obe", None), ("earl", "earl"), ("junior", "junior")),
    _not_only_title,
    Tells.REFUSED,
)
PREFIX_JOINED = Rule(
    "join-prefix",
    "O and Mc are joined to the name that follows.",
    (("o brien", "obrien"), ("mc donald", "mcdonald"), ("de la cruz", "de la cruz")),
    _prefix_joined,
)
NOT_A_GIVEN_NAME = not_a_name("given")
NOT_A_SURNAME = not_a_name("surname")
NOT_A_WHOLE_NAME = not_a_name("full")
GIVEN_RULES = (
    *(SHORTENED, NOT_A_GIVEN_NAME, BABY, BRACKETS),
    *(FOLDED, LETTERS_FOR_DIGITS, TITLES, TITLE_ALONE),
)
SURNAME_RULES = (SHORTENED, NOT_A_SURNAME, BRACKETS, FOLDED, LETTERS_FOR_DIGITS, PREFIX_JOINED, TITLES)

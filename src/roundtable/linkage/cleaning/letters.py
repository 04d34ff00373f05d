"""Letters as they can be compared: small, of the Latin alphabet, without marks."""

from __future__ import annotations

import re
import unicodedata

from roundtable.linkage.cleaning.rule import Rule, Tells

#: Letters with a stroke or joined, which Unicode does not take apart.
_APART = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_APOSTROPHES = re.compile(r"['’‘`´ʼʻ′＇]")
_OTHER = re.compile(r"[^a-z0-9]+")
#: Longer than any name that a form takes; what is longer was pasted into the wrong box.
LONGEST = 120
_DIGITS = {"0": "o", "1": "l", "5": "s", "6": "b", "8": "b", "9": "g"}
_MIXED = re.compile(r"[a-z]*[0-9][a-z0-9]*")
_ORDINAL = re.compile(r"[0-9]+(st|nd|rd|th)")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")


def folded(text: str) -> str:
    """Text in small letters and figures, words by single spaces; marks and apostrophes gone."""
    if text.isascii():
        plain = text.lower().replace("'", "").replace("`", "")
    else:
        bare = _APOSTROPHES.sub("", text).casefold()
        parted = unicodedata.normalize("NFKD", bare.translate(_APART))
        # A mark or a sign of direction stands inside a word; everything else that is no letter parts words.
        plain = "".join(one for one in parted if unicodedata.category(one) not in ("Mn", "Me", "Cf"))
        plain = plain.lower().translate(_APART)
    return _OTHER.sub(" ", plain).strip()


def _shortened(text: str) -> str:
    return text[:LONGEST]


def letters_for_digits(text: str) -> str:
    """Folded text with letters for figures that stand within a word, and without figures otherwise."""
    if not any(one in text for one in "0123456789"):
        return text
    return " ".join(word for word in map(_lettered, text.split()) if word)


def _lettered(word: str) -> str:
    if not _MIXED.fullmatch(word):
        return word
    letters = sum(one.isalpha() for one in word)
    if _ORDINAL.fullmatch(word) or letters <= len(word) - letters:
        return ""
    return "".join(_letter(word, place) for place in range(len(word)))


def _letter(word: str, place: int) -> str:
    one = word[place]
    if not one.isdigit():
        return one
    sides = word[place - 1 : place], word[place + 1 : place + 2]
    between = "l" not in sides and _CONSONANTS.issuperset(sides)
    return "i" if one == "1" and between else _DIGITS.get(one, "")


SHORTENED = Rule(
    "cut-long",
    f"What stands after the first {LONGEST} characters of a box is cut off.",
    (("Ann", "Ann"), ("A" * 130, "A" * LONGEST)),
    _shortened,
    Tells.MENDED,
)
FOLDED = Rule(
    "fold-letters",
    "Letters become small and lose their marks, joined letters are parted, apostrophes go, and whatever "
    "else is no letter or figure parts words. What is not in the Latin alphabet goes, and a name of which "
    "nothing is left is null.",
    (
        ("Siân", "sian"),
        ("O’BRIEN", "obrien"),
        ("Smith-Jones", "smith jones"),
        ("Wiśniewska", "wisniewska"),
        ("  Łukasz ", "lukasz"),
        ("Straße", "strasse"),
        ("Мария", None),
    ),
    folded,
    Tells.REFUSED,
)
LETTERS_FOR_DIGITS = Rule(
    "letters-for-figures",
    "A figure within a word is the letter that it looks like (0 o, 1 l, or i between consonants other than "
    "l, 5 s, 6 and 8 b, 9 g); ordinals and words of which figures are half or more go.",
    (
        ("th0mas", "thomas"),
        ("sm1th", "smith"),
        ("mil1s", "mills"),
        ("sa1ly", "sally"),
        ("john 2nd", "john"),
        ("1234", None),
    ),
    letters_for_digits,
    Tells.MENDED,
)

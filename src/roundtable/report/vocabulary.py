"""The words the page uses for the closed lists and short codes of the model."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.insight.harm.concentration import NullModel
from roundtable.partnership.findings import Severity

SEVERITIES = {
    Severity.HIGH: "High: mend these first",
    Severity.MEDIUM: "Medium",
    Severity.LOW: "Low",
}

#: What chance is taken to be, shortly.
NULL_MODELS = {
    NullModel.SHUFFLED.value: "kinds of record shuffled",
    NullModel.MIXED_SEVERITY.value: "severity drawn at random",
    NullModel.NONE.value: "none",
}


@dataclass(frozen=True)
class AreaKindWords:
    """What to call areas of one kind."""

    one: str
    many: str
    note: str = ""


_SMALL_AREAS = (
    "Small areas are drawn to hold about 1,000 to 3,000 people each, so that their counts can be compared."
)
_MIDDLE_AREAS = (
    "They are drawn to hold about 5,000 to 15,000 people each, so that their counts can be compared."
)

AREA_KINDS = {
    "lsoa11": AreaKindWords("small area (LSOA 2011)", "small areas (LSOA 2011)", _SMALL_AREAS),
    "lsoa21": AreaKindWords("small area (LSOA 2021)", "small areas (LSOA 2021)", _SMALL_AREAS),
    "msoa11": AreaKindWords("neighbourhood (MSOA 2011)", "neighbourhoods (MSOA 2011)", _MIDDLE_AREAS),
    "msoa21": AreaKindWords("neighbourhood (MSOA 2021)", "neighbourhoods (MSOA 2021)", _MIDDLE_AREAS),
    "ward": AreaKindWords("ward", "wards"),
}


def area_kind_words(kind: str) -> AreaKindWords:
    """What to call areas of a kind; an unknown kind keeps its own name."""
    return AREA_KINDS.get(kind, AreaKindWords(f"area ({kind})", f"areas ({kind})"))


#: Short codes that are spoken as letters.
_LETTERS = {"icb", "nhs", "vcse"}


def spoken(code: str) -> str:
    """A short code as words: `fire_rescue` is `Fire rescue`, `violence-with-injury` likewise."""
    if " " in code:
        return code
    words = [word.upper() if word in _LETTERS else word for word in code.replace("_", "-").split("-")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]

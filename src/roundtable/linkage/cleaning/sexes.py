"""Sex in whatever code a source has, as f or m."""

from __future__ import annotations

from functools import cache

from roundtable.linkage.cleaning.reference_table import reference_rows
from roundtable.linkage.cleaning.rule import Rule


def _sex(text: str) -> str | None:
    return _codes().get(text.strip().casefold())


@cache
def _codes() -> dict[str, str]:
    return {row["written"]: row["sex"] for row in reference_rows("sexes")}


SEX = Rule(
    "sex-code",
    "The codes and words of `reference/sexes.csv` become f or m. Every other code is null, also those for "
    "people who are neither: sex is compared where it is one of the two, and says nothing otherwise. Where "
    "no code is sent, a title tells (`reference/titles.csv`).",
    (("Male", "m"), ("2", "f"), ("F", "f"), ("X", None), ("Not known", None)),
    _sex,
)
SEX_RULES = (SEX,)


def sex_by_title(text: str) -> str | None:
    """The sex that a title says, where it stands by itself or before a name: Mr A Smith."""
    return _by_title().get(text[:20].replace(".", " ").casefold().partition(" ")[0])


@cache
def _by_title() -> dict[str, str]:
    return {row["word"]: row["sex"] for row in reference_rows("titles") if row["sex"] and not row["name_too"]}

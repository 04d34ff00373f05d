"""Sex in whatever code a source has, as f or m."""

from __future__ import annotations

from roundtable.linkage.cleaning.reference_table import reference_rows
from roundtable.linkage.cleaning.rule import Rule


def _sex(text: str) -> str | None:
    return {row["written"]: row["sex"] for row in reference_rows("sexes")}.get(text.strip().casefold())


SEX = Rule(
    "sex-code",
    "The codes and words of `reference/sexes.csv` become f or m. Every other code is null, also those for "
    "people who "
    "are neither: sex is compared where it is one of the two, and says nothing otherwise.",
    (("Male", "m"), ("2", "f"), ("F", "f"), ("X", None), ("Not known", None)),
    _sex,
)
SEX_RULES = (SEX,)

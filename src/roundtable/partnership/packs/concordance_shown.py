"""How far all agencies rank the outcomes alike, in one sentence, or why that cannot be said."""

from __future__ import annotations

from roundtable.partnership.disagreement.concordance import Concordance
from roundtable.partnership.disagreement.priorities import standing
from roundtable.partnership.packs.material import Material

#: A W as great as this or greater by chance less often than one time in twenty is taken for agreement.
_CHANCE = 0.05


def told(material: Material) -> str:
    """Kendall's W over the table, and whether it is more than chance; the reason where one is not given."""
    found = standing(material.study)
    return sentence(found.concordance) if found.wants else ""


def said(material: Material) -> tuple[str, ...]:
    """What else a reader of the priorities must know: all but the reason that the sentence has given."""
    found = standing(material.study)
    reason = found.concordance.why_not
    return tuple(line for line in found.said if reason is None or reason not in line)


def sentence(found: Concordance) -> str:
    """Kendall's W in plain words."""
    if found.w is None:
        return f"How far all agencies rank the outcomes alike (Kendall’s W) is not given: {found.why_not}."
    meaning = "how far all agencies rank the outcomes alike, from 0 to 1"
    told = f"Kendall’s W ({meaning}) is {found.w:.2f}"
    chance = found.probability
    if chance is None:
        return f"{told}; how likely that is by chance is not given: {found.why_not}."
    alike = (
        "more than chance alone would give" if chance < _CHANCE else "no more than chance alone would give"
    )
    return f"{told}: {alike} (p {_p(chance)})."


def _p(chance: float) -> str:
    return "under 0.001" if chance < 0.001 else f"= {chance:.3f}" if chance < 0.1 else f"= {chance:.2f}"

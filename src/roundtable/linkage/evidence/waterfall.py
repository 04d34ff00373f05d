"""Why two profiles are taken for one person or not: one pair's weight, step by step, in words.

Bits add up: each one more is twice the odds. A reader sees every step that moved the weight, and what was not
compared because a side says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from roundtable.linkage.evidence.settings import Settings

#: From this many bits on, a shared word is called rare or common.
_TOLD_RARE = 1.5

_BEFORE = "Before anything is compared"
_STRANGERS = "two different records taken at random"
_HOME = "Set against two people of one home"
_HOME_TOLD = "what they share at home does not tell them apart"
_HOME_CLEAR = "two people of one home would not agree in this"


@dataclass(frozen=True)
class Part:
    """What one comparison gives to the weight of one pair.

    Attributes:
        comparison: its name in the settings.
        level: -1 nothing to compare, 0 otherwise, higher is closer.
        bits: what the level weighs.
        rare: bits beyond that, because the shared word is rarer than most (less than 0: more common).
    """

    comparison: str
    level: int
    bits: float
    rare: float


@dataclass(frozen=True)
class Step:
    """A step of the way to the weight.

    Attributes:
        told: what is compared.
        level: the agreement in words.
        bits: what it adds.
        total: what stands after it.
        left, right: what either side says; None unless the caller may show it.
    """

    told: str
    level: str
    bits: float
    total: float
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True)
class Waterfall:
    """One pair's way to its weight.

    Attributes:
        steps: from the odds of any two profiles to the weight.
        silent: what was not compared, because a side says nothing.
        weight: where it ends, in bits.
        probability: that the two are one person.
    """

    steps: tuple[Step, ...]
    silent: tuple[str, ...]
    weight: float
    probability: float

    def rows(self) -> list[dict[str, Any]]:
        """The steps as plain values, for JSON or a table."""
        return [asdict(step) for step in self.steps]

    def summary(self) -> str:
        """Where it ends, in a sentence."""
        return f"Weight {in_bits(self.weight)} bits: {_odds(self.weight)} that this is one person."

    def text(self) -> str:
        """The steps as lines of a terminal."""
        shown = [
            (step.told, level_and_words(step), in_bits(step.bits), in_bits(step.total)) for step in self.steps
        ]
        heads = ("", "", "bits", "so far")
        wide = [max(map(len, column)) for column in zip(heads, *shown, strict=True)]
        lines = [
            f"{one[0]:<{wide[0]}}  {one[1]:<{wide[1]}}  {one[2]:>{wide[2]}}  {one[3]:>{wide[3]}}".rstrip()
            for one in (heads, *shown)
        ]
        return "\n".join([*lines, "", *self.notes()])

    def notes(self) -> tuple[str, ...]:
        """What is said under the steps."""
        if not self.silent:
            return (self.summary(),)
        return (
            self.summary(),
            f"Not compared, because one side or both say nothing: {', '.join(self.silent)}.",
        )


def waterfall(
    settings: Settings,
    log2_prior: float,
    parts: Sequence[Part],
    weight: float,
    said: Mapping[str, tuple[str | None, str | None]] | None = None,
) -> Waterfall:
    """One pair's weight, step by step.

    Args:
        settings: whose comparisons were made.
        log2_prior: the odds in bits that two profiles at random are one person.
        parts: what each comparison gives.
        weight: the weight against the better of stranger and mate, as scoring gives it.
        said: by comparison, what either side says; only where the reader may see it.
    """
    total = log2_prior
    steps = [Step(_BEFORE, _STRANGERS, log2_prior, total)]
    silent = []
    for part in parts:
        comparison = settings.comparison(part.comparison)
        if part.level < 0:
            silent.append(comparison.told)
            continue
        total += part.bits + part.rare
        level = comparison.told_by_level()[part.level] + _rarity(part.rare)
        left, right = (said or {}).get(part.comparison, (None, None))
        steps.append(Step(comparison.told, level, part.bits + part.rare, total, left, right))
    home = weight - total
    steps.append(Step(_HOME, _HOME_CLEAR if home > -0.05 else _HOME_TOLD, home, weight))
    probability = 1.0 / (1.0 + 2.0 ** -min(max(weight, -1000.0), 1000.0))
    return Waterfall(tuple(steps), tuple(silent), weight, probability)


def _rarity(bits: float) -> str:
    if abs(bits) < _TOLD_RARE:
        return ""
    return ", a rare one" if bits > 0 else ", a common one"


def level_and_words(step: Step) -> str:
    """The agreement in words, with what either side says where that may be shown."""
    if step.left is None and step.right is None:
        return step.level
    return f"{step.level}: {step.left or 'nothing'} / {step.right or 'nothing'}"


def in_bits(bits: float) -> str:
    """Bits with one decimal and their sign; a real minus, as the drawings have it."""
    told = f"{bits:+.1f}"
    return "0.0" if told in ("+0.0", "-0.0") else told.replace("-", "−")


def _odds(weight: float) -> str:
    """Bits as odds in whole numbers, as far as they mean something."""
    if abs(weight) < 0.5:
        return "it is as likely as not"
    beyond = abs(weight) > 20
    times = f"more than {2**20:,}" if beyond else f"about {max(round(2 ** abs(weight)), 2):,}"
    return f"{times} to 1" if weight > 0 else f"{times} to 1 against"

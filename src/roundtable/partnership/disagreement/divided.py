"""Links to which agencies give different signs, each with its sides: who says what, in nobody's average."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from roundtable.partnership.disagreement.voices import Ends, voices
from roundtable.partnership.model.causal import Sign
from roundtable.partnership.model.whole import Partnership


@dataclass(frozen=True)
class Side:
    """Those who say the same of a link.

    Attributes:
        sign: what they say; None where they are against the link and give no version of their own.
        agencies: their ids, in order.
    """

    sign: Sign | None
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class DividedLink:
    """A link of the whole map on which agencies differ.

    Attributes:
        ends: what moves, and what is moved.
        sides: the greatest first.
        pairs: how many pairs of agencies differ on it.
    """

    ends: Ends
    sides: tuple[Side, ...]
    pairs: int


def divided_links(partnership: Partnership) -> tuple[DividedLink, ...]:
    """Every link to which agencies give different signs; those that part most pairs first."""
    said: dict[Ends, dict[Sign | None, list[str]]] = {}
    for voice in voices(partnership):
        for ends, sign in voice.positions.items():
            said.setdefault(ends, {}).setdefault(sign, []).append(voice.agency)
    found = (_divided(ends, by_sign) for ends, by_sign in said.items() if len(by_sign) > 1)
    return tuple(sorted(found, key=lambda one: (-one.pairs, one.ends)))


def _divided(ends: Ends, by_sign: dict[Sign | None, list[str]]) -> DividedLink:
    sides = [Side(sign, tuple(agencies)) for sign, agencies in by_sign.items()]
    sides.sort(key=lambda side: (-len(side.agencies), side.agencies))
    pairs = sum(len(one.agencies) * len(other.agencies) for one, other in combinations(sides, 2))
    return DividedLink(ends, tuple(sides), pairs)

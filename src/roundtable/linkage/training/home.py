"""What two people of one home have in common, learnt from pairs of profiles at one address.

A source that numbers its people says which of its profiles at an address are two: those with different
numbers. Some of them are one person all the same who was entered twice, so the pairs are taken for a mixture
of two kinds, of which one is known. How many pairs of two people there are for each pair of one person is
then read from all pairs at one address, whatever their sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.levels import levels_of
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.training.alike import addresses, both, numbers, within
from roundtable.linkage.training.two_part import FLOOR, Shares, TwoParts, two_parts

#: Numbers by which pairs are chosen; what two people of a home share of them is learnt from other pairs.
_NUMBERS = ("other_number", "source_person")
#: With fewer pairs of two people than this, what the settings assume is used.
LEAST_PAIRS = 200.0
_REACH, _MOST = 12, 300_000


@dataclass(frozen=True)
class Home:
    """What two people of one home have in common.

    Attributes:
        shares: of each comparison, the share of each level from 0 up.
        mates: pairs of two people of one home for each pair of one person.
        said: how it was come by where it was not learnt, in words.
    """

    shares: dict[str, Shares]
    mates: float
    said: tuple[str, ...]


def learn_home(
    profiles: pa.Table,
    encoded: Encoded,
    settings: Settings,
    of_person: Mapping[str, Shares],
    of_strangers: Mapping[str, Shares],
    seed: int,
) -> Home:
    """Learn it; what cannot be learnt is taken from the settings, and said.

    Args:
        profiles: PROFILE.
        encoded: the same as codes.
        settings: what is compared.
        of_person: the share of each level among pairs of one person (m).
        of_strangers: the same of strangers (u).
        seed: of what is drawn by chance.
    """
    guess = assumed(settings, of_person, of_strangers)
    if settings.training.mates == 0:
        return Home(guess, 0.0, ())
    place = addresses(profiles)
    told = [one.name for one in settings.comparisons if not one.shared_at_home]
    numbered = _numbered_apart(profiles, place, seed)
    if len(numbered[0]) < LEAST_PAIRS:
        said = "no source numbers enough people at one address, so what people of one home share is assumed"
        return Home(guess, settings.training.mates, (said,))
    without = [name for name in told if name not in _NUMBERS]
    first = _two_parts(settings, encoded, numbered, without, of_person, guess)
    if first.pairs_of_other < LEAST_PAIRS:
        said = "too few pairs of two people at one address, so what people of one home share is assumed"
        return Home(guess, settings.training.mates, (said,))
    learnt = guess | first.other
    # With what two people share known, all pairs at one address tell how many of each kind there are, and
    # how often two people of a home have one number in a source (an account, say).
    anybody = within(place, _REACH, _MOST, seed)
    second = _two_parts(settings, encoded, anybody, told, of_person, learnt)
    learnt |= {name: second.other[name] for name in _NUMBERS if name in second.other}
    careful = learnt | {name: at_least(learnt[name], guess[name]) for name in told}
    return Home(careful, (1.0 - second.known_share) / second.known_share, ())


def at_least(learnt: Shares, assumed_shares: Shares) -> Shares:
    """What was learnt, and of each level of agreement no less than is assumed.

    What is seldom is learnt badly: twins of two names look like one person with a slip in the name, and so
    seem not to be. To take two people of a home for more alike than they are costs a link that is missed; to
    take them for less alike costs a child its own record.
    """
    agree = np.maximum(learnt[1:], assumed_shares[1:])
    agree = agree * min(1.0, (1.0 - FLOOR) / float(agree.sum()))
    return np.concatenate([[1.0 - float(agree.sum())], agree])


def assumed(
    settings: Settings, of_person: Mapping[str, Shares], of_strangers: Mapping[str, Shares]
) -> dict[str, Shares]:
    """What the settings say of two people of one home; without a word of theirs, as of strangers."""
    guess: dict[str, Shares] = {}
    for one in settings.comparisons:
        if one.shared_at_home:
            guess[one.name] = of_person[one.name]
        elif one.at_home is not None:
            guess[one.name] = np.array(one.at_home[::-1])
        else:
            guess[one.name] = of_strangers[one.name]
    return guess


def _numbered_apart(
    profiles: pa.Table, place: NDArray[np.int64], seed: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of profiles at one address that one source numbers differently."""
    source, number = numbers(profiles)
    left, right = within(both(place, source), _REACH, _MOST, seed)
    apart = number[left] != number[right]
    return left[apart], right[apart]


def _two_parts(
    settings: Settings,
    encoded: Encoded,
    pairs: tuple[NDArray[np.int32], NDArray[np.int32]],
    names: list[str],
    of_person: Mapping[str, Shares],
    guess: Mapping[str, Shares],
) -> TwoParts:
    levels = levels_of(settings, encoded, *pairs)
    chosen = {name: levels[name] for name in names}
    return two_parts(chosen, of_person, guess)

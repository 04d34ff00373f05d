"""What a level of agreement is worth, learnt from the data: the model, reused until asked to change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

#: The least probability of a level, as in Splink 5 (`M_U_CLAMP_MIN`), so that no weight is infinite.
LEAST = 1e-300


@dataclass(frozen=True)
class LevelOdds:
    """How often pairs have a level.

    Attributes:
        m: pairs of records of one person.
        u: pairs of strangers.
        h: pairs of two people of one home.
    """

    m: float
    u: float
    h: float


@dataclass(frozen=True)
class Model:
    """A model.

    Attributes:
        settings: the settings that it was learnt for, by name.
        fingerprint: of those settings and of the data that it was learnt from.
        odds: of each comparison, its levels from 0 (otherwise) up.
        log2_prior_match: the odds that two profiles taken at random are one person, in bits.
        log2_prior_mate: the odds that they are two people of one home, in bits, with the caution that the
            settings ask for.
        frequencies: of each counted column, each word's share of the profiles that say something.
    """

    settings: str
    fingerprint: str
    odds: Mapping[str, tuple[LevelOdds, ...]]
    log2_prior_match: float
    log2_prior_mate: float
    frequencies: Mapping[str, Mapping[str, float]]

    def shares(self, column: str, words: Iterable[str]) -> NDArray[np.float64]:
        """The share of each word. One that the model never saw is taken to be as rare as the rarest it saw.

        Splink is to be given these too: left alone, it takes a word that it never saw for an average one,
        though a word is new because it is rare. NaN where nothing of the column was counted.
        """
        known, rarest = self.frequencies.get(column, {}), self._rarest.get(column, float("nan"))
        return np.fromiter((known.get(word, rarest) for word in words), np.float64)

    @cached_property
    def _rarest(self) -> Mapping[str, float]:
        """The least share of each column: to look it up anew would cost one lookup more than all the rest."""
        return {column: min(shares.values()) for column, shares in self.frequencies.items() if shares}

    def to_json(self) -> str:
        """The model as text, the same for the same model."""
        told = asdict(self)
        return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Model:
        """The model that was written."""
        told = json.loads(text)
        told["odds"] = {
            name: tuple(LevelOdds(**one) for one in levels) for name, levels in told["odds"].items()
        }
        return cls(**told)

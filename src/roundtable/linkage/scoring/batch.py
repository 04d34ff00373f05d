"""Pairs scored by Splink itself: what the quicker twin in `vector.py` is held against.

Splink takes some ten times the work for the same weights to the last figure, so that a run uses the twin.
Pairs are scored in pieces, and memory stays within bounds however many there are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from splink import Linker

from roundtable.linkage.evidence.model import LEAST, LevelOdds, Model
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.scoring.weights import Bits, Scored, bits, weights
from roundtable.linkage.training.linker import PROFILE, linker_over

Positions = NDArray[np.int32]
Codes = NDArray[np.int64]

#: How many pairs are scored at a time.
PIECE = 500_000


def score_batch(
    model: Model,
    settings: Settings,
    profiles: pa.Table,
    left: Positions,
    right: Positions,
    piece: int = PIECE,
) -> Scored:
    """The levels and weights of pairs, in the order in which they are given.

    Args:
        model: a model.
        settings: what it was learnt for.
        profiles: PROFILE, of which `left` and `right` are positions.
        left: of each pair, the position that stands before the other.
        right: of each pair, the other.
        piece: how many pairs are scored at a time.
    """
    distinct = replace(model, odds={name: _told_apart(odds) for name, odds in model.odds.items()})
    asked, where = np.unique((left.astype(np.int64) << 32) | right, return_inverse=True)
    found = _Found.of(distinct, settings, len(asked))
    with linker_over(profiles, settings, distinct) as linker:
        _give_frequencies(linker, model, settings, profiles)
        for start in range(0, len(asked), piece):
            _score(linker, asked[start : start + piece], found, start)
    mate = found.match + (model.log2_prior_mate - model.log2_prior_match)
    for name, level in found.levels.items():
        person, home = bits(model.odds[name])
        mate += (home - person)[level]
    levels = {name: level[where] for name, level in found.levels.items()}
    return Scored(left, right, levels, weights(found.match[where], mate[where]))


@dataclass(frozen=True)
class _Found:
    """What Splink said of each pair, filled in piece by piece."""

    levels: dict[str, NDArray[np.int8]]
    match: Bits
    marks: dict[str, Bits]

    @staticmethod
    def of(model: Model, settings: Settings, count: int) -> _Found:
        levels = {one.name: np.full(count, -1, np.int8) for one in settings.comparisons}
        return _Found(levels, np.zeros(count), {name: bits(model.odds[name])[0] for name in levels})

    def level(self, name: str, weight: Bits) -> NDArray[np.int8]:
        """The levels of which these are the weights: Splink gives a level's weight and not its number."""
        marks = self.marks[name]
        order = np.argsort(marks)
        between = (marks[order][1:] + marks[order][:-1]) / 2
        number = order[np.searchsorted(between, weight)]
        return np.where(number == len(marks) - 1, -1, number).astype(np.int8)


def _told_apart(odds: tuple[LevelOdds, ...]) -> tuple[LevelOdds, ...]:
    """The odds with no two levels of one weight, nor of none: moved by a hundred-millionth of a bit."""
    taken: list[float] = [0.0]
    apart = []
    for one in odds:
        m = max(one.m, LEAST)
        while min(abs(math.log2(m / max(one.u, LEAST)) - weight) for weight in taken) < 1e-10:
            m *= 1.0 + 1e-9
        taken.append(math.log2(m / max(one.u, LEAST)))
        apart.append(replace(one, m=m))
    return tuple(apart)


def _give_frequencies(linker: Linker, model: Model, settings: Settings, profiles: pa.Table) -> None:
    """The model's word shares for the words at hand, those that it never saw among them."""
    for column in settings.counted:
        words = pc.unique(profiles[column]).drop_null().to_pylist()
        shares = model.shares(column, words)
        table = pa.table({column: pa.array(words, pa.string()), f"tf_{column}": shares})
        table = table.filter(pc.is_finite(table[f"tf_{column}"]))
        linker.table_management.register_term_frequency_lookup(
            linker._db_api.register(table, dataset_display_name=f"shares_{column}"), column
        )


def _score(linker: Linker, asked: Codes, found: _Found, start: int) -> None:
    """Let Splink score a piece of the pairs, and put what it says in their places: it keeps no order."""
    left, right = (asked >> 32).astype(np.int32), (asked & 0xFFFFFFFF).astype(np.int32)
    pairs = pa.table({"match_key": pa.repeat("0", len(asked)), "join_key_l": left, "join_key_r": right})
    blocked = linker._db_api.register(pairs, dataset_display_name=f"pairs_{start}")
    linker.table_management.register_blocked_pairs_for_predict(blocked)
    predicted = linker.inference.predict(warning_mode="never")
    columns = (f"{PROFILE}_l", f"{PROFILE}_r", "match_weight", *(f"mw_{name}" for name in found.levels))
    told = predicted.as_duckdbpyrelation().select(", ".join(columns)).to_arrow_table()
    predicted.drop_table_from_database_and_remove_from_cache()
    blocked.drop_table_from_database_and_remove_from_cache(force_non_splink_table=True)
    answered = (told[columns[0]].to_numpy().astype(np.int64) << 32) | told[columns[1]].to_numpy()
    place = start + np.searchsorted(asked, answered)
    found.match[place] = told["match_weight"].to_numpy()
    for name, level in found.levels.items():
        level[place] = found.level(name, told[f"mw_{name}"].to_numpy())

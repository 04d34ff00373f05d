"""A model learnt from the records themselves: Splink's estimates, and what people of one home have in common.

Splink 5 learns how often strangers agree (u, from random pairs) and how often two records of one person do
(m, by expectation and maximisation over pairs that are alike in something). Nobody's labels are read. A model
is learnt rarely and used for long: scores of two days can be compared only when one model gave both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from copy import deepcopy
from hashlib import blake2b

import numpy as np
import pyarrow as pa
from splink import Linker
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.exceptions import EMTrainingException

from roundtable.linkage.evidence.encoded import Encoded, encode
from roundtable.linkage.evidence.model import LevelOdds, Model
from roundtable.linkage.evidence.settings import KeyPart, Settings
from roundtable.linkage.training.alike import alike_in, whole, within
from roundtable.linkage.training.correlations import correlations
from roundtable.linkage.training.home import learn_home
from roundtable.linkage.training.linker import alike_sql, linker_over
from roundtable.linkage.training.trained import Trained
from roundtable.linkage.training.two_part import FLOOR, Shares

#: Odds in bits of what cannot be.
NEVER = -1000.0
#: The most pairs that one pass of expectation and maximisation looks at.
PASS_PAIRS = 500_000
#: The fewest pairs from which a pass learns.
LEAST_PAIRS = 50


def train(profiles: pa.Table, settings: Settings, seed: int = 1, encoded: Encoded | None = None) -> Trained:
    """Learn a model.

    Args:
        profiles: PROFILE, or columns of another kind of data beside `profile`.
        settings: what is compared, and how it is learnt.
        seed: of what is drawn by chance; the same seed and profiles give the same model.
        encoded: the profiles as codes, if they are at hand.

    Raises:
        ValueError: there are fewer than two profiles.
    """
    if len(profiles) < 2:
        raise ValueError("a model is learnt from two profiles or more")
    if encoded is None:
        encoded = encode(profiles, settings)
    with linker_over(profiles, settings) as linker:
        said = _learn(linker, settings, encoded, seed)
        prior = _prior(linker)
        estimates = linker.misc.save_model_to_json()["comparisons"]
    m, u, unlearnt = _shares(settings, estimates)
    if unlearnt:
        said.append(
            f"nothing in the data tells what agreement is worth in: {', '.join(unlearnt)}; it is left out"
        )
    home = learn_home(profiles, encoded, settings, m, u, seed)
    said += home.said
    model = Model(
        settings=settings.name,
        fingerprint=_fingerprint(settings, profiles, seed),
        odds={
            name: tuple(
                LevelOdds(*map(float, one)) for one in zip(m[name], u[name], home.shares[name], strict=True)
            )
            for name in m
        },
        log2_prior_match=prior,
        log2_prior_mate=_of_home(prior, home.mates, settings) if home.mates else NEVER,
        frequencies={column: _frequencies(encoded, column) for column in settings.counted},
    )
    said += correlations(model, settings, encoded, seed)
    return Trained(model, tuple(said))


def _of_home(prior: float, mates: float, settings: Settings) -> float:
    """The odds in bits of two people of one home, with the caution that the settings ask for."""
    return prior + math.log2(mates) + settings.training.home_caution


def _learn(linker: Linker, settings: Settings, encoded: Encoded, seed: int) -> list[str]:
    """Let Splink estimate; what could not be is said."""
    rules = settings.training
    said: list[str] = []
    certain: list[str | BlockingRuleCreator] = [alike_sql(parts) for parts in rules.certain]
    try:
        linker.training.estimate_probability_two_random_records_match(certain, recall=rules.recall)
    except ValueError:
        said.append("nearly all profiles are alike, so that nobody can say how many pairs are one person")
    linker.training.estimate_u_using_random_sampling(max_pairs=rules.random_pairs, seed=seed)
    for parts in rules.passes:
        if len(within(alike_in(encoded, whole(parts)), 1, LEAST_PAIRS, seed)[0]) < LEAST_PAIRS:
            said.append(
                f"too few profiles are alike in {_named(parts)}, so nothing is learnt from such pairs"
            )
            continue
        if not _pass(linker, alike_sql(parts)):
            said.append(f"pairs alike in {_named(parts)} are too much alike to learn from")
    return said


def _pass(linker: Linker, condition: str) -> bool:
    """One pass of expectation and maximisation; false, and nothing changed, where Splink cannot do it."""
    held = linker._settings_obj
    before = deepcopy(held.core_model_settings)
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            condition, estimate_without_term_frequencies=True, max_pairs=PASS_PAIRS
        )
    except (EMTrainingException, ValueError):
        # A share that falls to nought is refused by Splink in the midst of its work.
        held.core_model_settings = before
        return False
    return True


def _named(parts: Sequence[KeyPart]) -> str:
    return " and ".join(part.column.replace("_", " ") for part in parts)


def _prior(linker: Linker) -> float:
    """The odds in bits that two profiles at random are one person."""
    share = float(linker.misc.save_model_to_json()["probability_two_random_records_match"])
    share = min(max(share, 1e-12), 1 - 1e-12)
    return math.log2(share / (1 - share))


def _shares(
    settings: Settings, estimates: list[dict[str, object]]
) -> tuple[dict[str, Shares], dict[str, Shares], list[str]]:
    """The shares of levels from 0 up, m and u, by comparison; and which comparisons taught nothing."""
    m: dict[str, Shares] = {}
    u: dict[str, Shares] = {}
    unlearnt: list[str] = []
    for comparison, estimate in zip(settings.comparisons, estimates, strict=True):
        levels = [one for one in estimate["comparison_levels"] if not one.get("is_null_level")][::-1]  # type: ignore[attr-defined]
        found_m, found_u = (_found(levels, part) for part in ("m_probability", "u_probability"))
        if found_m is None or found_u is None:
            unlearnt.append(comparison.told.lower())
            found_m = found_u = np.full(len(levels), 1.0 / len(levels))
        m[comparison.name], u[comparison.name] = found_m, found_u
    return m, u, unlearnt


def _found(levels: list[Mapping[str, object]], part: str) -> Shares | None:
    """The shares that were estimated; a level never seen gets a little, and None if no level was seen."""
    shares = np.array([_number(level.get(part)) for level in levels])
    if not np.nansum(shares) > 0:
        return None
    shares = np.maximum(np.nan_to_num(shares), FLOOR)
    return np.asarray(shares / shares.sum(), np.float64)


def _number(estimate: object) -> float:
    """An estimate as a number; Splink writes words where a level was never seen."""
    return float(estimate) if isinstance(estimate, int | float) else math.nan


def _frequencies(encoded: Encoded, column: str) -> dict[str, float]:
    """Each word's share of the profiles that say something."""
    codes = encoded.codes[column]
    counts = np.bincount(codes[codes >= 0], minlength=len(encoded.vocabulary(column)))
    there = np.flatnonzero(counts)
    words = encoded.vocabulary(column).words(there)
    return dict(zip(words, (counts[there] / counts.sum()).tolist(), strict=True))


def _fingerprint(settings: Settings, profiles: pa.Table, seed: int) -> str:
    """A digest of the settings and of the data that a model was learnt from."""
    digest = blake2b(settings.model_dump_json().encode(), digest_size=16)
    digest.update(f"{seed}".encode())
    for batch in profiles.select([*settings.columns]).combine_chunks().to_batches():
        digest.update(batch.serialize())
    return digest.hexdigest()

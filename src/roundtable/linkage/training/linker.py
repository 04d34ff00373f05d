"""Splink over profiles in memory: its settings made from ours, and its talk kept quiet."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import splink.comparison_level_library as levels
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.comparison_library import CustomComparison
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from roundtable.data.in_memory import in_memory_database
from roundtable.linkage.evidence.comparison import Comparison
from roundtable.linkage.evidence.levels import level_sql
from roundtable.linkage.evidence.model import LEAST, LevelOdds, Model
from roundtable.linkage.evidence.settings import KeyPart, Settings

#: Splink's name of the column with the position of a profile.
PROFILE = "profile"


@contextmanager
def linker_over(
    profiles: pa.Table, settings: Settings, model: Model | None = None, memory: str = "2GB"
) -> Iterator[Linker]:
    """A Splink linker over profiles, in a database in memory that ends with the block.

    Args:
        profiles: PROFILE, or columns of another kind of data beside `profile`.
        settings: what is compared.
        model: a model whose weights it is to use; without one it knows nothing yet.
        memory: the most that the database may take.
    """
    # One thread: sums would otherwise come in another order each time, and differ in the last figure.
    with in_memory_database(memory, threads=1) as connection, quiet():
        api = DuckDBAPI(connection)
        read = api.register(profiles.select([PROFILE, *settings.columns]), dataset_display_name="profiles")
        yield Linker(read, splink_settings(settings, model), log_level=None)


def splink_settings(settings: Settings, model: Model | None = None) -> SettingsCreator:
    """Our settings as Splink takes them, with a model's odds where there is one."""
    made = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=PROFILE,
        comparisons=[
            _comparison(one, None if model is None else model.odds[one.name]) for one in settings.comparisons
        ],
        blocking_rules_to_generate_predictions=[],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=model is not None,
        max_iterations=settings.training.rounds,
        em_convergence=1e-3,
    )
    if model is not None:
        made.probability_two_random_records_match = _share(model.log2_prior_match)
    return made


def alike_sql(parts: Sequence[KeyPart]) -> str:
    """The condition, in SQL, that two profiles are alike in all the parts."""
    return " and ".join(f"{part.sql('l')} = {part.sql('r')}" for part in parts)


def _share(log2_odds: float) -> float:
    """A share from odds in bits."""
    return float(1.0 / (1.0 + 2.0**-log2_odds))


def _comparison(comparison: Comparison, odds: Sequence[LevelOdds] | None) -> CustomComparison:
    made: list[ComparisonLevelCreator | dict[str, Any]] = []
    for level in level_sql(comparison):
        one: ComparisonLevelCreator = levels.CustomLevel(level.sql, level.told)
        if level.gamma < 0:
            one = one.configure(is_null_level=True)
        elif odds is not None:
            worth = odds[level.gamma]
            one = one.configure(m_probability=max(worth.m, LEAST), u_probability=max(worth.u, LEAST))
        if level.counted is not None:
            # Each counted level is its own exact level, whatever else Splink would take for it.
            one = one.configure(tf_adjustment_column=level.counted, disable_tf_exact_match_detection=True)
        made.append(one)
    return CustomComparison(made, output_column_name=comparison.name)


@contextmanager
def quiet() -> Iterator[None]:
    """Splink's progress kept off the screen; what matters of it is said in our own words."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)

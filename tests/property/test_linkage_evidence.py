"""Levels over codes are those of the SQL that Splink runs, and growing an encoding changes nothing in it."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as under
from hypothesis import strategies as st

from roundtable.linkage.evidence.comparison import ELSE
from roundtable.linkage.evidence.encoded import Encoded, encode
from roundtable.linkage.evidence.levels import level_sql, levels_of
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.scoring.vector import Scorer, score_vector
from tests.factories_profiles import model, profiles

#: Few letters, so that words come close to one another; one beyond ASCII, which has two bytes.
WORDS = st.text("abcé", min_size=1, max_size=6)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
DIGITS = st.text("012", min_size=8, max_size=8)
POSTCODES = st.sampled_from(["ZY11AA", "ZY11AB", "ZY12AA", "ZX91AA"])


def maybe(words: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), words, words)


ROWS = st.fixed_dictionaries(
    {
        **dict.fromkeys(
            ["given", "given_root", "known_as", "middle", "surname", "former_surname"], maybe(NAMES)
        ),
        "name_tokens": st.one_of(st.none(), st.lists(WORDS, max_size=8, unique=True).map(sorted)),
        "date_of_birth": maybe(DIGITS),
        "sex": maybe(st.sampled_from("fm")),
        **dict.fromkeys(
            ["nhs_number", "other_number", "mobile", "landline"], maybe(st.text("01", min_size=1, max_size=4))
        ),
        "email": maybe(st.tuples(WORDS, WORDS).map("@".join)),
        "postcode": maybe(POSTCODES),
        "outward": maybe(POSTCODES.map(lambda written: written[:-3])),
        "address_key": maybe(st.sampled_from(["1 a", "2 a"])),
        "address_id": maybe(st.sampled_from("xyz")),
        "source_person": maybe(st.tuples(st.sampled_from("pq"), st.sampled_from("12")).map("␟".join)),
        "birth_place": maybe(NAMES),
        "occupation": maybe(WORDS),
    }
)
TABLES = st.lists(ROWS, min_size=2, max_size=9)


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def every_pair(count: int) -> tuple[np.ndarray, np.ndarray]:
    left, right = np.triu_indices(count, 1)
    return left.astype(np.int32), right.astype(np.int32)


def by_sql(
    database: duckdb.DuckDBPyConnection,
    settings: Settings,
    table: pa.Table,
    left: np.ndarray,
    right: np.ndarray,
) -> dict[str, list[int]]:
    """The levels as DuckDB finds them, in the SQL that Splink is given."""
    database.register("p", table)
    database.register("pairs", pa.table({"n": np.arange(len(left)), "l": left, "r": right}))
    told = ", ".join(f"l.{one} as {one}_l, r.{one} as {one}_r" for one in settings.columns)
    source = f"select n, {told} from pairs join p l on l.profile = pairs.l join p r on r.profile = pairs.r"
    cases = []
    for comparison in settings.comparisons:
        whens = " ".join(
            f"else {one.gamma}" if one.sql == ELSE else f"when {one.sql} then {one.gamma}"
            for one in level_sql(comparison)
        )
        cases.append(f"case {whens} end as {comparison.name}")
    found = database.sql(f"select {', '.join(cases)} from ({source}) order by n").to_arrow_table()
    return {name: found[name].to_pylist() for name in found.column_names}


@under(deadline=None, max_examples=60)
@given(name=st.sampled_from(["uk", "historical"]), rows=TABLES)
def test_levels_over_codes_are_those_of_the_sql(
    database: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]
) -> None:
    settings, table = shipped(name), profiles(*rows)
    left, right = every_pair(len(rows))
    levels = levels_of(settings, encode(table, settings), left, right)
    assert {name: found.tolist() for name, found in levels.items()} == by_sql(
        database, settings, table, left, right
    )


@under(deadline=None, max_examples=60)
@given(name=st.sampled_from(["uk", "historical"]), rows=TABLES)
def test_a_level_is_the_same_from_either_side(name: str, rows: list[dict[str, Any]]) -> None:
    settings = shipped(name)
    encoded = encode(profiles(*rows), settings)
    left, right = every_pair(len(rows))
    there, back = levels_of(settings, encoded, left, right), levels_of(settings, encoded, right, left)
    assert all((there[one] == back[one]).all() for one in there)


def said(encoded: Encoded) -> dict[str, list[str | None]]:
    """What the codes stand for, row by row."""
    return {
        column: [encoded.vocabulary(column)[code] if code >= 0 else None for code in codes]
        for column, codes in encoded.codes.items()
    }


@under(deadline=None, max_examples=60)
@given(rows=TABLES, cut=st.integers(0, 9))
def test_an_extended_encoding_says_what_one_of_the_whole_says(rows: list[dict[str, Any]], cut: int) -> None:
    settings, table = shipped("uk"), profiles(*rows)
    first = encode(table.slice(0, cut), settings)
    both = first.extended(table.slice(cut))
    assert said(both) == said(encode(table, settings))
    assert all((both.codes[one][: len(first)] == first.codes[one]).all() for one in first.codes)
    for name, words in first.vocabularies.items():
        assert list(both.vocabularies[name])[: len(words)] == list(words)
        assert len(set(both.vocabularies[name])) == len(both.vocabularies[name])


@under(deadline=None, max_examples=40)
@given(rows=TABLES, seed=st.integers(0, 5))
def test_a_profile_beside_others_weighs_what_it_weighs_among_them(
    rows: list[dict[str, Any]], seed: int
) -> None:
    settings, table = shipped("uk"), profiles(*rows)
    old, last = encode(table.slice(0, len(rows) - 1), settings), len(rows) - 1
    words = {column: [one for one in table[column].to_pylist() if one] for column in settings.counted}
    shares = {
        column: {word: 1 / (2 + place) for place, word in enumerate(sorted(set(told)))}
        for column, told in words.items()
    }
    learnt = model(settings, shares, seed)
    among = score_vector(
        learnt,
        settings,
        encode(table, settings),
        np.arange(last, dtype=np.int32),
        np.full(last, last, np.int32),
    )
    beside = Scorer(learnt, settings, old).score(
        np.arange(last, dtype=np.int32), np.zeros(last, np.int32), right_of=old.beside(table.slice(last))
    )
    assert np.allclose(among.weights.weight, beside.weights.weight, atol=1e-9)
    assert all((among.levels[one] == beside.levels[one]).all() for one in among.levels)
    for place in range(last):
        parts = Scorer(learnt, settings, old).parts(place, 0, right_of=old.beside(table.slice(last)))
        summed = learnt.log2_prior_match + sum(part.bits + part.rare for part in parts)
        assert summed == pytest.approx(among.weights.match_weight[place], abs=1e-9)


@given(
    seed=st.integers(0, 50),
    shares=st.dictionaries(st.text(max_size=5), st.floats(1e-9, 1.0), max_size=4),
    name=st.sampled_from(["uk", "historical"]),
)
def test_a_model_comes_back_from_text_as_it_was(seed: int, shares: dict[str, float], name: str) -> None:
    told = model(shipped(name), {"given": shares}, seed)
    assert Model.from_json(told.to_json()) == told
    assert Model.from_json(told.to_json()).to_json() == told.to_json()

"""Whatever is written in the folder: a partnership comes out, or a list of what to mend, and nothing else."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.yaml_source import Path as Keys
from roundtable.partnership.yaml_source import read_yaml
from tests.conftest import ROOT
from tests.town import Town

FILES = (
    "partnership.yaml",
    "agencies/council.yaml",
    "agreements/open-street-crime.yaml",
    "datasets/street-crime.yaml",
    "improvements/visit-the-street.yaml",
    "reference/weights.yaml",
    "reference/weights.csv",
    "scenarios/alone-at-risk.yaml",
    "services/home-fire-safety-visit.yaml",
)
WEIGHTS = """table: harm_weights
id: mine
title: Mine
source: An index
status: illustrative
scheme: offences
unit: days
rows_from: weights.csv
code_column: code
value_column: days
"""
#: Lists whose order is part of what they say.
IN_ORDER = {"journey", "reframings", "properties"}

PIECES = st.sampled_from(
    [
        *"abc:-?[]{},#&*!|>'\"%@`~=\n\t ",
        "id",
        ": ",
        "\n  ",
        "- ",
        "&a ",
        "*a",
        "<<: ",
        "---\n",
        "null",
        "true",
        "0o7",
        ".nan",
        "1e999",
        "9" * 30,
        "2026-11-23",
        "!!int ",
        "!x ",
        "\\0",
        "é",
        "\u0301",
        "\ufeff",
        "\u2028",
        "\x85",
        "unknown",
    ]
)
ANY_BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(max_size=80).map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.lists(PIECES, max_size=60).map(lambda pieces: "".join(pieces).encode()),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**17), 10**17),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=20),
        st.sampled_from(
            ["unknown", "council", "fire-injuries", "2026-11-23", "2020-01-01", "86400", "street", "id"]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """A town with a table of weights of its own; each test puts back what it broke."""
    with TemporaryDirectory() as folder:
        town = Town.built_in(Path(folder))
        town.write("reference/weights.yaml", WEIGHTS)
        town.write("reference/weights.csv", "code,days\nrobbery,365\n")
        yield town


@pytest.fixture(scope="module")
def values(town: Town) -> dict[str, Any]:
    """What each YAML file of the sound town says."""
    files = sorted(town.folder.rglob("*.yaml"))
    return {
        file.relative_to(town.folder).as_posix(): read_yaml(file.read_bytes(), file.name).value
        for file in files
    }


def _load(town: Town) -> Partnership | None:
    """The partnership, or None where every problem says where it is and how to mend it."""
    try:
        return town.load()
    except PartnershipUnusable as error:
        for problem in error.problems:
            assert problem.place.file.startswith(str(town.folder)), problem
            assert problem.place.line is None or problem.place.line >= 1, problem
            assert problem.what and problem.remedy and problem.rule, problem
            str(problem).encode()
        assert error.problems == tuple(sorted(set(error.problems)))
        return None


def _with(town: Town, file: str, content: bytes) -> Partnership | None:
    kept = (town.folder / file).read_bytes()
    town.write(file, content)
    try:
        return _load(town)
    finally:
        town.write(file, kept)


@settings(deadline=None, max_examples=150)
@given(file=st.sampled_from(FILES), content=ANY_BYTES)
def test_any_bytes_as_any_file(town: Town, file: str, content: bytes) -> None:
    _with(town, file, content)


@settings(deadline=None, max_examples=150)
@given(file=st.sampled_from(FILES), data=st.data())
def test_a_sound_file_with_a_piece_cut_out_and_another_put_in(
    town: Town, file: str, data: st.DataObject
) -> None:
    whole = (town.folder / file).read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 30))
    put = data.draw(st.one_of(st.just(b""), ANY_BYTES))

    _with(town, file, whole[:at] + put + whole[at + cut :])


@settings(deadline=None, max_examples=200)
@given(file=st.sampled_from([file for file in FILES if file.endswith(".yaml")]), data=st.data())
def test_a_key_taken_out_or_another_value_put_in(
    town: Town, values: dict[str, Any], file: str, data: st.DataObject
) -> None:
    changed = json.loads(json.dumps(values[file]))
    paths = sorted(_paths(changed), key=str)
    for path in data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=3)):
        _change(changed, path, data)

    _with(town, file, json.dumps(changed).encode())


def test_a_key_that_is_needed_is_missed_wherever_it_is_taken_out(town: Town, values: dict[str, Any]) -> None:
    taken_out = []
    for file, value in values.items():
        for path in _paths(value):
            if path[-1] not in {"id", "name", "title", "asserted", "kind", "agency"} or "columns" in path:
                continue
            changed = json.loads(json.dumps(value))
            holder = _at(changed, path[:-1])
            if isinstance(holder, dict):
                del holder[path[-1]]
                assert _with(town, file, json.dumps(changed).encode()) is None, (file, path)
                taken_out.append(path)
    assert len(taken_out) > 50


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_the_order_of_keys_and_items_changes_nothing(town: Town, values: dict[str, Any], seed: int) -> None:
    sound = town.load()
    kept = {file: (town.folder / file).read_bytes() for file in values}
    try:
        for file, value in values.items():
            town.write(file, json.dumps(_shuffled(value, random.Random(seed))))
        shuffled = town.load()
    finally:
        for file, content in kept.items():
            town.write(file, content)

    assert shuffled == sound
    assert _written_out(shuffled) == _written_out(sound)


def test_the_order_changes_nothing_in_the_whole_example(tmp_path: Path) -> None:
    example = ROOT / "examples/north-yorkshire"
    for seed in range(3):
        folder = tmp_path / str(seed)
        for file in sorted(example.rglob("*.yaml")):
            target = folder / file.relative_to(example)
            target.parent.mkdir(parents=True, exist_ok=True)
            value = read_yaml(file.read_bytes(), file.name).value
            target.write_text(json.dumps(_shuffled(value, random.Random(seed))), encoding="utf-8")

        assert _written_out(load_partnership(folder)) == _written_out(load_partnership(example))


def _paths(value: Any, path: Keys = ()) -> Iterator[Keys]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield (*path, step)
        yield from _paths(item, (*path, step))


def _at(value: Any, path: Keys) -> Any:
    for step in path:
        value = value[step]
    return value


def _change(value: Any, path: Keys, data: st.DataObject) -> None:
    """Take out, replace or double what stands at a path, if an earlier change has left it there."""
    try:
        holder = _at(value, path[:-1])
        found = holder[path[-1]]
    except (KeyError, IndexError, TypeError):
        return
    how = data.draw(st.sampled_from(["delete", "replace", "again"]))
    if how == "delete":
        del holder[path[-1]]
    elif how == "replace":
        holder[path[-1]] = data.draw(VALUES)
    elif isinstance(holder, dict):
        holder[data.draw(st.text(max_size=12))] = found
    elif isinstance(holder, list):
        holder.append(found)


def _shuffled(value: Any, chance: random.Random, key: str = "") -> Any:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _shuffled(value[key], chance, key) for key in keys}
    if isinstance(value, list):
        items = [_shuffled(item, chance) for item in value]
        if key not in IN_ORDER:
            chance.shuffle(items)
        return items
    return value


def _written_out(partnership: Partnership) -> str:
    """Every byte that could come of it, but for where each thing stands."""
    parts = {field.name: getattr(partnership, field.name) for field in fields(partnership)}
    del parts["folder"], parts["places"], parts["parts"], parts["contacts"]
    return json.dumps(parts, default=_plain)


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)

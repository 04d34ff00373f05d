"""Whatever a map says, writing it and reading it again gives the same map, but for the stated losses.

And whatever bytes are given as a map: a map comes out, or a list of what to mend, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundtable.errors import ForeignFileUnusable
from roundtable.partnership.exchange import csv_tables, gexf, graphml, kumu, kumu_sheets, prsm, prsm_sheets
from roundtable.partnership.exchange.foreign_map import (
    ForeignFactor,
    ForeignLink,
    ForeignMap,
    Heading,
    cleaned,
    in_one_line,
)
from roundtable.partnership.exchange.formats import read_map, write_map
from roundtable.partnership.exchange.losses import Holding, losses, without
from roundtable.partnership.model.causal import Delay, Sign

#: What breaks exchange files: separators, quotes, formulas, markup, marks, numbers and words of ours.
AWKWARD = st.sampled_from(
    [
        *(
            "a,b",
            'say "no"',
            "two\nlines",
            "one|two",
            "=1+1",
            "'quoted",
            "<b>&amp;</b>",
            "-86",
            "+",
            "−",
            "Sample",
        ),
        *(
            "x (attribute)",
            "Positive influence",
            "Χωρίς στέγη",
            "بيت",
            "寒い部屋",
            "Ł\u0301",
            "bell\x07",
            "\ufffe",
        ),
        *("_x000D_", "TRUE", "1.0", "#N/A", "\ttab", " led", "unknown", "a;b", "group3", "\u2028", "nul\x00"),
    ]
)
TEXT = st.one_of(AWKWARD, st.text(max_size=12))
SOME = TEXT.filter(lambda text: bool(cleaned(ForeignMap(text)).title.strip()))
NAMES = st.one_of(
    SOME, st.sampled_from(["Label", "note", "Sign", "x", "id", "Type", "Kind", "creator", "weight"])
)
ATTRIBUTES = st.dictionaries(NAMES, TEXT, max_size=3)
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
SHARE = st.floats(0, 1)
STYLES = st.sampled_from(["", "", "Policy actions", "Focal\nfactor", "Positive influence", "s", "Ω|ω"])


@st.composite
def maps(draw: st.DrawFn) -> ForeignMap:
    """A map of up to six factors, with self-links, several links between the same two, and odd texts."""
    ids = draw(st.lists(SOME, min_size=1, max_size=6, unique_by=lambda text: cleaned(ForeignMap(text)).title))
    labels = draw(
        st.lists(
            SOME,
            min_size=len(ids),
            max_size=len(ids),
            unique_by=lambda text: in_one_line(cleaned(ForeignMap(text)).title),
        )
    )
    factors = [
        ForeignFactor(
            name,
            label,
            draw(TEXT),
            draw(TEXT),
            draw(STYLES),
            draw(st.none() | NUMBERS),
            draw(st.none() | NUMBERS),
            draw(ATTRIBUTES),
        )
        for name, label in zip(ids, labels, strict=True)
    ]
    ends = st.sampled_from(ids)
    strengths = st.none() | st.tuples(SHARE, SHARE).map(lambda two: (min(two), max(two)))
    links = st.builds(
        ForeignLink,
        ends,
        ends,
        st.sampled_from(Sign),
        strengths,
        st.sampled_from(Delay),
        st.sampled_from(Heading),
        TEXT,
        TEXT,
        STYLES,
        ATTRIBUTES,
    )
    return ForeignMap(draw(TEXT), tuple(factors), tuple(draw(st.lists(links, max_size=6))))


FORMATS: list[tuple[str, frozenset[Holding]]] = [
    ("map.prsm", prsm.MISSING),
    ("map.prsm.xlsx", prsm_sheets.MISSING),
    ("kumu.json", kumu.MISSING),
    ("kumu.xlsx", kumu_sheets.MISSING),
    ("map.graphml", graphml.MISSING),
    ("map.gexf", gexf.MISSING),
    ("map.zip", csv_tables.MISSING),
    ("map.csv", csv_tables.MISSING),
]


@pytest.mark.parametrize(("name", "missing"), FORMATS, ids=[name for name, _ in FORMATS])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=maps())
def test_a_map_comes_back_as_it_went_out(name: str, missing: frozenset[Holding], drawn: ForeignMap) -> None:
    map = cleaned(drawn)
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        told = write_map(map, path)
        back = read_map(path)

    assert back == without(map, missing)
    for loss in losses(map, missing, "It"):
        assert any(loss.removeprefix("It") in sentence for sentence in told)
    assert cleaned(map) == map


@given(drawn=maps(), name=st.sampled_from([name for name, _ in FORMATS[:-1]]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_map_gives_the_same_bytes(drawn: ForeignMap, name: str) -> None:
    map = cleaned(drawn)
    reordered = replace(
        map,
        factors=tuple(
            replace(factor, attributes=dict(list(factor.attributes.items())[::-1])) for factor in map.factors
        ),
    )
    with TemporaryDirectory() as folder:
        one, two = Path(folder) / "a", Path(folder) / "b"
        write_map(map, one / name)
        write_map(reordered, two / name)
        assert (one / name).read_bytes() == (two / name).read_bytes()


@given(
    drawn=maps(),
    name=st.sampled_from([name for name, _ in FORMATS[:-1]]),
    cut=st.floats(0, 1),
    change=st.none() | st.tuples(st.floats(0, 0.999), st.integers(0, 255)),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_cut_or_damaged_file_ends_in_a_map_or_in_problems(
    drawn: ForeignMap, name: str, cut: float, change: tuple[float, int] | None
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_map(cleaned(drawn), path)
        content = bytearray(path.read_bytes())
        if change is None:
            del content[int(cut * len(content)) :]
        else:
            content[int(change[0] * len(content))] = change[1]
        path.write_bytes(bytes(content))
        try:
            read_map(path)
        except ForeignFileUnusable as error:
            assert all(problem.remedy and problem.place.file for problem in error.problems)

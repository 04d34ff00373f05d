"""Linkage on the page: what was linked, how sure, whom it serves worse; and nothing small is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from roundtable.data.linked_tables import LINKED_TABLES
from roundtable.pages.tables import Table
from roundtable.report.linkage import READ, linkage_shown
from roundtable.report.linkage_contents import (
    DriftShown,
    HomesShown,
    LinkageShown,
    PurposeLinkage,
    QualityShown,
    StopShown,
    ToldShown,
)
from roundtable.report.names import Names
from roundtable.report.page import render
from roundtable.report.sections.linkage import LinkageView, PurposeView, linkage_view
from roundtable.report.sections.linkage_chart import band_chart, stop_chart
from roundtable.report.sections.linkage_parts import ratio_chart, worse_parts
from tests.factories_report import contents
from tests.unit.report.markup import Page, rows_of


def quality(breakdown: str, part: str, measure: str = "linked", **changes: Any) -> QualityShown:
    """A measure of a part like the rest, of 50 people."""
    alike = QualityShown(breakdown, part, measure, 200, 50, 800_000, 750_000, 840_000)
    if breakdown != "all":
        alike = replace(alike, ratio_ppm=1_000_000, ratio_low_ppm=950_000, ratio_high_ppm=1_050_000)
    return replace(alike, **changes)


WORSE: dict[str, Any] = {"ratio_ppm": 600_000, "ratio_low_ppm": 500_000, "ratio_high_ppm": 700_000}
SHOWN = PurposeLinkage(
    purpose="Safeguarding children",
    quality=(
        quality("all", "all", records=1203, people=412),
        quality("all", "all", "precision", value_ppm=990_000),
        quality("all", "all", "recall", value_ppm=910_000),
        quality("agency", "police"),
        quality("agency", "council", "precision", value_ppm=970_000),
        quality("agency", "council"),
        quality("sex", "f"),
        quality("age", "5-17"),
        quality("age", "80+", people=7, records=31),
        quality("naming", "slavic_or_baltic", **WORSE),
        quality("home", "not_said", **WORSE),
    ),
    curve=(
        StopShown(100_000, 900_000, 980_000, 400, False),
        StopShown(300_000, 950_000, 940_000, 412, True),
        StopShown(900_000, 990_000, 700_000, 600, False),
    ),
    weights=(("under 0", 5), ("0 to 2", 1201), ("30 and more", 0)),
    drift=(
        DriftShown("filled", "surname", 990_000, 610_000, 380_000, 50_000, True),
        DriftShown("count", "records", 1_000_000_000, 1_010_000_000, 10_000, 100_000, False),
    ),
    moves=(("merge", 12), ("split", 3)),
    told=(
        ToldShown("stop", "Groups are merged while the mean probability is 0.30 or more."),
        ToldShown("placeholder", "birth dates of 1 January 1900 are not compared", 41),
        ToldShown("left_out", "one block of 200,000 was left out", 1),
    ),
    homes=HomesShown(addresses=231, communal=2, households=188, at_two=14),
)


def shown(**changes: Any) -> LinkageShown:
    """One purpose's links."""
    return LinkageShown((replace(SHOWN, **changes),))


def view(**changes: Any) -> PurposeView:
    """What its part of the page is drawn from."""
    return whole(**changes).purposes[0]


def whole(**changes: Any) -> LinkageView:
    """The section."""
    return linkage_view(shown(**changes), Names(contents()))


def page(**changes: Any) -> Page:
    """The page with these links."""
    return Page(render(contents(linkage=shown(**changes))))


def test_the_section_stands_on_the_page_only_where_something_was_linked() -> None:
    assert 'id="linkage"' not in render(contents())

    made = page()

    assert made.misnested == [] and made.repeated_ids() == []
    assert "linkage" in made.values("id") and "#linkage" in made.values("href")
    assert "script" not in {name for name, _ in made.elements}


def test_two_purposes_share_no_id() -> None:
    both = LinkageShown((SHOWN, replace(SHOWN, purpose="Prevention", moves=())))

    assert Page(render(contents(linkage=both))).repeated_ids() == []


def test_purposes_that_came_to_the_same_are_told_once() -> None:
    same = LinkageShown((SHOWN, replace(SHOWN, purpose="Prevention")))

    (one,) = linkage_view(same, Names(contents())).purposes

    assert one.heading == "Safeguarding children and prevention" and one.several
    assert "so it is told once" in Page(render(contents(linkage=same))).text


def test_many_warnings_are_folded_away_the_largest_first_and_hidden_ones_by_their_words() -> None:
    told = [
        ToldShown("placeholder", f"{letter} is not used", number)
        for letter, number in zip("abcdef", (9, 2, 7, 90, 1, 3), strict=True)
    ]
    (one,) = view(told=tuple(told)).warned

    assert one.many == "6"
    assert [text[0] for text in one.told] == ["D", "A", "B", "C", "E", "F"]


def test_what_was_linked_is_told_in_round_numbers() -> None:
    said = " ".join(view().sentences)

    assert "About 1,205 records came to 410 people." in said
    assert "99.0% are expected to be of the same person" in said
    assert "1,203" not in page().text and "412" not in page().text


def test_figures_of_few_people_are_withheld_and_drawn_nowhere() -> None:
    groups = {row[0]: row[1:] for row in rows_of(view().groups)}

    assert groups["80 and over"][:2] == ["of fewer than 8 people", "withheld"]
    chart = ratio_chart("k", SHOWN.quality[6:])
    assert chart is not None
    assert "80 and over" not in {line.label for group in chart.groups for line in group.lines}


def test_groups_stand_under_what_they_are_parted_by_in_order() -> None:
    groups = view().groups

    assert [group.heading for group in groups.groups] == ["Sex", "Age", "Shape of the name", "Home"]
    assert [row[0].text for row in groups.groups[1].rows] == ["5 to 17", "80 and over"]


def test_who_is_linked_worse_is_named_and_who_says_nothing_is_nobody() -> None:
    worse = view().worse

    assert worse.anybody
    assert "Slavic or Baltic ending" in worse.sentence and "0.60 times the rest" in worse.sentence
    assert [row.part for row in worse_parts(SHOWN.quality)] == ["slavic_or_baltic"]


@pytest.mark.parametrize(
    "changes", [{"ratio_high_ppm": 951_000}, {"people": 7}, {"measure": "grey"}, {"ratio_high_ppm": None}]
)
def test_what_chance_explains_or_few_people_or_no_rest_is_no_finding(changes: dict[str, Any]) -> None:
    row = replace(quality("naming", "slavic_or_baltic", **WORSE), **changes)

    assert worse_parts([row]) == ()
    assert "No group stands out" in view(quality=(*SHOWN.quality[:8], row)).worse.sentence


def test_the_worse_group_is_told_by_its_shape_and_not_by_colour_alone() -> None:
    marks = [one for name, one in page().elements if name == "path" and one.get("class") == "dot worse"]

    # One in the key, one in the chart: everybody else has a circle.
    assert len(marks) == 2


def test_agencies_are_called_by_their_names() -> None:
    assert [row[0] for row in rows_of(view().agencies)] == ["Testshire Council", "Testshire Police"]


def test_the_stop_in_force_and_both_curves_are_drawn_and_told() -> None:
    chart = stop_chart("k", SHOWN.curve)

    assert chart is not None
    assert [line.name for line in chart.lines] == ["Precision", "Recall"]
    assert chart.chosen_label == "in force: 0.30"
    assert "expected precision of 95.0%" in chart.description
    assert 56 < float(chart.chosen) < 624
    assert rows_of(view().stops_table)[1] == ["0.30", "95.0%", "94.0%", "410", "in force"]


def test_names_at_the_ends_of_the_curves_never_lie_on_one_another() -> None:
    close = [replace(one, recall_ppm=one.precision_ppm) for one in SHOWN.curve]
    chart = stop_chart("k", close)

    assert chart is not None
    first, second = (float(line.label_y) for line in chart.lines)
    assert abs(first - second) >= 18


def test_a_single_stop_and_no_pair_draw_nothing() -> None:
    assert stop_chart("k", SHOWN.curve[:1]) is None
    assert band_chart("k", (("0 to 2", 0),)) is None
    assert page(curve=(), weights=()).misnested == []


def test_small_bands_are_hidden_in_the_bars_too() -> None:
    chart = band_chart("k", SHOWN.weights)

    assert chart is not None
    assert (chart.bars[0].value, chart.bars[0].width) == ("fewer than 8", "0.0")
    assert chart.bars[1].value == "1,200"


def test_drift_says_what_alarms_and_shows_all_of_it() -> None:
    made = view()

    assert made.drift.startswith("1 alarm of 2 comparisons")
    assert made.alarms == ("Records that say a surname: 99.0% before, 61.0% now.",)
    assert rows_of(made.drift_table)[0] == [
        "Records that say a surname",
        "99.0%",
        "61.0%",
        "38.0%",
        "5.0%",
        "alarm",
    ]
    assert "first run" in view(drift=()).drift
    assert "None moved" in view(drift=SHOWN.drift[1:]).drift


def test_moves_are_counted_and_few_are_hidden() -> None:
    assert rows_of(view().moves) == [
        ["Two people or more became one", "10"],
        ["One person was parted", "fewer than 8"],
    ]


def test_warnings_are_told_by_kind() -> None:
    told = {one.heading: one.told for one in view().warned}

    assert told == {
        "Too common to compare by": ("One block of 200,000 was left out.",),
        "Values that stand for nothing": (
            "Birth dates of 1 January 1900 are not compared: about 40 records.",
        ),
    }


def test_a_review_is_told_beside_what_was_expected() -> None:
    assert "Nobody has reviewed" in view().reviewed
    found = quality("all", "all", "reviewed_recall", records=240, value_ppm=900_000)

    assert "240 pairs" in view(quality=(*SHOWN.quality, found)).reviewed
    assert "missed, 90.0% (75.0% to 84.0%)" in view(quality=(*SHOWN.quality, found)).reviewed


def test_homes_are_told_in_round_numbers() -> None:
    assert view().homes == (
        "Records put them at 230 addresses, fewer than 8 of them communal, and in about 190 households over "
        "the years. 15 people are in two households at once or more."
    )
    assert view(homes=None).homes == ""


def lake_rows(name: str, *rows: dict[str, Any]) -> pa.Table:
    """Rows of one of the lake's tables; what is not given is null, nought or empty."""
    schema = next(table.schema for table in LINKED_TABLES if table.name == name)
    plain = {pa.int64(): 0, pa.string(): "", pa.bool_(): False}
    made = [
        {field.name: None if field.nullable else plain.get(field.type) for field in schema} | row
        for row in rows
    ]
    return pa.Table.from_pylist(made, schema=schema).select(list(READ[name] or schema.names))


def test_it_is_gathered_from_the_lake_purpose_by_purpose() -> None:
    one, other = "safeguarding-children", "prevention"
    member = {"purpose": one, "person_id": "p", "why": "current"}
    tables = {
        "link_quality": lake_rows(
            "link_quality",
            *(
                {"purpose": purpose, "breakdown": "all", "part": "all", "measure": "linked"}
                for purpose in (one, other)
            ),
        ),
        "link_curve": lake_rows("link_curve", {"purpose": one, "stop_ppm": 300_000, "chosen": True}),
        "link_shape": lake_rows(
            "link_shape",
            {"purpose": one, "measure": "weight", "band": 2, "title": "0 to 2", "number": 9},
            {"purpose": one, "measure": "weight", "band": 1, "title": "under 0", "number": 8},
            {"purpose": one, "measure": "filled", "band": 1, "title": "records", "number": 7},
        ),
        "person_move": lake_rows(
            "person_move",
            {"purpose": one, "run": 1, "kind": "new"},
            {"purpose": one, "run": 2, "kind": "merge"},
            {"purpose": one, "run": 2, "kind": "merge"},
            {"purpose": other, "run": 3, "kind": "split"},
        ),
        "linked_address": lake_rows("linked_address", {"purpose": one, "communal": True}),
        "household": lake_rows("household", {"purpose": one}),
        "household_member": lake_rows(
            "household_member", member, member, {**member, "to_on": date(2020, 1, 1)}
        ),
    }

    made = linkage_shown(tables)

    assert made is not None
    second, first = made.purposes
    assert (first.purpose, second.purpose) == ("Safeguarding children", "Prevention")
    assert first.moves == (("merge", 2),) and second.moves == (("split", 1),)
    assert first.weights == (("under 0", 8), ("0 to 2", 9)) and second.curve == ()
    assert first.homes == HomesShown(addresses=1, communal=1, households=1, at_two=1)
    assert linkage_shown({}) is None


def test_no_id_of_a_person_or_a_home_is_read_but_to_count_them() -> None:
    read = {column for columns in READ.values() for column in columns or ()}

    assert read == {"purpose", "run", "kind", "communal", "to_on", "person_id"}
    assert isinstance(view().groups, Table)

"""Flags on properties as the page shows them: small counts hidden, the rest rounded, what was kept back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from roundtable.data.tables import LAKE_TABLES
from roundtable.insight.flags.overlap import FlagsValue
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.new_folder import Starter, new_folder
from roundtable.report.disclosure import PEOPLE, Disclosure
from roundtable.report.flag_contents import FlagsShown, NotSharedShown, OverlapShown
from roundtable.report.flags import flags_shown
from roundtable.report.page import render
from roundtable.report.sections.flags import flags_view
from tests.factories_report import contents
from tests.unit.report.markup import rows_of

SHOWN = FlagsShown(
    overlap=(
        OverlapShown(("The council", "The trust"), homes=143, unvisited=88),
        OverlapShown(("The council", "The fire service"), homes=7, unvisited=3),
    ),
    value=FlagsValue(alone=112, together=91, unknown_to_visitor=88, visited=0),
    visitors=("The fire service",),
    visit_days=730,
    not_shared=(NotSharedShown("Care", ("Last name", "Date of birth")),),
)


def test_counts_of_homes_are_hidden_from_1_to_7_and_rounded_to_5() -> None:
    assert rows_of(flags_view(SHOWN).overlap) == [
        ["The council and The trust", "145", "90"],
        ["The council and The fire service", "fewer than 8", "fewer than 8"],
    ]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (1, "fewer than 8"), (7, "fewer than 8"), (8, "10"), (12, "10"), (13, "15"), (1002, "1,000")],
)
def test_the_houses_rule(number: int, shown: str) -> None:
    assert PEOPLE.count(number) == shown
    assert PEOPLE.published(number) == (None if "fewer" in shown else int(shown.replace(",", "")))


def test_open_data_are_shown_as_they_are() -> None:
    assert Disclosure().count(3) == "3"
    assert Disclosure().told(3, "home") == "3 homes"
    assert Disclosure().rule == "Counts are shown as they are."


def test_the_value_is_told_in_sentences_and_no_exact_figure_stands_in_them() -> None:
    said = " ".join(flags_view(SHOWN).sentences)

    assert "flagged about 90 homes that nobody has visited in 2 years" in said
    assert "The fire service alone would list about 110 homes" in said
    assert "About 90 homes of those that several services have flagged" in said
    assert "No homes with several flags have been visited." in said
    assert not {"91", "112", "88", "143"} & set(said.split())


def test_where_the_visitor_knew_all_of_it_sharing_is_said_to_add_nothing() -> None:
    knew = replace(SHOWN, value=replace(SHOWN.value, unknown_to_visitor=0))

    assert "is flagged in its own data too." in flags_view(knew).sentences[1]


def test_what_was_not_shared_is_told() -> None:
    assert rows_of(flags_view(SHOWN).not_shared) == [["Care", "Last name; Date of birth"]]


def test_the_page_has_the_section_only_where_flags_are_agreed() -> None:
    assert 'id="flags"' not in render(contents())

    page = render(replace(contents(), flags=SHOWN))

    assert '<h2 id="flags">' in page and '<a href="#flags">' in page
    assert "roundtable flags" in page


def test_a_home_that_nobody_flagged_is_no_table() -> None:
    page = render(replace(contents(), flags=replace(SHOWN, overlap=())))

    assert "No home has a flag yet" in page


def test_it_is_gathered_from_the_contracts_and_the_table(tmp_path: Path) -> None:
    new_folder(tmp_path / "flags", "Three services", date(2026, 11, 23), Starter.PROPERTY_FLAGS)
    rows = [{"agencies": "council+trust", "services": 2, "homes": 9, "unvisited": 8}]
    overlap = pa.Table.from_pylist(rows, schema=LAKE_TABLES["flag_overlap"].schema)

    shown = flags_shown(load_partnership(tmp_path / "flags"), overlap)

    assert shown is not None
    assert shown.overlap == (OverlapShown(("Example Council", "Example Hospitals NHS Trust"), 9, 8),)
    assert shown.value.unknown_to_visitor == 8
    assert (shown.visitors, shown.visit_days) == (("Example Fire and Rescue Service",), 730)
    kept_back = {one.dataset: one.columns for one in shown.not_shared}
    assert kept_back == {
        "Adult social care cases": ("Last name", "Date of birth"),
        "Emergency admissions after a fall": ("NHS number",),
        "Home fire safety visits": ("Who was visited",),
    }


def test_a_partnership_without_flags_shows_nothing(tmp_path: Path) -> None:
    new_folder(tmp_path / "town", "A town", date(2026, 11, 23))
    overlap = LAKE_TABLES["flag_overlap"].schema.empty_table()

    assert flags_shown(load_partnership(tmp_path / "town"), overlap) is None

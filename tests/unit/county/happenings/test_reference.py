"""The reference tables of happenings: whole, sourced, and of one piece with the code lists."""

import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

from roundtable.county.happenings.crime import FIGURES
from roundtable.county.happenings.figures import figures, mixes, offences, rate, value
from roundtable.county.happenings.needs import TRAITS, needs
from roundtable.county.happenings.tables import TABLES
from roundtable.county.reference_table import PROVENANCE, FigureStatus, reference_rows

#: Mixes that are named after a column of a table, and not after a group or a chance.
_OF_COLUMNS = [
    name
    for name, mix in mixes().items()
    if len(mix.codes) > 1
    and name.split(".")[0] in TABLES
    and name.split(".")[1] in TABLES[name.split(".")[0]].schema.names
]


@pytest.mark.parametrize("name", sorted(figures()))
def test_every_figure_says_where_it_comes_from_and_how_far_to_trust_it(name: str) -> None:
    figure = figures()[name]
    assert figure.source
    assert figure.unit
    assert figure.date.isdigit()
    assert figure.status in set(FigureStatus)


@pytest.mark.parametrize(
    ("room", "table"),
    [
        *(
            ("happenings", name)
            for name in (
                "ages",
                "calibration",
                "clock",
                "courses",
                "hospitals",
                "mixes",
                "needs",
                "offences",
                "rates",
                "shapes",
                "terms",
            )
        ),
        *(("effects", name) for name in ("services", "pilots", "planted", "under_recording")),
        ("comparison", "cost_codes"),
    ],
)
def test_every_row_of_every_table_says_its_source_date_and_status(room: str, table: str) -> None:
    found = reference_rows(room, table)
    assert found
    for row in found:
        assert all(row[column] for column in PROVENANCE)
        assert row["status"] in set(FigureStatus)


def test_what_was_not_found_is_called_assumed() -> None:
    assert figures()["arrears.council_tax_recovery"].status is FigureStatus.ASSUMED
    assert figures()["crisis.contacts"].status is FigureStatus.ASSUMED


@pytest.mark.parametrize("name", sorted(name for name, mix in mixes().items() if len(mix.codes) > 1))
def test_the_shares_of_a_mix_come_to_one(name: str) -> None:
    assert mixes()[name].shares.sum() == pytest.approx(1)


@pytest.mark.parametrize("name", _OF_COLUMNS)
def test_a_mix_draws_codes_of_its_column(name: str) -> None:
    table, column = name.split(".")[:2]
    assert set(mixes()[name].codes) <= set(TABLES[table].column(column).codes)


def test_most_mixes_are_of_columns() -> None:
    assert len(_OF_COLUMNS) > 20


def test_offences_share_out_each_category() -> None:
    shares: dict[str, float] = defaultdict(float)
    for offence in offences():
        shares[offence.category] += offence.share
    assert set(shares) == set(FIGURES)
    assert all(total == pytest.approx(1) for total in shares.values())
    assert sum(offence.domestic_share for offence in offences()) == pytest.approx(1)


def test_the_derived_rate_of_theft_is_what_its_source_says() -> None:
    found = sum(
        value(FIGURES[one.category]) * one.share
        for one in offences()
        if one.victim == "person" and one.category != "Violence and sexual offences"
    )
    assert value("theft.from_people") == pytest.approx(found, abs=0.01)


def test_the_derived_rate_of_violence_is_what_its_source_says() -> None:
    domestic = sum(one.domestic_share for one in offences() if one.category.startswith("Violence"))
    left = value("crime.violence_and_sexual") - domestic * value("domestic_abuse.crimes")
    assert value("violence.not_domestic") == pytest.approx(left, abs=0.05)


def test_the_derived_rate_of_burglary_of_homes_is_what_its_source_says() -> None:
    by_person = value("burglary.homes_share") * value("crime.burglary")
    assert value("burglary.homes") == pytest.approx(
        by_person / value("burglary.households_per_person"), abs=0.01
    )


@pytest.mark.parametrize(
    ("room", "table", "column"),
    [
        ("happenings", "rates", "figure"),
        ("happenings", "shapes", "figure"),
        ("happenings", "mixes", "mix"),
        ("population", "rates", "rate"),
        ("places", "stock", "figure"),
    ],
)
def test_no_figure_stands_in_a_table_that_nothing_reads(room: str, table: str, column: str) -> None:
    """A name is read where it stands in the code, whole or as a text with something put in."""
    named, patterns = _names_in_the_code()
    named |= {row["figure"] for row in reference_rows("happenings", "needs")}
    found = {row[column] for row in reference_rows(room, table)}
    unread = {name for name in found - named if not any(pattern.fullmatch(name) for pattern in patterns)}
    assert unread <= _FOR_A_DERIVED_ONE


#: What derived figures of the same table were worked out from; tests above work them out again.
_FOR_A_DERIVED_ONE = {"burglary.homes_share", "burglary.households_per_person"}


def _names_in_the_code() -> tuple[set[str], list[re.Pattern[str]]]:
    folder = Path(str(files("roundtable.county")))
    code = "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.py")))
    filled = re.findall(r'f"([a-z_.{}]+)"', code)
    # `ed.child` is read as f"{name}.{ages}", and `move_owned` as f"{what}_{tenure}".
    patterns = [re.sub(r"\\{.*?\\}", "[^.]+", re.escape(text)) for text in filled if "{" in text]
    return set(re.findall(r'"([^"\n]+)"', code)), [re.compile(one) for one in patterns]


def test_every_need_has_a_rate_and_a_curve_for_its_ages() -> None:
    for need in needs().values():
        assert 0 < need.rate < 2
        assert need.mean > 0
        assert need.own_shape > 0
        assert set(need.loadings) == set(TRAITS)


def test_a_figure_that_is_no_rate_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="not a rate"):
        rate("missing.children")

"""What a contract or an agreement lacks for a delivery to be taken in, and how each is said."""

from __future__ import annotations

import pytest

from roundtable.partnership.model.contract import Dataset
from tests.factories_intake import (
    DropOff,
    column,
    crime_columns,
    crimes,
    good_rows,
    licence,
    zipped,
)
from tests.unit.intake.refusing import refused

GOOD = good_rows(4)
FILE = "deliveries/crimes/2024-01.csv"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("2024-01.xlsx", b"x", "'.xlsx' is not a kind of file that is taken in"),
        (
            "2024-01.parquet",
            b"x",
            "it is a parquet file, and the contract says that table 'street' comes as csv",
        ),
        ("2024-01", b"x", "'no ending' is not a kind of file that is taken in"),
    ],
)
def test_a_kind_of_file_that_is_not_taken(drop_off: DropOff, name: str, content: bytes, says: str) -> None:
    drop_off.deliver("crimes", name, content)
    assert says in refused(drop_off, "kind-of-file")


def test_a_parquet_file_inside_an_archive(drop_off: DropOff) -> None:
    drop_off.agree(crimes(format="parquet"))
    drop_off.deliver("crimes", "all.zip", zipped({"2024-01.parquet": b"x"}))
    assert "a parquet file may not be packed: only CSV files may" in refused(drop_off, "kind-of-file")


def test_a_name_that_fits_no_table(drop_off: DropOff) -> None:
    drop_off.agree(crimes(physicalName="*-street.csv"))
    drop_off.deliver("crimes", "all.zip", zipped({"2024-01-streets.csv": GOOD}))
    assert refused(drop_off, "no-such-table") == (
        "deliveries/crimes/all.zip/2024-01-streets.csv: its name fits no table of the contract; the patterns "
        "are: '*-street.csv' (street)\n"
        "    Give the file the agreed name, or add a table with this physicalName to the contract; a table "
        "without 'canonical' is known and never taken in."
    )


def test_a_name_that_says_no_period(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "january.csv", GOOD)
    assert refused(drop_off, "period-missing") == (
        "deliveries/crimes/january.csv: its name does not say which period it covers, as the contract's "
        "'periodPattern' wants\n"
        "    Rename it, or write 'period: ...' in its note."
    )


def test_nothing_permits_it(drop_off: DropOff) -> None:
    drop_off.agree(crimes(), ends="2026-11-22")
    drop_off.deliver("crimes", "2024-01.csv", GOOD)
    assert refused(drop_off, "not-permitted") == (
        f"{FILE}: no agreement in force lets any of it through\n"
        "    Agreement 'licence' ended on 2026-11-22: its parties must renew it and write the new 'ends'."
    )
    drop_off.agree(crimes())
    assert drop_off.receive_one().rows_kept == 4, "the permits have changed, so it is read again"


def test_too_few_columns_are_permitted(drop_off: DropOff) -> None:
    drop_off.parts = [crimes(), licence(crimes(), columns={"street": ["id", "month", "east"]})]
    drop_off.deliver("crimes", "2024-01.csv", GOOD)
    message = refused(drop_off, "columns-not-granted")
    assert [line for line in message.splitlines()[0::2]] == [
        f"{FILE} (street): no agreement in force lets the column 'kind' through, without which no event "
        "can be made",
        f"{FILE} (street): no agreement in force lets the column 'north' through, without which the "
        "longitude says nothing",
    ]
    assert message.splitlines()[1] == "    Have its parties add it to licence."


@pytest.mark.parametrize(
    ("dataset", "says"),
    [
        (crimes(scheme=None), "it names no 'scheme'"),
        (crimes(delimiter='"'), "its delimiter cannot be used"),
        (crimes(periodPattern="("), "'periodPattern' of table 'street' cannot be used"),
        (
            crimes(periodPattern="x|2024-01"),
            "'periodPattern' of table 'street' cannot be used: no such group",
        ),
        (
            crimes(columns=crime_columns(id=column("id", "source_ids"))),
            "column 'id' becomes 'source_ids', which event does not have",
        ),
        (crimes(columns=crime_columns(kind=column("kind"))), "no column becomes 'code'"),
        (crimes(columns=crime_columns(id=column("id", "code"))), "two columns become 'code'"),
        (
            crimes(
                columns=crime_columns(
                    month=column(
                        "month", "occurred_from", logicalType="date", logicalTypeOptions={"format": "MMM yy"}
                    )
                )
            ),
            "the date format of column 'month': 'M yy' in 'MMM yy' is not one of yyyy, MM",
        ),
        (crimes(format="geojson"), "boundaries come as GeoJSON, and only they"),
        (crimes(canonical="area"), "boundaries come as GeoJSON, and only they"),
        (crimes(canonical="area_population"), "it names no 'areaKind'"),
        (
            crimes(canonical="area_deprivation", areaKind="ward"),
            "it does not say which day its figures describe",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_contract_that_cannot_be_used(drop_off: DropOff, dataset: Dataset, says: str) -> None:
    drop_off.agree(dataset)
    ending = "csv" if dataset.schema_[0].terms.format.value == "csv" else "geojson"
    drop_off.deliver("crimes", f"2024-01.{ending}", GOOD)
    assert says in refused(drop_off, "contract")


def test_a_table_that_is_known_and_never_taken_in(drop_off: DropOff) -> None:
    drop_off.parts = [crimes(canonical=None)]
    drop_off.deliver("crimes", "2024-01.csv", GOOD)
    assert "the contract names no canonical table for anything in it" in refused(drop_off, "not-taken-in")

"""Declared date formats: what each takes, what it leaves, and formats that say too little."""

import duckdb
import pytest

from roundtable.data.intake.dates import UnknownFormat, read_format


def instant(declared: str, value: str) -> str | None:
    """What a text says by a format, in UTC."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    sql = f"SELECT CAST({read_format(declared).instant('v')} AS VARCHAR) FROM (SELECT ? AS v)"
    row = connection.execute(sql, [value]).fetchone()
    return None if row is None or row[0] is None else str(row[0])


@pytest.mark.parametrize(
    ("declared", "value", "found"),
    [
        ("yyyy-MM", "2018-10", "2018-10-01 00:00:00"),
        ("yyyy-MM", "2018-1", None),
        ("yyyy-MM", "2018-13", None),
        ("yyyy-MM", "2018-10-01", None),
        ("yyyy-MM", " 2018-10", None),
        ("yyyy-MM", "0000-01", None),
        ("yyyy-MM-dd", "2024-02-29", "2024-02-29 00:00:00"),
        ("yyyy-MM-dd", "2023-02-29", None),
        ("dd/MM/yyyy", "03/04/2024", "2024-04-03 00:00:00"),
        ("MM/dd/yyyy", "03/04/2024", "2024-03-04 00:00:00"),
        ("dd/MM/yyyy", "3/4/2024", None),
        ("dd.MM.yyyy", "03x04x2024", None),
        ("yyyyMMdd", "20240403", "2024-04-03 00:00:00"),
        ("dd/MM/yyyy HH:mm", "03/04/2024 23:59", "2024-04-03 23:59:00"),
        ("dd/MM/yyyy HH:mm", "03/04/2024 24:00", None),
        ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2024-07-01T10:00:00.125+01:00", "2024-07-01 09:00:00.125+00"),
        ("yyyy-MM-dd'T'HH:mm:ssXXX", "2024-07-01T10:00:00Z", "2024-07-01 10:00:00+00"),
        ("yyyy-MM-dd HH:mm:ss.SSSSSS", "2024-07-01 10:00:00.000001", "2024-07-01 10:00:00.000001"),
    ],
)
def test_a_format_takes_what_it_says_and_nothing_else(declared: str, value: str, found: str | None) -> None:
    assert instant(declared, value) == found


@pytest.mark.parametrize(
    "declared", ["", "dd/MM", "yy-MM-dd", "yyyy", "MM/MM/yyyy", "yyyy-MM-dd hh", "yyyy-mm-dd", "%Y"]
)
def test_a_format_that_cannot_be_read_by(declared: str) -> None:
    with pytest.raises(UnknownFormat):
        read_format(declared)


def test_a_month_has_no_day() -> None:
    assert not read_format("MM/yyyy").has_day
    assert read_format("dd MM yyyy").has_day

"""A column that came later: files from before it, which have not got it, are still taken in."""

from __future__ import annotations

from typing import Any

import pytest

from roundtable.ledger.models import DeliveryStatus
from roundtable.partnership.model.contract import Dataset
from tests.factories_intake import DropOff, column, crime_columns, crimes, csv_rows, good_rows
from tests.unit.intake.test_reading_parquet import as_text, parquet

ACCEPTED, REFUSED = DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED


def later(**terms: Any) -> Dataset:
    """Crimes, with two columns that came later: one is used, one is in the contract alone."""
    how = column("how", "detail:how", codes=["door", "window"], mayBeAbsent=True)
    return crimes(columns=[*crime_columns(), how, column("why", mayBeAbsent=True)], **terms)


def details(drop_off: DropOff) -> list[str]:
    return sorted(row["value"] for row in drop_off.rows("detail"))


@pytest.mark.parametrize("granted", [True, False])
def test_csv_files_from_before_a_column_are_taken_in_beside_those_with_it(
    drop_off: DropOff, granted: bool
) -> None:
    names = [one.name for one in later().schema_[0].properties if one.name != "note"]
    drop_off.agree(later(), columns={"street": [name for name in names if granted or name != "how"]})
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    rows = good_rows(2, "2024-02").decode().splitlines()[1:]
    header = "id,month,east,north,kind,note,how,why"
    drop_off.deliver("crimes", "2024-02.csv", csv_rows(*(f"{row},door,x" for row in rows), header=header))
    receipts = drop_off.receive()
    assert [(one.status, one.rows_kept, one.rows_quarantined, one.told) for one in receipts.values()] == [
        (ACCEPTED, 2, 0, ())
    ] * 2
    assert details(drop_off) == ["door", "door"] * granted


def test_parquet_files_from_before_a_column_are_taken_in(drop_off: DropOff) -> None:
    drop_off.agree(later(format="parquet"))
    drop_off.deliver("crimes", "2024-01.parquet", parquet(as_text()))
    receipt = drop_off.receive_one()
    assert (receipt.status, receipt.rows_kept) == (ACCEPTED, 4)
    assert details(drop_off) == []


def test_any_other_column_that_is_missing_still_refuses(drop_off: DropOff) -> None:
    drop_off.agree(later())
    drop_off.deliver("crimes", "2024-01.csv", csv_rows(header="id,month,east,north,kind"))
    receipt = drop_off.receive_one()
    assert receipt.status is REFUSED and "missing: 'note'" in str(receipt)
    assert "'how'" not in str(receipt)


def test_a_column_that_resembles_it_is_asked_about(drop_off: DropOff) -> None:
    drop_off.agree(later())
    drop_off.deliver("crimes", "2024-01.csv", csv_rows(header="id,month,east,north,kind,note,whys"))
    assert "renamed: 'why' to 'whys'" in str(drop_off.receive_one())


def test_quiet_months_stay_the_deliveries_that_they_were_when_the_header_changes(drop_off: DropOff) -> None:
    """Quiet months have the same bytes; by another header they must not become one, nor contradict it."""
    for month in ("2024-01", "2024-02"):
        drop_off.deliver("crimes", f"{month}.csv", csv_rows())
    before = {name: one.delivery_id for name, one in drop_off.receive().items()}
    assert len(set(before.values())) == 2
    for dataset in (later(), crimes(columns=[*crime_columns(), column("new")])):
        drop_off.agree(dataset)
        receipts = drop_off.receive()
        assert {name: one.delivery_id for name, one in receipts.items()} == before
        assert {one.status for one in receipts.values()} == {ACCEPTED}


def test_quiet_months_from_before_a_column_count_each_by_itself(drop_off: DropOff) -> None:
    drop_off.agree(later())
    for month, header in (("01", ""), ("02", ""), ("03", ",how"), ("04", ",how,why"), ("05", ",how,why")):
        drop_off.deliver(
            "crimes", f"2024-{month}.csv", csv_rows(header=f"id,month,east,north,kind,note{header}")
        )
    assert [one.status for one in drop_off.receive().values()] == [ACCEPTED] * 5

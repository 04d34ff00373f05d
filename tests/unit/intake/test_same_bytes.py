"""Files with the same bytes: one delivery as a rule, and not where the same bytes say something else."""

from __future__ import annotations

from itertools import permutations

import pytest

from roundtable.data.content_hash import content_hash
from roundtable.data.engine import EngineName, open_engine
from roundtable.data.intake.nothing_sent import quiet_period
from roundtable.data.intake.receipts import Receipt
from roundtable.data.standing_rows import standing_of
from roundtable.data.tables import LAKE_TABLES
from roundtable.ledger.models import DeliveryStatus
from roundtable.partnership.model.contract import Dataset
from tests.factories_intake import DropOff, column, contract, crimes, csv_rows, good_rows, table
from tests.factories_people import KEYRING, register

ACCEPTED, REPEATED = DeliveryStatus.ACCEPTED, DeliveryStatus.REPEATED
NIGHT = "id,changed,state,name"


def whole() -> Dataset:
    """People on the books, sent whole each month."""
    columns = [column("id", "source_id", primaryKey=True, required=True), column("name", "person.full_name")]
    terms = {"canonical": "person_record", "arrives": "whole", "periodPattern": r"(?P<period>\d{4}-\d{2})"}
    return contract("books", table("people", columns, **terms), subjects="people")


def statuses(receipts: dict[str, Receipt]) -> list[str]:
    return [f"{name.rpartition('/')[2]} {receipt.status}" for name, receipt in receipts.items()]


def names(drop_off: DropOff) -> list[str]:
    """The people who stand."""
    lake, people = drop_off.lake, LAKE_TABLES["person_record"]
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, KEYRING) as engine:
        rows = engine.scan(people, [file.path for file in lake.files("person_record")])
        stands = engine.to_arrow(standing_of(lake).of(rows, people, engine), people)
    return sorted(stands.column("full_name").to_pylist())


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_every_quiet_month_counts_as_received(drop_off: DropOff, ending: bytes) -> None:
    for month in ("2024-01", "2024-02"):
        drop_off.deliver("crimes", f"{month}.csv", csv_rows().rstrip(b"\n") + ending)
    receipts = drop_off.receive()
    assert [(one.status, one.period, one.rows_received) for one in receipts.values()] == [
        (ACCEPTED, "2024-01", 0),
        (ACCEPTED, "2024-02", 0),
    ]
    state = drop_off.state()
    assert {one.status for one in drop_off.receive().values()} == {ACCEPTED}
    assert drop_off.state() == state


def test_a_copy_of_a_quiet_month_is_a_copy_and_a_correction_corrects_one_month(drop_off: DropOff) -> None:
    for name in ("2024-01.csv", "again-2024-01.csv", "2024-02.csv"):
        drop_off.deliver("crimes", name, csv_rows())
    drop_off.deliver("crimes", "2024-02-b.csv", good_rows(2, "2024-02"), "corrects: 2024-02.csv")
    assert statuses(drop_off.receive()) == [
        "2024-01.csv accepted",
        "2024-02-b.csv accepted",
        "2024-02.csv superseded",
        "again-2024-01.csv repeated",
    ]


def test_a_file_with_rows_is_the_same_whatever_month_its_name_says(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    drop_off.deliver("crimes", "2024-02.csv", good_rows(2))
    assert statuses(drop_off.receive()) == ["2024-01.csv accepted", "2024-02.csv repeated"]
    assert len(drop_off.rows("event")) == 2


def test_a_header_that_is_not_the_contracts_says_nothing_of_a_month(drop_off: DropOff) -> None:
    from roundtable.data.intake.finding_deliveries import FoundDelivery

    path = drop_off.deliver("crimes", "2024-01.csv", b"id,month\n")
    assert quiet_period(FoundDelivery(crimes(), path, path.name, None), "0" * 64) == ""


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_things_may_be_again_as_they_once_were(drop_off: DropOff, order: tuple[int, ...]) -> None:
    """The third month and the third night bring the very bytes of the first: what they say is newer."""
    drop_off.keyring = KEYRING
    drop_off.agree(whole(), register())
    books = {1: "1,Ann Ode", 2: "1,Bo Moss", 3: "1,Ann Ode"}
    nights = {1: "9,,,Cy Reed", 2: "9,,,Cy Weed", 3: "9,,,Cy Reed"}
    for number in order:
        drop_off.deliver("books", f"2024-0{number}.csv", csv_rows(books[number], header="id,name"))
        content = csv_rows(nights[number], header=NIGHT)
        drop_off.deliver("register", f"n{number}.csv", content, f"period: 2024-01-0{number}")
        drop_off.receive()
    assert names(drop_off) == ["Ann Ode", "Cy Reed"]
    assert statuses(drop_off.receive()) == [
        "2024-01.csv repeated",
        "2024-02.csv superseded",
        "2024-03.csv accepted",
        "n1.csv repeated",
        "n2.csv accepted",
        "n3.csv accepted",
    ]


def test_a_note_that_comes_later_is_heeded_and_nothing_goes_in_and_out(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    late = drop_off.deliver("crimes", "2024-02.csv", good_rows(3, "2024-02"))
    assert statuses(drop_off.receive()) == ["2024-01.csv accepted", "2024-02.csv accepted"]
    late.with_name("2024-02.csv.note.yaml").write_text("corrects: 2024-01.csv", encoding="utf-8")
    receipts = drop_off.receive()
    assert statuses(receipts) == ["2024-01.csv accepted", "2024-02.csv refused"]
    assert "leaves out street of 2024-01" in str(receipts["crimes/2024-02.csv"])
    state, rows = drop_off.state(), content_hash(drop_off.table("event"))
    drop_off.receive()
    assert drop_off.state() == state and content_hash(drop_off.table("event")) == rows
    late.with_name("2024-02.csv.note.yaml").unlink()
    assert statuses(drop_off.receive()) == ["2024-01.csv accepted", "2024-02.csv accepted"]


def test_what_corrects_a_correction_that_was_refused_takes_nothing_away(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    drop_off.deliver("crimes", "2024-02-b.csv", good_rows(3, "2024-02"), "corrects: 2024-01.csv")
    drop_off.deliver("crimes", "2024-02-c.csv", good_rows(4, "2024-02"), "corrects: 2024-02-b.csv")
    assert statuses(drop_off.receive()) == [
        "2024-01.csv accepted",
        "2024-02-b.csv refused",
        "2024-02-c.csv accepted",
    ]
    assert len(drop_off.rows("event")) == 6

"""What is said of deliveries that were never read, and of many that one thing mends."""

from __future__ import annotations

import pytest

from roundtable.cli.receive import print_receipts
from roundtable.data.intake.lacking_keys import told_together
from roundtable.ledger.models import DeliveryStatus
from tests.factories_intake import DropOff, column, contract, crimes, good_rows, table
from tests.factories_people import KEYRING, incident, incident_file, incidents, register

BOOKS = contract(
    "books",
    table(
        "shelves",
        [
            column("code", "area_id", primaryKey=True, required=True),
            column("people", "people", logicalType="number"),
        ],
        canonical="area_population",
        areaKind="ward",
        asOf="2020-06-30",
        arrives="whole",
        periodPattern=r"(?P<period>\d{4}-\d{2})",
    ),
)


def test_what_was_never_read_is_not_told_as_no_rows(
    drop_off: DropOff, capsys: pytest.CaptureFixture[str]
) -> None:
    drop_off.agree(BOOKS)
    for month in ("01", "02"):
        drop_off.deliver("books", f"2024-{month}.csv", f"code,people\nE{month},5\n".encode())
    first, second = drop_off.receive().values()
    assert (first.status, first.read, second.read) == (DeliveryStatus.SUPERSEDED, False, True)
    assert first.told == (f"It was not read: superseded by {second.delivery_id}.",)
    assert first.as_json()["rows"]["received"] is None
    print_receipts([first, second])
    told = capsys.readouterr().out.splitlines()
    assert told[1].split() == ["superseded", "not", "read", first.file]
    assert told[3].split() == ["accepted", "1", "1", "0", second.file]
    assert [one.read for one in drop_off.receive().values()] == [False, True], "the ledger knows it too"


def test_what_was_read_before_it_was_superseded_keeps_its_numbers(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    drop_off.receive()
    drop_off.deliver("crimes", "2024-01-b.csv", good_rows(3), "corrects: 2024-01.csv")
    receipts = drop_off.receive()
    was = receipts["crimes/2024-01.csv"]
    assert (was.status, was.read, was.rows_received) == (DeliveryStatus.SUPERSEDED, True, 2)
    assert was.told == (f"It was superseded by {receipts['crimes/2024-01-b.csv'].delivery_id}.",)


def test_one_message_for_all_that_want_the_keys(drop_off: DropOff) -> None:
    drop_off.agree(crimes(), incidents(), register())
    for number in range(1, 6):
        content = incident_file(incident(f"i{number}"))
        drop_off.deliver("incidents", f"2025-0{number}.csv", content)
    drop_off.deliver("register", "n1.csv", b"id,changed,state,name\n1,,,Ann Ode\n", "period: 2024-01-01")
    drop_off.deliver("crimes", "2024-06.csv", b"refused\n")
    for _ in range(2):
        keys, other = told_together(list(drop_off.receive().values()), drop_off.folder)
        assert (keys.rule, other.rule) == ("keys-missing", "header")
        assert keys.what == (
            "6 deliveries of the datasets incidents, register are about people or addresses, "
            "and this process has no key to the vault"
        )
        assert keys.remedy.startswith(f"Make keys with `roundtable keys init {drop_off.folder}`, or put")


def test_new_keys_are_not_proposed_where_something_is_encrypted(drop_off: DropOff) -> None:
    drop_off.keyring = KEYRING
    drop_off.agree(incidents())
    drop_off.deliver("incidents", "2025-01.csv", incident_file(incident()))
    drop_off.receive()
    (drop_off.folder / ".roundtable" / "seen.json").unlink()
    drop_off.keyring = None
    (problem,) = told_together(list(drop_off.receive().values()), drop_off.folder)
    assert problem.what.startswith(
        "deliveries/incidents/2025-01.csv of the dataset incidents is about people"
    )
    assert problem.remedy == "Put the key file back where ROUNDTABLE_KEYS says; then receive again."

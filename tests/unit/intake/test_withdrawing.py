"""Deliveries that a sender withdraws, whole registers, and two that contradict each other."""

from __future__ import annotations

import pytest

from roundtable.data.intake.receipts import Receipt
from roundtable.ledger import audit, deliveries
from roundtable.ledger.models import DeliveryStatus
from tests.factories_intake import DropOff, contract, crimes, csv_rows, good_rows, people, zipped

ACCEPTED, REFUSED = DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED
SUPERSEDED, WITHDRAWN = DeliveryStatus.SUPERSEDED, DeliveryStatus.WITHDRAWN


def statuses(receipts: dict[str, Receipt]) -> dict[str, DeliveryStatus]:
    return {name.rpartition("/")[2]: receipt.status for name, receipt in receipts.items()}


def withdraw(drop_off: DropOff, said: str, name: str = "w.withdraw.note.yaml") -> None:
    drop_off.deliver("crimes", name, said.encode())


@pytest.mark.parametrize("named", ["2024-01.csv", "deliveries/crimes/2024-01.csv", "id", "sha256"])
def test_the_rows_of_a_withdrawn_delivery_stand_no_more(drop_off: DropOff, named: str) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2) + b"bad\n")
    one = drop_off.receive_one()
    record = deliveries.known(one.delivery_id)
    assert record is not None
    said = {"id": one.delivery_id, "sha256": record.sha256[:12]}.get(named, named)
    withdraw(drop_off, f"withdraws: '{said}'\nreason: It was a test.\n")
    receipts = drop_off.receive()
    assert statuses(receipts) == {"2024-01.csv": WITHDRAWN, "w.withdraw.note.yaml": WITHDRAWN}
    assert receipts["crimes/2024-01.csv"].told == (
        "It was withdrawn by deliveries/crimes/w.withdraw.note.yaml: It was a test.",
    )
    assert (drop_off.rows("event"), drop_off.rows("quarantine")) == ([], [])
    assert [event.action for event in audit.events()][-3:] == [
        "delivery.withdrawal",
        "delivery.removed",
        "lake.published",
    ]
    state = drop_off.state()
    assert not any(receipt.fresh for receipt in drop_off.receive().values())
    assert drop_off.state() == state


def test_a_withdrawal_may_come_first_and_outlasts_its_note(drop_off: DropOff) -> None:
    withdraw(drop_off, "withdraws: 2024-01.csv\n")
    assert statuses(drop_off.receive()) == {"w.withdraw.note.yaml": WITHDRAWN}
    (drop_off.folder / "deliveries/crimes/w.withdraw.note.yaml").unlink()
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    assert statuses(drop_off.receive()) == {"2024-01.csv": WITHDRAWN}
    assert drop_off.rows("event") == []


def test_what_was_drawn_up_later_under_the_same_name_is_not_meant(drop_off: DropOff) -> None:
    withdraw(drop_off, "withdraws: 2024-01.csv\nas_at: '2024-02-02T00:00:00Z'\n")
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2), note="as_at: '2024-02-03T00:00:00Z'")
    assert statuses(drop_off.receive())["2024-01.csv"] is ACCEPTED


def test_what_a_withdrawn_correction_corrected_stands_again(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    drop_off.deliver("crimes", "2024-01-b.csv", good_rows(3), note="corrects: 2024-01.csv")
    drop_off.receive()
    assert len(drop_off.rows("event")) == 3
    withdraw(drop_off, "withdraws: 2024-01-b.csv\n")
    assert statuses(drop_off.receive())["2024-01.csv"] is ACCEPTED
    assert len(drop_off.rows("event")) == 2


def test_a_note_beside_a_delivery_may_withdraw_another(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    drop_off.deliver("crimes", "2024-02.csv", good_rows(3, "2024-02"), note="withdraws: 2024-01.csv")
    assert statuses(drop_off.receive()) == {"2024-01.csv": WITHDRAWN, "2024-02.csv": ACCEPTED}


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("reason: why\n", "'withdraws' cannot be used"),
        ("withdraws: x\nrows: 3\n", "a note has no 'rows'"),
        ("withdraws: x\nas_at: '2024-02-02'\n", "'as_at' cannot be used"),
        ("{", "cannot be read|expected|while parsing"),
    ],
)
def test_a_withdrawal_that_cannot_be_read_is_refused(drop_off: DropOff, said: str, says: str) -> None:
    withdraw(drop_off, said)
    receipt = drop_off.receive()["crimes/w.withdraw.note.yaml"]
    assert receipt.status is REFUSED and {problem.rule for problem in receipt.problems} == {"note"}
    assert any(word in str(receipt) for word in says.split("|")), str(receipt)
    assert deliveries.withdrawals() == ()


def test_of_whole_registers_the_newest_stands(drop_off: DropOff) -> None:
    drop_off.agree(people(arrives="whole"))
    for name, as_at, number in (("b", "2024-02-01", 2), ("a", "2024-03-01", 3), ("c", "2024-01-01", 4)):
        rows = (f"W{n},{n}" for n in range(number))
        note = f"as_at: '{as_at}T00:00:00Z'"
        drop_off.deliver("people", f"{name}.csv", csv_rows(*rows, header="code,people"), note=note)
        drop_off.receive()
    assert statuses(drop_off.receive()) == {"a.csv": ACCEPTED, "b.csv": SUPERSEDED, "c.csv": SUPERSEDED}
    assert len(drop_off.rows("area_population")) == 3


def test_registers_that_do_not_say_of_when_they_are_wait_for_a_word(drop_off: DropOff) -> None:
    drop_off.agree(people(arrives="whole"))
    for name in ("a", "b"):
        drop_off.deliver("people", f"{name}.csv", csv_rows(f"{name},1", header="code,people"))
    assert statuses(drop_off.receive()) == {"a.csv": ACCEPTED, "b.csv": REFUSED}


@pytest.mark.parametrize("first", ["2024-01-a.csv", "2024-01-b.csv"])
def test_of_two_that_contradict_each_other_the_same_one_stands(drop_off: DropOff, first: str) -> None:
    contents = {"2024-01-a.csv": good_rows(1), "2024-01-b.csv": good_rows(2)}
    for name in sorted(contents, key=lambda name: name != first):
        drop_off.deliver("crimes", name, contents[name])
        receipts = drop_off.receive()
    assert statuses(receipts) == {"2024-01-a.csv": ACCEPTED, "2024-01-b.csv": REFUSED}
    assert len(drop_off.rows("event")) == 1


def test_an_archive_of_a_year_is_not_given_up_for_one_of_its_months(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(9), note="as_at: '2025-01-01T00:00:00Z'")
    drop_off.receive()
    year = {f"2024-0{n}.csv": good_rows(n, f"2024-0{n}") for n in (1, 2, 3)}
    drop_off.deliver("crimes", "all.zip", zipped(year))
    assert statuses(drop_off.receive()) == {"2024-01.csv": REFUSED, "all.zip": ACCEPTED}
    assert len(drop_off.rows("event")) == 6


def test_tables_that_arrive_in_different_ways_are_not_sent_in_one_file(drop_off: DropOff) -> None:
    street = crimes(physicalName="*-street.csv").model_dump(mode="json", by_alias=True)["schema"][0]
    listed = people(arrives="whole", physicalName="*-people.csv").model_dump(mode="json", by_alias=True)
    drop_off.agree(contract("crimes", street, listed["schema"][0]))
    files = {"2024-01-street.csv": good_rows(1), "2024-01-people.csv": csv_rows("W1,3", header="code,people")}
    drop_off.deliver("crimes", "all.zip", zipped(files))
    (problem,) = drop_off.receive_one().problems
    assert problem.rule == "arrives-mixed"
    assert "it holds tables that arrive in different ways: periods and whole" in problem.what


def test_the_same_bytes_may_be_sent_anew_under_another_name(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    drop_off.receive()
    withdraw(drop_off, "withdraws: 2024-01.csv\n")
    drop_off.receive()
    drop_off.deliver("crimes", "2024-01-anew.csv", good_rows(2))
    found = statuses(drop_off.receive())
    assert (found["2024-01-anew.csv"], found["2024-01.csv"]) == (ACCEPTED, DeliveryStatus.REPEATED)
    assert len(drop_off.rows("event")) == 2

"""Deliveries beside each other: repeated, late, out of order, corrected, and the same period again."""

from __future__ import annotations

from itertools import permutations

import pytest

from roundtable.data.intake.receipts import Receipt
from roundtable.ledger.models import DeliveryStatus
from tests.factories_intake import DropOff, crimes, good_rows, places, sha256, zipped

ACCEPTED, REFUSED = DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED
REPEATED, SUPERSEDED = DeliveryStatus.REPEATED, DeliveryStatus.SUPERSEDED


def statuses(receipts: dict[str, Receipt]) -> dict[str, DeliveryStatus]:
    return {name.removeprefix("crimes/"): receipt.status for name, receipt in receipts.items()}


def rule(receipt: Receipt) -> str:
    (problem,) = receipt.problems
    return problem.rule


def test_a_late_delivery_of_an_earlier_month_is_taken(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-03.csv", good_rows(3))
    drop_off.receive()
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    assert statuses(drop_off.receive()) == {"2024-01.csv": ACCEPTED, "2024-03.csv": ACCEPTED}
    assert len(drop_off.rows("event")) == 5


@pytest.mark.parametrize("corrects", ["old.zip", "deliveries/crimes/old.zip", "id", "sha256", "SHA256"])
def test_a_correction_may_name_the_file_its_id_or_its_hash(drop_off: DropOff, corrects: str) -> None:
    content = zipped({"2024-01.csv": good_rows(2), "2024-02.csv": good_rows(3)})
    drop_off.deliver("crimes", "old.zip", content)
    old = drop_off.receive_one()
    names = {"id": old.delivery_id, "sha256": sha256(content), "SHA256": sha256(content)[:8].upper()}
    new = zipped({"2024-01.csv": good_rows(5), "2024-02.csv": good_rows(3), "2024-03.csv": good_rows(1)})
    drop_off.deliver("crimes", "new.zip", new, note=f"corrects: '{names.get(corrects, corrects)}'")
    assert statuses(drop_off.receive()) == {"new.zip": ACCEPTED, "old.zip": SUPERSEDED}
    assert len(drop_off.rows("event")) == 9


def test_a_file_that_was_written_over_names_what_it_was(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    old = drop_off.receive_one()
    drop_off.deliver("crimes", "2024-01.csv", good_rows(3))
    receipt = drop_off.receive_one()
    assert rule(receipt) == "period-again"
    assert f"write 'corrects: {old.delivery_id}' in 2024-01.csv.note.yaml" in str(receipt)
    drop_off.deliver("crimes", "2024-01.csv", good_rows(3), note=f"corrects: {old.delivery_id}")
    assert drop_off.receive_one().status is ACCEPTED
    assert len(drop_off.rows("event")) == 3


def test_a_correction_waits_for_what_it_corrects(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01-b.csv", good_rows(3), note="corrects: 2024-01.csv")
    receipt = drop_off.receive_one()
    assert rule(receipt) == "corrects-nothing"
    assert str(receipt) == (
        "deliveries/crimes/2024-01-b.csv: it says that it corrects '2024-01.csv', "
        "which has not been taken in\n"
        "    It is taken in once that one is here; if it never will be, take 'corrects' out of the note."
    )
    state = drop_off.state()
    assert drop_off.receive_one().fresh is False
    assert drop_off.state() == state, "it is looked at again, and its refusal is written once"
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    assert statuses(drop_off.receive()) == {"2024-01-b.csv": ACCEPTED, "2024-01.csv": SUPERSEDED}
    assert len(drop_off.rows("event")) == 3


def test_only_what_stands_can_be_corrected(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    drop_off.deliver("crimes", "2024-01-b.csv", good_rows(3), note="corrects: 2024-01.csv")
    drop_off.receive()
    drop_off.deliver("crimes", "2024-01-c.csv", good_rows(4), note="corrects: 2024-01.csv")
    receipt = drop_off.receive()["crimes/2024-01-c.csv"]
    assert rule(receipt) == "corrects-superseded"
    assert "which has been superseded by " in str(receipt)
    drop_off.deliver("crimes", "2024-01-c.csv", good_rows(4), note="corrects: 2024-01-b.csv")
    assert drop_off.receive()["crimes/2024-01-c.csv"].status is ACCEPTED
    assert len(drop_off.rows("event")) == 4


def test_a_correction_is_of_the_whole_delivery(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "all.zip", zipped({f"2024-0{n}.csv": good_rows(n) for n in (1, 2, 3)}))
    drop_off.receive()
    drop_off.deliver("crimes", "2024-02.csv", good_rows(9), note="corrects: all.zip")
    receipt = drop_off.receive()["crimes/2024-02.csv"]
    assert rule(receipt) == "corrects-part"
    assert str(receipt) == (
        "deliveries/crimes/2024-02.csv: it corrects deliveries/crimes/all.zip, but leaves out street of "
        "2024-01, street of 2024-03, which the other one had\n"
        "    A correction replaces the whole delivery: send all of it again, corrected."
    )


def test_a_correction_may_not_take_in_a_third_deliverys_period(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(1))
    drop_off.deliver("crimes", "2024-02.csv", good_rows(2))
    drop_off.receive()
    both = zipped({"2024-01.csv": good_rows(5), "2024-02.csv": good_rows(6)})
    drop_off.deliver("crimes", "both.zip", both, note="corrects: 2024-01.csv")
    receipt = drop_off.receive()["crimes/both.zip"]
    assert rule(receipt) == "period-again"
    assert "deliveries/crimes/2024-02.csv stands for that" in str(receipt)


def test_a_table_without_periods_is_delivered_once(drop_off: DropOff) -> None:
    drop_off.agree(crimes(periodPattern=None))
    drop_off.deliver("crimes", "first.csv", good_rows(1))
    drop_off.deliver("crimes", "second.csv", good_rows(2))
    receipt = drop_off.receive()["crimes/second.csv"]
    assert rule(receipt) == "period-again"
    assert "it brings table 'street' again with other content" in str(receipt)


def test_a_note_may_give_the_period(drop_off: DropOff) -> None:
    drop_off.agree(crimes(periodPattern=None))
    drop_off.deliver("crimes", "first.csv", good_rows(1), note="period: January")
    drop_off.deliver("crimes", "second.csv", good_rows(2), note="period: February")
    assert set(statuses(drop_off.receive()).values()) == {ACCEPTED}
    ids = {row["event_id"] for row in drop_off.rows("event")}
    assert ids == {"January/first/1", "February/second/1", "February/second/2"}


def test_a_delivery_that_was_refused_for_its_own_fault_can_be_corrected(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", b"id\n1\n")
    drop_off.deliver("crimes", "2024-01-b.csv", good_rows(3), note="corrects: 2024-01.csv")
    assert statuses(drop_off.receive()) == {"2024-01.csv": REFUSED, "2024-01-b.csv": ACCEPTED}


def test_one_of_two_files_that_bring_the_same_period_is_taken(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01-a.csv", good_rows(1))
    drop_off.deliver("crimes", "2024-01-b.csv", good_rows(2))
    assert statuses(drop_off.receive()) == {"2024-01-a.csv": ACCEPTED, "2024-01-b.csv": REFUSED}


def test_the_same_bytes_for_two_datasets_are_two_deliveries(drop_off: DropOff) -> None:
    drop_off.agree(crimes("north"), crimes("south"))
    drop_off.deliver("north", "2024-01.csv", good_rows(2))
    drop_off.deliver("south", "2024-01.csv", good_rows(2))
    receipts = drop_off.receive()
    assert {receipt.status for receipt in receipts.values()} == {ACCEPTED}
    assert len({receipt.delivery_id for receipt in receipts.values()}) == 2


def test_two_corrections_that_name_each_other_wait_for_ever(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(1), note="corrects: 2024-02.csv")
    drop_off.deliver("crimes", "2024-02.csv", good_rows(2), note="corrects: 2024-01.csv")
    assert {rule(receipt) for receipt in drop_off.receive().values()} == {"corrects-nothing"}


CHAIN = (
    ("2024-01.csv", 1, None),
    ("2024-01-b.csv", 2, "corrects: 2024-01.csv"),
    ("2024-01-c.csv", 3, "corrects: 2024-01-b.csv"),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_chain_of_corrections_ends_the_same_in_any_order(drop_off: DropOff, order: tuple[int, ...]) -> None:
    for number in order:
        name, rows, note = CHAIN[number]
        drop_off.deliver("crimes", name, good_rows(rows), note=note)
        drop_off.receive()
    assert statuses(drop_off.receive()) == {
        "2024-01.csv": SUPERSEDED,
        "2024-01-b.csv": SUPERSEDED,
        "2024-01-c.csv": ACCEPTED,
    }
    assert len(drop_off.rows("event")) == 3


def test_boundaries_are_corrected_like_anything_else(drop_off: DropOff) -> None:
    drop_off.agree(places())
    feature = (
        '{"type": "Feature", "properties": {"code": "W1", "name": "%s"}, "geometry": '
        '{"type": "Polygon", "coordinates": [[[-1, 54], [-1, 55], [0, 55], [-1, 54]]]}}'
    )
    collection = '{"type": "FeatureCollection", "features": [%s]}'
    drop_off.deliver("places", "a.geojson", (collection % (feature % "Old")).encode())
    drop_off.receive()
    drop_off.deliver(
        "places", "b.geojson", (collection % (feature % "New")).encode(), note="corrects: a.geojson"
    )
    drop_off.receive()
    assert [row["name"] for row in drop_off.rows("area")] == ["New"]

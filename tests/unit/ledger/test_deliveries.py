"""Receipts: kept with their files, taken the place of by later ones, superseded by corrections."""

from dataclasses import replace
from pathlib import Path

import pytest

from roundtable.ledger import deliveries, snapshots
from roundtable.ledger.deliveries import DeliveryRecord, Member
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.models import DeliveredFile, DeliveryStatus

RECEIPT = DeliveryRecord(
    delivery_id="00000000000000aa",
    dataset="police-uk",
    agency="police",
    file="deliveries/police-uk/2024-01.zip",
    sha256="a" * 64,
    bytes=12,
    period="2024-01",
    status=DeliveryStatus.ACCEPTED,
    reason="",
    corrects="",
    contract_fingerprint="c" * 64,
    permit_fingerprint="d" * 64,
    rows_received=10,
    rows_kept=9,
    rows_quarantined=1,
    agreements=("ogl", "police-open-data"),
    members=(Member("a.csv", "street", "e" * 64, 4, 4, 0), Member("b.csv", "street", "f" * 64, 6, 5, 1)),
)


def test_a_receipt_comes_back_as_it_was_kept(ledger: Path) -> None:
    deliveries.record(RECEIPT)
    assert deliveries.known(RECEIPT.delivery_id) == RECEIPT
    assert deliveries.known("0000000000000000") is None


def test_a_refused_delivery_that_is_taken_later_has_one_receipt(ledger: Path) -> None:
    refused = replace(RECEIPT, status=DeliveryStatus.REFUSED, reason="the header changed", members=())
    deliveries.record(refused)
    assert deliveries.standing() == ()
    deliveries.record(RECEIPT)
    assert deliveries.every_delivery() == (RECEIPT,)
    assert DeliveredFile.objects.count() == 2


def test_a_correction_supersedes_what_it_corrects(ledger: Path) -> None:
    correction = replace(RECEIPT, delivery_id="00000000000000bb", corrects=RECEIPT.delivery_id)
    deliveries.record(RECEIPT)
    deliveries.record(correction, replaces=[RECEIPT.delivery_id])
    assert deliveries.standing() == (correction,)
    old = deliveries.known(RECEIPT.delivery_id)
    assert old is not None
    assert (old.status, old.reason) == (DeliveryStatus.SUPERSEDED, "superseded by 00000000000000bb")


def test_standing_deliveries_are_asked_for_by_dataset(ledger: Path) -> None:
    other = replace(RECEIPT, delivery_id="00000000000000cc", dataset="areas", members=())
    for receipt in (RECEIPT, other):
        deliveries.record(receipt)
    assert deliveries.standing("areas") == (other,)
    assert deliveries.standing() == (other, RECEIPT)


def test_a_receipt_stands_or_falls_with_its_transaction(ledger: Path) -> None:
    with pytest.raises(ZeroDivisionError), ledger_transaction():
        deliveries.record(RECEIPT, snapshots.add_snapshot("delivery").id)
        raise ZeroDivisionError
    assert deliveries.every_delivery() == ()
    assert snapshots.current_snapshot() == 0
    with ledger_transaction():
        assert snapshots.add_snapshot("delivery").id == 1

"""What becomes of a delivered file once it is taken in, and that the intake still knows it."""

import gzip
from datetime import UTC, datetime
from typing import Any

import pytest

from roundtable.data.intake.raw import raw_term, seal_raw_again
from roundtable.data.vault.sealed_file import read_header
from roundtable.governance.keys import Keyring
from roundtable.governance.rights.keyed import Keyed
from roundtable.ledger import erasures, seals
from roundtable.ledger.erasures import Order
from roundtable.ledger.models import DeliveryStatus, ErasureCause, SealKind
from roundtable.partnership.model.agreement import RawDeliveries
from roundtable.partnership.model.contract import Dataset
from tests.factories import agreement
from tests.factories_intake import DropOff, column, contract, crimes, good_rows, table
from tests.factories_people import (
    INCIDENT_HEADER,
    KEYRING,
    ROTATED,
    incident,
    incident_columns,
    incident_file,
    incidents,
)

MONTH = "2025-04.csv"


@pytest.fixture
def keyed(drop_off: DropOff) -> DropOff:
    """A drop-off whose process has the keys, in which incidents about people are agreed."""
    drop_off.keyring = KEYRING
    drop_off.agree(incidents())
    return drop_off


def _names(drop_off: DropOff) -> list[str]:
    root = drop_off.folder / "deliveries"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_a_file_about_people_is_encrypted_once_it_is_taken_in(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident()), note="rows: 1\n")
    assert keyed.receive_one().status is DeliveryStatus.ACCEPTED
    assert _names(keyed) == [f"incidents/{MONTH}.note.yaml", f"incidents/{MONTH}.vault"]
    assert b"Featherby" not in (keyed.folder / "deliveries" / "incidents" / f"{MONTH}.vault").read_bytes()


def test_the_intake_still_knows_it_as_it_was_received(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident()))
    first = keyed.receive_one()
    state = keyed.state()
    again = keyed.receive_one()
    assert (again.delivery_id, again.fresh, again.file) == (first.delivery_id, False, first.file)
    assert keyed.state() == state
    (keyed.folder / ".roundtable" / "seen.json").unlink()
    assert keyed.receive_one().delivery_id == first.delivery_id, "worked out from what is encrypted"
    keyed.deliver("incidents", "again-2025-04.csv", incident_file(incident()))
    statuses = sorted(receipt.status for receipt in keyed.receive().values())
    assert statuses == [DeliveryStatus.ACCEPTED, DeliveryStatus.REPEATED]
    assert all(name.endswith(".vault") for name in _names(keyed)), "a copy is as private"


@pytest.mark.parametrize("packed", [False, True])
def test_it_can_be_read_again_when_its_contract_has_changed(keyed: DropOff, packed: bool) -> None:
    content = incident_file(incident(), incident("i2", weapon="axe"))
    name = f"{MONTH}.gz" if packed else MONTH
    keyed.deliver("incidents", name, gzip.compress(content, mtime=0) if packed else content)
    assert keyed.receive_one().rows_kept == 1
    weapon = column("weapon", "detail:weapon", codes=["knife", "none", "axe"], unknownCodes=["?"])
    keyed.agree(incidents(columns=incident_columns(weapon=weapon)))
    assert keyed.receive_one().rows_kept == 2
    assert not list((keyed.folder / ".roundtable" / "scratch").glob("*")), "nothing is unsealed to a disk"


def test_it_is_encrypted_again_with_a_new_version_of_the_keys(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident()))
    first = keyed.receive_one()
    path = keyed.folder / "deliveries" / "incidents" / f"{MONTH}.vault"
    before = path.read_bytes()
    assert seal_raw_again(keyed.folder, KEYRING) == 0
    assert seal_raw_again(keyed.folder, ROTATED) == 1
    assert seal_raw_again(keyed.folder, ROTATED) == 0
    assert read_header(before).version == 1
    assert read_header(path.read_bytes()).version == 2
    assert _names(keyed) == [f"incidents/{MONTH}.vault"]
    keyed.keyring = Keyring(ROTATED.owner, ROTATED.versions)
    again = keyed.receive_one()
    assert (again.delivery_id, again.fresh) == (first.delivery_id, False)


def test_a_refused_file_stays_for_its_sender_to_mend(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, b"other,header\n1,2\n")
    assert keyed.receive_one().refused
    assert _names(keyed) == [f"incidents/{MONTH}"]


def test_a_file_that_was_half_encrypted_when_the_power_went_is_encrypted_again(keyed: DropOff) -> None:
    path = keyed.deliver("incidents", MONTH, incident_file(incident()))
    keyed.receive_one()
    sealed = path.with_name(f"{MONTH}.vault")
    whole = sealed.read_bytes()
    path.write_bytes(incident_file(incident()))
    sealed.write_bytes(whole[:50])
    assert keyed.receive_one().status is DeliveryStatus.ACCEPTED
    assert sealed.read_bytes() == whole
    assert not path.exists()


def test_it_is_deleted_with_its_note_where_the_agreement_says_so(keyed: DropOff) -> None:
    keyed.agree(incidents(), raw_deliveries="delete")
    keyed.deliver("incidents", MONTH, incident_file(incident()), note="rows: 1\n")
    assert keyed.receive_one().rows_kept == 1
    assert _names(keyed) == []
    assert keyed.receive() == {}
    assert len(keyed.rows("event")) == 1, "what it brought stands"


def test_open_data_stay_as_they_are(drop_off: DropOff) -> None:
    drop_off.keyring = KEYRING
    drop_off.deliver("crimes", "2024-01.csv", good_rows(3))
    drop_off.receive_one()
    assert _names(drop_off) == ["crimes/2024-01.csv"]


def test_a_late_note_takes_nothing_out_where_the_keys_are_not_there(keyed: DropOff) -> None:
    """That it cannot be read again now says nothing of it; with the keys, the note is heeded."""
    keyed.deliver("incidents", MONTH, incident_file(incident()))
    keyed.receive_one()
    note = keyed.folder / "deliveries" / "incidents" / f"{MONTH}.note.yaml"
    note.write_text("rows: 7\n", encoding="utf-8")
    keys, keyed.keyring = keyed.keyring, None
    receipt = keyed.receive_one()
    assert receipt.status is DeliveryStatus.ACCEPTED
    assert "could not be read again" in str(receipt)
    keyed.keyring = keys
    assert len(keyed.rows("person_record")) == 1
    assert keyed.receive_one().status is DeliveryStatus.REFUSED
    assert keyed.rows("person_record") == []


def test_without_keys_it_is_not_known_again_and_says_why(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident()))
    keyed.receive_one()
    (keyed.folder / ".roundtable" / "seen.json").unlink()
    keyed.keyring = None
    receipt = keyed.receive_one()
    assert [problem.rule for problem in receipt.problems] == ["keys-missing"]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ((), RawDeliveries.KEEP_ENCRYPTED),
        (("keep",), RawDeliveries.KEEP),
        (("keep", "keep_encrypted"), RawDeliveries.KEEP_ENCRYPTED),
        (("delete", "keep"), RawDeliveries.DELETE),
    ],
)
def test_the_strictest_agreement_holds(terms: tuple[str, ...], expected: RawDeliveries) -> None:
    made = [agreement(f"a{n}", raw_deliveries=term) for n, term in enumerate(terms)]
    assert raw_term(incidents(), made) is expected
    assert raw_term(crimes(), []) is RawDeliveries.KEEP


def test_a_flagged_row_seals_its_person_on_arrival(keyed: DropOff) -> None:
    flag = column("safe", "person.seal", codes=["Y", "N"])
    flag["customProperties"][0]["value"] |= {"seals": "protected_address", "sealCodes": ["Y"]}
    keyed.agree(incidents(columns=[*incident_columns(), flag]))
    header = f"{INCIDENT_HEADER},safe"
    rows = [incident() + ",Y", incident("i2", nhs="", home="") + ",N"]
    keyed.deliver("incidents", MONTH, "\n".join((header, *rows, "")).encode())
    assert keyed.receive_one().rows_kept == 2
    assert [row["seal"] for row in keyed.rows("person_record")] == ["protected_address", None]
    (seal,) = seals.every_seal()
    assert (seal.kind, seal.set_by) == ("protected_address", "incidents")
    kinds = {mark.what.value for mark in seals.standing_marks()[seal.number]}
    assert {"record", "address", "nhs number"} <= kinds


def test_a_flag_column_says_what_it_seals(keyed: DropOff) -> None:
    keyed.agree(incidents(columns=[*incident_columns(), column("safe", "person.seal", codes=["Y"])]))
    keyed.deliver("incidents", MONTH, f"{INCIDENT_HEADER},safe\n{incident()},Y\n".encode())
    receipt = keyed.receive_one()
    assert receipt.refused
    assert "'seals' and 'sealCodes'" in str(receipt)


def test_what_was_erased_is_set_aside_when_it_is_sent_again(keyed: DropOff) -> None:
    mark = Keyed(KEYRING).nhs_number("9990000018")
    assert mark is not None
    order = Order(ErasureCause.REQUEST, "request 1", "a", "b")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    erasures.begin(order, [], [], [], [("incidents", mark)], at)
    rows = [incident(), incident("i2", nhs="9990000026")]
    keyed.deliver("incidents", MONTH, incident_file(*rows))
    receipt = keyed.receive_one()
    assert (receipt.rows_received, receipt.rows_kept, receipt.rows_dismissed) == (2, 1, 1)
    assert "what was erased does not come back" in str(receipt)
    assert [row["source_id"] for row in keyed.rows("event")] == ["i2"]
    assert [row["nhs_number"] for row in keyed.rows("person_record")] == ["9990000026"]
    assert {row["of_id"] for row in keyed.rows("detail")} == {"2025-04/2"}


def _places(*columns: dict[str, Any]) -> Dataset:
    places = table("places", columns, canonical="address_record")
    return contract("gazetteer", places, subjects="properties", created_by="police")


def test_a_flagged_property_comes_with_its_seal(keyed: DropOff) -> None:
    flag = column("refuge", "seal", codes=["Y", "N"])
    flag["customProperties"][0]["value"] |= {"seals": "protected_address", "sealCodes": ["Y"]}
    whole = [column("uprn", "uprn", primaryKey=True, required=True), column("line", "address"), flag]
    keyed.agree(_places(*whole))
    keyed.deliver(
        "gazetteer", MONTH, b"uprn,line,refuge\n999000000001,1 Elm Row,Y\n999000000002,2 Elm Row,N\n"
    )
    assert keyed.receive_one().rows_kept == 2
    assert [row["seal"] for row in keyed.rows("address_record")] in (
        ["protected_address", None],
        [None, "protected_address"],
    )
    (made,) = seals.every_seal()
    assert (made.set_by, made.kind) == ("gazetteer", SealKind.PROTECTED_ADDRESS)


def test_a_property_is_sealed_as_an_address_and_as_nothing_else(keyed: DropOff) -> None:
    flag = column("refuge", "seal", codes=["Y", "N"])
    flag["customProperties"][0]["value"] |= {"seals": "protected_witness", "sealCodes": ["Y"]}
    keyed.agree(_places(column("uprn", "uprn", primaryKey=True, required=True), flag))
    keyed.deliver("gazetteer", MONTH, b"uprn,refuge\n999000000001,Y\n")
    assert "protected_witness" in str(keyed.receive_one().problems)

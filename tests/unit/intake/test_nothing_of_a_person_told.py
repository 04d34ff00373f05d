"""What goes wrong is told without a word of a person: in receipt, proposal, ledger and chain alike."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.data.intake.becoming import becoming
from roundtable.data.intake.drift import of_values
from roundtable.data.intake.quarantine import Quarantine
from roundtable.governance.permission import Permission
from roundtable.ledger import audit
from roundtable.ledger.models import Delivery
from tests.factories_intake import DropOff, crimes, licence
from tests.factories_people import INCIDENT_HEADER, KEYRING, incident, incident_file, incidents

PERSON = ("Quillon", "Featherby", "ungranted words", "9990000018", "17/06/1981")


def told(drop_off: DropOff) -> str:
    """Everything that is written down in the clear of one delivery and its receipt, whatever the place."""
    receipt = drop_off.receive_one()
    kept = drop_off.folder / ".roundtable"
    files = b"".join(path.read_bytes() for path in sorted(kept.rglob("*")) if path.is_file())
    reasons = [one.reason + "".join(one.drift) for one in Delivery.objects.all()]
    chain = [f"{event.about} {event.detail}" for event in audit.events()]
    said = files.decode("latin-1") + "".join(reasons + chain)
    assert receipt.refused
    return f"{said} {receipt} {receipt.as_json()}"


def test_a_file_without_its_header(drop_off: DropOff) -> None:
    dataset, drop_off.keyring = incidents(), KEYRING
    drop_off.parts = [dataset, licence(dataset)]
    drop_off.deliver("incidents", "2025-04.csv", f"{incident('i1')}\n{incident('i2')}\n".encode())
    said = told(drop_off)
    assert "the first line has 16 values, and most are no column of the contract" in said
    assert not [one for one in PERSON if one in said]
    assert not list((drop_off.folder / ".roundtable").glob("proposals/*"))


def test_a_parquet_file_with_a_text_that_is_none(drop_off: DropOff) -> None:
    dataset, drop_off.keyring = incidents(format="parquet"), KEYRING
    drop_off.parts = [dataset, licence(dataset)]
    values = dict(zip(INCIDENT_HEADER.split(","), incident().split(","), strict=True))
    columns = {name: pa.array([value]) for name, value in values.items()}
    broken = pa.array([b"Quillon\xff"], pa.binary())
    columns["given"] = pa.Array.from_buffers(pa.string(), 1, broken.buffers())
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    drop_off.deliver("incidents", "2025-04.parquet", file.getvalue())
    said = told(drop_off)
    assert "a text in it is not UTF-8" in said
    assert "Quillon" not in said and f'"{drop_off.folder}' not in said


def test_the_chain_holds_no_name_of_a_file(drop_off: DropOff) -> None:
    dataset, drop_off.keyring = incidents(), KEYRING
    drop_off.parts = [crimes(), dataset, licence(crimes(), dataset)]
    drop_off.deliver("incidents", "2025-04 Quillon.csv", incident_file(incident()))
    drop_off.deliver("incidents", "2025-05 Quillon.csv", incident_file(incident("i2", on="03/05/2025")))
    drop_off.deliver("incidents", "2025-06 Quillon.csv", b"refused\n")
    drop_off.deliver("incidents", "Quillon.withdraw.note.yaml", b"withdraws: 2025-05 Quillon.csv\n")
    receipts = drop_off.receive()
    assert {one.status.value for one in receipts.values()} == {"accepted", "refused", "withdrawn"}
    events = list(audit.events())
    assert {"delivery.accepted", "delivery.refused", "delivery.withdrawal"} <= {one.action for one in events}
    assert "Quillon" not in " ".join(f"{one.about} {one.detail}" for one in events)


def test_columns_that_have_shifted_propose_no_names_as_codes() -> None:
    dataset = incidents()
    granted = frozenset(column.name for column in dataset.schema_[0].properties)
    made = becoming(dataset, dataset.schema_[0], Permission(("a",), granted, None), "f.csv")
    names = ["Smith"] * 12 + [f"Name{n}" for n in range(40)]
    rows = {
        "file": ["f.csv"] * len(names),
        "line": list(range(len(names))),
        "column": ["code"] * len(names),
        "reason": ["code is not one of the contract's codes"] * len(names),
        "rule": ["code"] * len(names),
        "row": [f'{{"code": "{name}"}}' for name in names],
    }
    quarantine = Quarantine("d")
    quarantine.add(pa.table(rows), private=True)
    assert list(of_values(quarantine, made, 400)) == []

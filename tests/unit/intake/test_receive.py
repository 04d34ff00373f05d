"""The whole way in: ids, archives, tables, receipts, and what makes a delivery be read again."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from roundtable.data.intake.receipts import delivery_id
from roundtable.data.intake.receive import receive
from roundtable.data.intake.seen import NAME
from roundtable.errors import DiskFull
from roundtable.governance.clock import trusted_clock
from roundtable.ledger import audit, deliveries
from roundtable.ledger.models import DeliveryStatus
from tests.factories import agency
from tests.factories_intake import (
    DropOff,
    column,
    contract,
    crime_columns,
    crimes,
    csv_rows,
    good_rows,
    licence,
    sha256,
    table,
    zipped,
)


def test_a_receipt_tells_what_became_of_every_row(drop_off: DropOff) -> None:
    content = good_rows(4) + b"x,bad,,,Burglary,y\n"
    drop_off.deliver("crimes", "2024-01.csv", content)
    receipt = drop_off.receive_one()
    assert receipt.delivery_id == delivery_id("crimes", sha256(content))
    assert (receipt.dataset, receipt.period, receipt.agreements) == ("crimes", "2024-01", ("licence",))
    assert (receipt.rows_received, receipt.rows_kept, receipt.rows_quarantined) == (5, 4, 1)
    assert (receipt.snapshot, receipt.fresh, receipt.problems) == (1, True, ())
    assert str(receipt) == (
        "deliveries/crimes/2024-01.csv: accepted, 5 received, 4 kept, 1 in quarantine. "
        "In quarantine: month is not written as yyyy-MM: 1 (first: 2024-01.csv, line 6)."
    )
    assert receipt.as_json()["rows"] == {"received": 5, "kept": 4, "quarantined": 1}


def test_the_ledger_keeps_the_receipt_and_the_audit_chain_the_event(drop_off: DropOff) -> None:
    files = {"2024-01.csv": good_rows(4), "2024-02.csv": good_rows(2) + b"x,bad,,,Burglary,y\n"}
    drop_off.deliver("crimes", "all.zip", zipped(files))
    receipt = drop_off.receive_one()
    record = deliveries.known(receipt.delivery_id)
    assert record is not None
    assert (record.agency, record.file, record.period) == (
        "police",
        "deliveries/crimes/all.zip",
        "2024-01, 2024-02",
    )
    assert [(one.member, one.table, one.sha256) for one in record.members] == [
        (name, "street", sha256(content)) for name, content in files.items()
    ]
    assert [(one.rows_received, one.rows_kept, one.rows_quarantined) for one in record.members] == [
        (4, 4, 0),
        (3, 2, 1),
    ]
    actions = [event.action for event in audit.events()]
    assert actions == ["delivery.accepted", "lake.published"]


def test_each_table_of_a_delivery_is_one_file_of_the_lake(drop_off: DropOff) -> None:
    columns = [column("id", "source_id"), crime_columns()[1], column("result", "result")]
    outcomes = table("outcomes", columns, canonical="event_result", physicalName="*-outcomes.csv")
    street = crimes(physicalName="*-street.csv").model_dump(mode="json", by_alias=True)["schema"][0]
    dataset = contract("crimes", street, outcomes)
    drop_off.agree(dataset)
    files = {f"2024-0{n}-street.csv": good_rows(n) for n in (1, 2, 3)}
    files |= {
        f"2024-0{n}-outcomes.csv": csv_rows("a,2024-01,Charged", header="id,month,result") for n in (1, 2)
    }
    drop_off.deliver("crimes", "all.zip", zipped(files))
    receipt = drop_off.receive_one()
    assert receipt.rows_kept == 8
    assert [file.table for file in drop_off.lake.listed()] == ["event", "event_result"]
    assert {file.source for file in drop_off.lake.listed()} == {receipt.delivery_id}


def test_two_tables_of_which_nothing_came(drop_off: DropOff) -> None:
    one = crimes(physicalName="*-one.csv").model_dump(mode="json", by_alias=True)["schema"][0]
    drop_off.agree(contract("crimes", one, one | {"name": "other", "physicalName": "*-other.csv"}))
    drop_off.deliver("crimes", "all.zip", zipped({f"2024-01-{n}.csv": csv_rows() for n in ("one", "other")}))
    assert drop_off.receive_one().status is DeliveryStatus.ACCEPTED
    assert len(drop_off.lake.listed()) == 1


def test_the_rows_stand_in_the_order_of_their_files(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "all.zip", zipped({"2024-02.csv": good_rows(2), "2024-01.csv": good_rows(3)}))
    drop_off.receive()
    assert [row["event_id"] for row in drop_off.rows("event")] == [
        "2024-01/1",
        "2024-01/2",
        "2024-01/3",
        "2024-02/1",
        "2024-02/2",
    ]


@pytest.mark.parametrize(
    ("names", "prefixes"),
    [
        (("2024-01/2024-01-x.csv", "2024-02/2024-02-x.csv"), {"2024-01-x", "2024-02-x"}),
        (("north/2024-01.csv", "south/2024-01.csv"), {"north/2024-01", "south/2024-01"}),
        (("a/n/2024-01.csv", "b/n/2024-01.csv"), {"a/n/2024-01", "b/n/2024-01"}),
        (("2024-01/x.csv", "2024-02/x.csv"), {"2024-01/x", "2024-02/x"}),
    ],
)
def test_an_id_begins_with_what_tells_its_file_apart(
    drop_off: DropOff, names: tuple[str, ...], prefixes: set[str]
) -> None:
    drop_off.deliver("crimes", "all.zip", zipped({name: good_rows(1) for name in names}))
    drop_off.receive()
    assert {row["event_id"].rpartition("/")[0] for row in drop_off.rows("event")} == prefixes


def test_files_in_folders_of_a_delivery(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01/crimes.csv", good_rows(1))
    drop_off.deliver("crimes", "2024-02/crimes.csv", good_rows(2))
    assert {receipt.status for receipt in drop_off.receive().values()} == {DeliveryStatus.ACCEPTED}
    assert len({row["event_id"] for row in drop_off.rows("event")}) == 3


def test_a_packed_file(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv.gz", gzip.compress(good_rows(9), mtime=0))
    assert drop_off.receive_one().rows_kept == 9
    assert drop_off.rows("event")[0]["event_id"] == "2024-01/1"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(drop_off: DropOff, delimiter: str) -> None:
    drop_off.agree(crimes(delimiter=delimiter))
    drop_off.deliver("crimes", "2024-01.csv", good_rows(3).replace(b",", delimiter.encode()))
    assert drop_off.receive_one().rows_kept == 3


def test_a_header_and_nothing_else(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", csv_rows())
    receipt = drop_off.receive_one()
    assert (receipt.status, receipt.rows_received) == (DeliveryStatus.ACCEPTED, 0)
    assert drop_off.rows("event") == []


def test_a_second_call_with_nothing_new_writes_nothing(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.deliver("crimes", "2024-02.csv", b"refused\n")
    drop_off.deliver("crimes", "copy.csv", good_rows(4))
    drop_off.receive()
    before = {path: path.stat().st_mtime_ns for path in (drop_off.folder / ".roundtable").rglob("*")}
    state = drop_off.state()
    assert not any(receipt.fresh for receipt in drop_off.receive().values())
    assert drop_off.state() == state
    after = {path: path.stat().st_mtime_ns for path in (drop_off.folder / ".roundtable").rglob("*")}
    assert {path for path in after if before.get(path) != after[path] and path.is_file()} == set()


def test_an_unchanged_file_is_not_hashed_again(drop_off: DropOff, monkeypatch: pytest.MonkeyPatch) -> None:
    path = drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.receive()

    def hashed(*_arguments: Any) -> Any:
        raise AssertionError("a file was hashed again")

    monkeypatch.setattr("hashlib.file_digest", hashed)
    assert drop_off.receive_one().status is DeliveryStatus.ACCEPTED
    path.write_bytes(good_rows(4))
    with pytest.raises(AssertionError, match="hashed again"):
        drop_off.receive()


@pytest.mark.parametrize("memory", [None, b"", b"{", b"[1]", b'{"files": {"a": 1}, "standing": {}}'])
def test_a_lost_or_broken_memory_costs_only_time(drop_off: DropOff, memory: bytes | None) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.receive()
    state = drop_off.state()
    kept = drop_off.folder / ".roundtable" / NAME
    kept.unlink() if memory is None else kept.write_bytes(memory)
    assert drop_off.receive_one().fresh is False
    assert drop_off.state() == state


def test_a_contract_that_was_mended_lets_a_refused_delivery_in(drop_off: DropOff) -> None:
    content = good_rows(4).replace(b"Burglary", b"Arson")
    drop_off.agree(crimes(quarantineLimit=0.1))
    drop_off.deliver("crimes", "2024-01.csv", content)
    assert drop_off.receive_one().refused
    kind = column("kind", "code", codes=["Arson", "Robbery"])
    drop_off.agree(crimes(columns=crime_columns(kind=kind)))
    assert (drop_off.receive_one().rows_kept, len(drop_off.rows("event"))) == (4, 4)


def test_a_contract_that_was_mended_takes_rows_out_of_quarantine(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4).replace(b"Robbery", b"Arson"))
    assert (drop_off.receive_one().rows_quarantined, len(drop_off.rows("quarantine"))) == (2, 2)
    drop_off.agree(crimes(columns=crime_columns(kind=column("kind", "code", codes=["Arson", "Burglary"]))))
    receipt = drop_off.receive_one()
    assert (receipt.fresh, receipt.rows_kept, receipt.rows_quarantined) == (True, 4, 0)
    assert (len(drop_off.rows("event")), drop_off.rows("quarantine")) == (4, [])
    assert drop_off.receive_one().fresh is False


def test_a_contract_by_which_it_would_be_refused_leaves_what_was_taken(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.receive()
    state, hashes = drop_off.state(), drop_off.hashes()
    drop_off.agree(crimes(maxRows=2))
    for _ in range(2):
        receipt = drop_off.receive_one()
        assert (receipt.status, receipt.fresh) == (DeliveryStatus.ACCEPTED, False)
        assert receipt.told[0].startswith(
            "By what is agreed now it would be refused; what was taken stands. "
        )
        assert (drop_off.state(), drop_off.hashes()) == (state, hashes)


def test_words_that_only_describe_do_not_make_it_be_read_again(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.receive()
    state = drop_off.state()
    drop_off.agree(crimes(columns=[one | {"description": "New words."} for one in crime_columns()]))
    assert drop_off.receive_one().fresh is False
    assert drop_off.state() == state


def test_fewer_columns_granted_are_fewer_columns_kept(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.receive()
    assert drop_off.rows("event")[0]["longitude"] is not None
    drop_off.parts = [crimes(), licence(crimes(), columns={"street": ["month", "kind"]})]
    assert drop_off.receive_one().fresh
    assert {(row["longitude"], row["source_id"]) for row in drop_off.rows("event")} == {(None, None)}
    assert len(drop_off.lake.listed("event")) == 1


def test_an_agreement_that_has_ended_leaves_what_was_taken(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.receive()
    state = drop_off.state()
    drop_off.agree(crimes(), ends="2026-11-22")
    assert drop_off.receive_one().status is DeliveryStatus.ACCEPTED
    assert drop_off.state() == state


def test_a_body_that_has_ended_gives_nothing_new(drop_off: DropOff) -> None:
    drop_off.parts += [agency("police", to="2024-05-06", successor="council")]
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    assert "have its successor Council ('council') sign a new one." in str(drop_off.receive_one())


def test_a_table_that_nothing_permits_is_not_read_and_that_is_said(drop_off: DropOff) -> None:
    street = crimes(physicalName="*-street.csv").model_dump(mode="json", by_alias=True)["schema"][0]
    secret = table(
        "secret", [column("x", "code")], canonical="event", scheme="s", physicalName="*-secret.csv"
    )
    known = table("known", [column("x")], physicalName="*-known.csv")
    dataset = contract("crimes", street, secret, known)
    one = licence(dataset)
    drop_off.parts = [dataset, one.model_copy(update={"grants": one.grants[:1]})]
    files = {"2024-01-street.csv": good_rows(2), "2024-01-secret.csv": b"x\n1\n", "2024-01-known.csv": b"?"}
    drop_off.deliver("crimes", "all.zip", zipped(files), note="rows: 2")
    receipt = drop_off.receive_one()
    assert receipt.rows_received == 2
    assert receipt.told == (
        "Table 'known' was not read: the contract names no canonical table for it.",
        "Table 'secret' was not read. No agreement grants anything of table 'secret' of dataset 'crimes', "
        "only of street: add a grant of it to an agreement.",
        "The note's number of rows was not compared, since not every file was read.",
    )


def test_the_same_files_give_the_same_bytes(
    drop_off: DropOff, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = {f"2024-{n:02d}.csv": good_rows(50 * n) for n in range(1, 13)}
    drop_off.deliver("crimes", "all.zip", zipped(files))
    drop_off.limits = replace(drop_off.limits, group_rows=40)
    drop_off.receive()
    first = {file.sha256 for file in drop_off.lake.listed()}
    again = DropOff(
        drop_off.folder, drop_off.parts, limits=replace(drop_off.limits, group_rows=7, block=1_000)
    )
    again.agree(crimes(columns=crime_columns(note=column("note", required=True))))
    again.receive()
    assert {file.sha256 for file in drop_off.lake.listed()} == first


def test_a_disk_that_is_full_leaves_everything_as_it_was(
    drop_off: DropOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.receive()
    drop_off.deliver("crimes", "2024-02.csv", good_rows(5, "2024-02"))
    state = drop_off.state()

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pq, "ParquetWriter", full)
        with pytest.raises(DiskFull):
            drop_off.receive()
    assert drop_off.state() == state
    assert drop_off.receive()["crimes/2024-02.csv"].status is DeliveryStatus.ACCEPTED


def test_nothing_delivered(drop_off: DropOff) -> None:
    assert drop_off.receive() == {}


def test_how_far_it_is_is_told(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    told: list[str] = []
    receive(drop_off.partnership, drop_off.lake, trusted_clock, progress=told.append)
    assert told == ["deliveries/crimes/2024-01.csv: reading"]


def test_paths_of_this_machine_are_in_no_record(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", b"refused\n")
    drop_off.receive()
    assert str(drop_off.folder) not in repr(deliveries.every_delivery())
    assert str(Path("/tmp")) not in repr(list(audit.events()))

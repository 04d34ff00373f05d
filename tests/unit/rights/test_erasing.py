"""Erasure: what goes, what stays, that the proof finds what was left, and that it does not come back."""

import gzip
import json
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.subjects.needles import Needles
from roundtable.data.subjects.proving import Search
from roundtable.data.subjects.suppressing import stop_suppressed
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import open_lake_file
from roundtable.data.vault.sealing import SealingFile
from roundtable.errors import NotPermitted, StoreUnusable
from roundtable.ledger import audit, copies, erasures, looks, requests
from roundtable.ledger.models import CopyKind, Outcome, Right
from roundtable.partnership.model.purpose import Purpose
from roundtable.rights import erasing, requesting
from roundtable.rights.rectifying import rectify
from roundtable.rights.wings import holdings
from tests.factories_rights import NHS_A, NHS_B, NHS_C, NOW, People
from tests.unit.rights.desk import GROUND, desk, erased, granted
from tests.unit.rights.seeing import all_of, seen_today

SECRET = {
    "surname": "Quillfeather",
    "nhs_number": NHS_A,
    "source_person_id": "PERSON-77",
    "phone": "07700 900123",
}


def _two_people(people: People) -> tuple[str, str]:
    gone = people.incident("CRIME-1", **SECRET)
    stays = people.part("PART-1", "CRIME-1", surname="Oak", nhs_number=NHS_B)
    people.incident("CRIME-2", **SECRET)
    people.detail("m/CRIME-2", value="quill")
    people.result("CRIME-2")
    people.contact("VISIT-1", dataset="care", **SECRET)
    people.deliver()
    return gone, stays


def _all_records(people: People) -> list[str]:
    return sorted(
        {row["record_id"] for row in seen_today(people)["person_record"] if row["surname"] != "Oak"}
    )


def test_everything_of_the_person_goes_and_nothing_of_the_others(people: People) -> None:
    _two_people(people)
    certificate = erased(people, *_all_records(people))
    seen = seen_today(people)
    assert [row["surname"] for row in seen["person_record"]] == ["Oak"]
    assert [row["source_id"] for row in seen["event"]] == ["CRIME-1"], "an event others were in stays"
    assert [row["role"] for row in seen["involvement"]] == ["suspect"]
    assert seen["contact"] == seen["detail"] == seen["event_result"] == []
    assert "Quillfeather" not in all_of(seen)
    assert certificate["proved"] is True
    assert certificate["copies"] == []
    assert [one["agency"] for one in certificate["tell"]] == ["council", "police"]  # type: ignore[attr-defined]


def test_the_bytes_are_nowhere_in_the_folder(people: People) -> None:
    _two_people(people)
    records = _all_records(people)
    erased(people, *records)
    needles = Needles(frozenset(records), frozenset({NHS_A, "PERSON-77", "CRIME-2", "Quillfeather"}))
    search = Search(needles, people.keyring, packed=True)
    search.through([people.folder], "all")
    assert search.proof.found == search.proof.unread == []
    assert search.proof.looked["sealed files"] >= 1
    assert search.proof.looked["column chunks"] > 10


def test_older_snapshots_say_why_they_cannot_be_read(people: People) -> None:
    _two_people(people)
    people.incident("CRIME-9", dataset="fire", surname="Elm")
    people.deliver()
    records = _all_records(people)
    erased(people, *[record for record in records if record not in _fire(people)])
    with pytest.raises(StoreUnusable, match="erasure 1"):
        people.lake.files("person_record", snapshot=1)
    assert people.lake.files("person_record")


def _fire(people: People) -> set[str]:
    return {row["record_id"] for row in seen_today(people)["person_record"] if row["dataset"] == "fire"}


def test_a_superseded_file_that_no_snapshot_has_any_more_is_destroyed_too(people: People) -> None:
    gone = people.incident("CRIME-1", **SECRET)
    people.deliver()
    lake = people.lake
    lake.publish("superseded", (), lake.listed(), at=NOW)
    people.incident("CRIME-1", **SECRET | {"surname": "Quill"})
    people.deliver()
    erased(people, gone)
    assert list((people.folder / ".roundtable" / "lake").glob("*/*.*")) == []


def test_raw_files_that_hold_the_person_go_whoever_sent_them(people: People) -> None:
    gone, _ = _two_people(people)
    folder = people.folder / "deliveries"
    (folder / "police").mkdir(parents=True)
    (folder / "police" / "0.csv").write_text("id\n1\n")
    (folder / "police" / "0.csv.note.yaml").write_text("rows: 1\n")
    (folder / "police" / "refused.csv.gz").write_bytes(gzip.compress(f"id,nhs\n1,{NHS_A}\n".encode()))
    with zipfile.ZipFile(folder / "police" / "many.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.csv", f"who\nPERSON-77\n{NHS_B}\n".encode("utf-16-le"))
    (folder / "police" / "other.csv").write_text(f"id,nhs\n1,{NHS_B}\n")
    pq.write_table(pa.table({"who": ["PERSON-77", "x"]}), folder / "police" / "rows.parquet")
    with SealingFile(folder / "police" / "kept.csv.vault", "delivery", people.keyring) as sealing:
        sealing.write(f"id,nhs\n1,{NHS_A}\n".encode())
        sealing.finish()
    assert gone
    erased(people, *_all_records(people))
    assert sorted(path.name for path in (folder / "police").iterdir()) == ["other.csv"]


def test_quarantined_rows_of_the_person_go(people: People) -> None:
    gone, _ = _two_people(people)
    people.quarantined(1, "")
    people.said_in_quarantine(1, json.dumps({"nhs": NHS_A, "born": "??"}))
    people.quarantined(2, "")
    people.said_in_quarantine(2, json.dumps({"nhs": NHS_B, "born": "??"}))
    people.deliver()
    assert gone
    erased(people, *_all_records(people))
    lake = people.lake
    rows = [row for file in lake.files("quarantine") for row in pq.read_table(file.path).to_pylist()]
    assert [row["line"] for row in rows] == [2]


def test_an_export_within_reach_is_written_anew(people: People, tmp_path: Path) -> None:
    _two_people(people)
    desk(people)
    to = tmp_path / "export"
    people.lake.export(None, to, Purpose.HARM_BY_PLACE, NOW)
    assert [copy.kind for copy in copies.every_copy()] == [CopyKind.EXPORT]
    erased(people, *_all_records(people))
    events = pq.read_table(to / "event").to_pylist()
    assert [row["source_id"] for row in events] == ["CRIME-1"]
    listed = json.loads((to / "snapshot.json").read_text())["tables"]["event"]
    assert listed["rows"] == 1
    assert listed["files"] == [path.name for path in (to / "event").iterdir()]
    for path in (people.folder / ".roundtable" / "lake").rglob("*"):
        assert not path.is_file() or path.stat().st_nlink == 1, "copies, never hard links"


def test_an_export_that_moved_is_named_with_who_has_it(people: People, tmp_path: Path) -> None:
    gone, _ = _two_people(people)
    copies.register(CopyKind.BACKUP, "nightly tape", NOW, until=NOW.date() + timedelta(days=30))
    copies.register(CopyKind.GIVEN, "letter to the court", NOW, recipient="court")
    certificate = erased(people, gone)
    told = {one["what"]: one["until"] for one in certificate["copies"]}  # type: ignore[attr-defined]
    assert told == {"nightly tape": "2026-12-23", "letter to the court": None}
    assert "court" in {one["agency"] for one in certificate["tell"]}  # type: ignore[attr-defined]


def test_the_proof_fails_where_something_is_left_and_goes_on_once_it_is_gone(people: People) -> None:
    gone, _ = _two_people(people)
    request = granted(people, *_all_records(people))
    left = people.folder / ".roundtable" / "notes.txt"
    left.write_text(f"ring {NHS_A}")
    office = desk(people)
    number = erasing.order_erasure(office, request, "dpo", "siro")
    with pytest.raises(StoreUnusable, match=r"private/notes\.txt"):
        erasing.carry_out(office, number)
    assert [job.number for job in erasures.under_way()] == [number]
    left.unlink()
    (certificate,) = erasing.take_up(desk(people))
    assert certificate["proved"] is True
    assert erasures.under_way() == ()
    assert gone not in str(certificate)


@pytest.mark.parametrize("where", ["parquet dictionary", "wal", "scratch", "zip in zip"])
def test_the_proof_finds_what_hides(people: People, where: str, tmp_path: Path) -> None:
    """Each hiding place is one that a plain look at the rows would miss."""
    needles = Needles(frozenset(), frozenset({NHS_A}))
    path = tmp_path / "hidden"
    if where == "parquet dictionary":
        held = pa.array([NHS_A, *(f"{number:03d}{NHS_A[::-1]}x" for number in range(500))])
        words = pa.DictionaryArray.from_arrays(pa.array([1] * 500, pa.int32()), held)
        pq.write_table(pa.table({"who": words}), path, store_schema=False, compression="zstd")
        assert NHS_A not in pq.read_table(path).column("who").to_pylist(), "no row has the word any more"
        assert NHS_A.encode() not in path.read_bytes(), "and its page is compressed"
    elif where == "wal":
        path.write_bytes(b"\x00page" + NHS_A.encode() + b"next\x00")
    elif where == "scratch":
        path.write_bytes(NHS_A.encode("utf-16-le"))
    else:
        inner = tmp_path / "inner.zip"
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", f"{NHS_A}\n" * 50)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(inner, "inner.zip")
    assert Search(needles, None, packed=where == "wal").has(path, "x")
    assert not Search(Needles(frozenset(), frozenset({NHS_B})), None, packed=True).has(path, "x")


def test_what_cannot_be_looked_through_is_no_proof(tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    search = Search(Needles(frozenset(), frozenset({NHS_A})), None)
    search.through([path], "x")
    assert not search.proof.holds
    assert search.proof.unread == ["x/broken.zip: BadZipFile"]


def test_the_ledger_forgets_with_its_log(people: People) -> None:
    gone, _ = _two_people(people)
    looks.note_look("request 9", [gone], {"by": "dpo"}, NOW)
    assert len(looks.looks_at([gone])) == 1
    erased(people, *_all_records(people))
    held = b"".join(path.read_bytes() for path in (people.folder / ".roundtable").glob("ledger.sqlite3*"))
    assert gone.encode() not in held
    assert looks.looks_at([gone]) == ()
    assert audit.verify().problems == (), "forgetting who was looked at breaks no link"
    assert holdings(desk(people), frozenset({gone})) == {}


def test_an_upheld_objection_goes_on_by_the_persons_numbers(people: People) -> None:
    gone, _ = _two_people(people)
    office = desk(people)
    number = requesting.take(office, Right.OBJECTION, NOW.date(), "dpo", [gone], ["crisis_care"])
    requesting.decide(office, number, Outcome.GRANTED, "dpo", "upheld", ["crisis_care"])
    erased(people, *_all_records(people))
    people.record("new", dataset="health", surname="Q", nhs_number=NHS_A, recorded_at=NOW + timedelta(days=9))
    people.deliver()
    desk(people)
    (objection,) = [one for one in requests.every_request() if one.number == number]
    assert len(objection.records) == 1


@pytest.mark.parametrize(
    ("said", "stopped"),
    [
        ({"key": "CRIME-1"}, True),
        ({"key": "CRIME-1", "recorded_at": NOW + timedelta(days=400)}, True),
        ({"key": "NEW-1", "nhs_number": NHS_A}, True),
        ({"key": "NEW-1", "source_person_id": "PERSON-77"}, True),
        ({"key": "NEW-1", "nhs_number": NHS_A, "recorded_at": None}, True),
        ({"key": "NEW-1", "nhs_number": NHS_A, "recorded_at": NOW + timedelta(days=1)}, False),
        ({"key": "NEW-1", "nhs_number": NHS_B}, False),
        ({"key": "NEW-1", "nhs_number": NHS_A, "dataset": "health"}, False),
    ],
)
def test_what_was_erased_does_not_come_back(people: People, said: dict[str, Any], stopped: bool) -> None:
    gone = people.incident("CRIME-1", **SECRET)
    people.deliver()
    erased(people, gone)
    rest = dict(said)
    dataset, key = str(rest.pop("dataset", "police")), str(rest.pop("key"))
    people.incident(key, dataset=dataset, **rest)
    people.detail(f"m/{key}")
    lake = people.lake
    paths = []
    for name, rows in people.rows.items():
        path = lake.stage()
        lake.write(name, pa.Table.from_pylist(rows, schema=LAKE_TABLES[name].schema).to_batches(), path)
        paths.append((name, path))
    assert bool(stop_suppressed(lake, dataset, paths)) is stopped
    for name, path in paths:
        with open_lake_file(path, LAKE_TABLES[name], people.keyring) as file:
            assert file.metadata.num_rows == (0 if stopped else 1)


def test_an_erasure_needs_a_grant_two_posts_and_no_hold(people: People) -> None:
    gone, _ = _two_people(people)
    office = desk(people)
    asked = requesting.take(office, Right.ERASURE, NOW.date(), "dpo", [gone])
    with pytest.raises(NotPermitted, match="has not been granted"):
        erasing.order_erasure(office, asked, "dpo", "siro")
    hold = requesting.hold(office, [gone], "siro", "an inquest", NOW.date() + timedelta(days=90))
    with pytest.raises(NotPermitted, match="under a legal hold"):
        requesting.decide(office, asked, Outcome.GRANTED, "dpo", "nothing stands against it")
    requesting.end_hold(office, hold, "siro")
    requesting.decide(office, asked, Outcome.GRANTED, "dpo", "nothing stands against it", grounds=GROUND)
    requesting.hold(office, [gone], "siro", "an inquest", NOW.date() + timedelta(days=90))
    with pytest.raises(NotPermitted, match="legal hold"):
        erasing.order_erasure(office, asked, "dpo", "siro")
    requesting.end_hold(office, 2, "siro")
    with pytest.raises(NotPermitted, match="does not deal with"):
        erasing.order_erasure(office, asked, "dpo", "worker")
    with pytest.raises(NotPermitted, match="both sides"):
        erasing.order_erasure(office, asked, "dpo", "dpo")
    erasing.carry_out(office, erasing.order_erasure(office, asked, "dpo", "siro"))
    with pytest.raises(NotPermitted, match="was ordered for it"):
        erasing.order_erasure(office, asked, "dpo", "siro")


def test_the_certificate_is_a_page_and_names_nobody(people: People) -> None:
    _two_people(people)
    erased(people, *_all_records(people))
    home = people.folder / ".roundtable" / "erasures"
    assert sorted(path.name for path in home.iterdir()) == ["erasure-1.html", "erasure-1.json"]
    page = (home / "erasure-1.html").read_text()
    assert "Nothing of it was found afterwards." in page
    assert "Quillfeather" not in page
    assert json.loads((home / "erasure-1.json").read_text())["searched"]["column chunks"] > 0
    shutil.rmtree(home)


def test_what_was_put_right_is_looked_for_and_stopped_too(people: People) -> None:
    gone, _ = _two_people(people)
    office = desk(people)
    right = requesting.take(office, Right.RECTIFICATION, NOW.date(), "dpo", [gone])
    requesting.decide(office, right, Outcome.GRANTED, "dpo", "shown")
    rectify(office, right, gone, "nhs_number", NHS_C, "dpo")
    erased(people, *_all_records(people))
    search = Search(Needles(frozenset(), frozenset({NHS_C})), people.keyring, packed=True)
    search.through([people.folder], "all")
    assert search.proof.found == []
    people.record("NEW-1", nhs_number=NHS_C)
    lake = people.lake
    path = lake.stage()
    rows = pa.Table.from_pylist(people.rows["person_record"], schema=LAKE_TABLES["person_record"].schema)
    lake.write("person_record", rows.to_batches(), path)
    assert stop_suppressed(lake, "police", [("person_record", path)])

"""Every bad file: its exact message, and nothing of it kept but the refusal itself."""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.intake.limits import Limits
from roundtable.data.intake.receipts import Receipt
from roundtable.ledger import audit
from roundtable.ledger.models import DeliveryStatus
from tests.factories_intake import (
    DropOff,
    column,
    crime_columns,
    crimes,
    csv_rows,
    good_rows,
    sha256,
    zipped,
)
from tests.unit.intake.refusing import refused

GOOD = good_rows(4)
FILE = "deliveries/crimes/2024-01.csv"


def test_cp1252_that_was_not_declared(drop_off: DropOff) -> None:
    drop_off.deliver(
        "crimes", "2024-01.csv", csv_rows("a,2024-01,,,Burglary,Caf").replace(b"Caf", b"Caf\xe9")
    )
    assert refused(drop_off, "encoding") == (
        f"{FILE}:2: it is not UTF-8 (byte 0xE9 at offset 54, line 2); it looks like Windows-1252 (cp1252), "
        "where that byte is 'é'\n"
        "    Send it in UTF-8, or write 'encoding: cp1252' in its note or in the table's terms."
    )


def test_cp1252_that_its_note_declares(drop_off: DropOff) -> None:
    content = csv_rows("Caf\u00e9,2024-01,,,Burglary,x").decode().encode("cp1252")
    drop_off.deliver("crimes", "2024-01.csv", content, note="encoding: cp1252")
    assert drop_off.receive_one().rows_kept == 1
    assert [row["source_id"] for row in drop_off.rows("event")] == ["Caf\u00e9"]


def test_utf_8_that_was_declared_as_cp1252(drop_off: DropOff) -> None:
    drop_off.deliver(
        "crimes", "2024-01.csv", csv_rows("Caf\u00e9,2024-01,,,Burglary,x"), note="encoding: cp1252"
    )
    assert refused(drop_off, "encoding") == (
        f"{FILE}: it is declared as Windows-1252 (cp1252) and is UTF-8 from its first byte to its last\n"
        "    Write 'encoding: utf-8' in its note or in the table's terms."
    )


def test_utf_16_without_a_mark_that_was_not_declared(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD.decode().encode("utf-16-be"))
    assert refused(drop_off, "encoding") == (
        f"{FILE}:1: it looks like UTF-16, high byte first, without a byte-order mark, and not like UTF-8\n"
        "    Send it in UTF-8, or write 'encoding: utf-16' in its note or in the table's terms."
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_that_is_declared_or_marked(drop_off: DropOff, encoding: str) -> None:
    note = None if encoding == "utf-16" else "encoding: utf-16"
    drop_off.deliver("crimes", "2024-01.csv", GOOD.decode().encode(encoding), note=note)
    receipt = drop_off.receive_one()
    assert receipt.rows_kept == 4
    if note is None:
        assert receipt.told == (f"{FILE} was read as UTF-16, low byte first, as its byte-order mark says.",)


def test_a_byte_order_mark_is_no_part_of_the_header(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", b"\xef\xbb\xbf" + GOOD)
    receipt = drop_off.receive_one()
    assert (receipt.rows_received, receipt.rows_kept, receipt.told) == (4, 4, ())


def test_a_nul_character(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", csv_rows("a,2024-01,,,Burglary,x\0y"))
    assert refused(drop_off, "encoding") == (
        f"{FILE}:2: there is a NUL character on line 2, which no text has\n"
        "    If it was damaged in copying, send it again; otherwise it is no text file."
    )


def test_cut_in_the_middle_of_a_row_and_the_note_says_more_was_sent(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(9)[:-30], note="rows: 12")
    assert refused(drop_off, "cut-short") == (
        f"{FILE}: 2024-01.csv ends in the middle of a row; 9 rows came, and the note says 12\n"
        "    Send the whole file again."
    )


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (
            "c9,2024-01,-1.0",
            "the file ends in the middle of this row: it has 3 values and the header has 6 columns",
        ),
        ('c9,2024-01,-1.0,54.0,Burglary,"half', "the file ends inside a quoted value"),
    ],
)
def test_cut_in_the_middle_of_a_row_without_a_note(drop_off: DropOff, end: str, reason: str) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD + end.encode())
    receipt = drop_off.receive_one()
    assert (receipt.rows_received, receipt.rows_kept, receipt.rows_quarantined) == (5, 4, 1)
    (row,) = drop_off.rows("quarantine")
    assert (row["rule"], row["line"], row["reason"], row["row"]) == ("cut-row", 6, reason, "{}")
    assert receipt.told == (f"In quarantine: {reason}: 1 (first: 2024-01.csv, line 6).",)


def test_a_cut_that_a_note_without_rows_cannot_show(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD, note="rows: 5")
    assert refused(drop_off, "note-rows") == (
        f"{FILE}: 4 rows came, and the note says 5\n"
        "    Send the file and the note that belong together; headers are not counted."
    )


def test_bytes_that_are_not_those_of_the_note(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD, note=f"sha256: {sha256(GOOD + b'x').upper()}")
    assert refused(drop_off, "note-sha256") == (
        f"{FILE}: its SHA-256 is {sha256(GOOD)[:16]}…, and the note says {sha256(GOOD + b'x')[:16]}…\n"
        "    It was damaged or changed on the way, or the note is another file's: send both again."
    )


def test_a_note_that_fits(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD, note=f"sha256: {sha256(GOOD)}\nrows: 4\n")
    assert drop_off.receive_one().rows_kept == 4


def test_a_note_with_mistakes(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD, note="row: 4\nrows: many\nencoding: utf-9\n")
    message = refused(drop_off, "note")
    assert message.splitlines()[0::2] == [
        f"{FILE}.note.yaml:1:1 (row): a note has no 'row'",
        f"{FILE}.note.yaml:2:7 (rows): 'rows' cannot be used: Input should be a valid integer, unable to "
        "parse string as an integer",
        f"{FILE}.note.yaml:3:11 (encoding): 'encoding' cannot be used: Input should be 'utf-8', 'cp1252' or "
        "'utf-16'",
    ]


def test_a_note_that_is_no_yaml(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD, note="rows: [4\n")
    assert f"{FILE}.note.yaml:" in refused(drop_off, "note")


def test_a_changed_header(drop_off: DropOff) -> None:
    header = "id,Month ,east,north,kind,victim"
    drop_off.deliver("crimes", "2024-01.csv", csv_rows("a,2024-01,,,Burglary,x", header=header))
    assert refused(drop_off, "header") == (
        f"{FILE}:1: the header is not that of table 'street': missing: 'note'; extra: 'victim'; "
        "renamed: 'month' to 'Month '\n"
        "    Send the agreed columns; or, if the change is agreed, in the contract: change physicalName "
        "'month' to 'Month ', add property 'victim', take out property 'note'. "
        "`roundtable deliveries adopt` makes that change, from .roundtable/proposals."
    )


def test_a_column_that_comes_twice(drop_off: DropOff) -> None:
    content = csv_rows("a,2024-01,,,Burglary,x,y", header=f"{csv_header()},note")
    drop_off.deliver("crimes", "2024-01.csv", content)
    assert refused(drop_off, "header") == (
        f"{FILE}:1: the header is not that of table 'street': more than once: 'note'\n"
        "    Send each column once."
    )


def csv_header() -> str:
    return GOOD.decode().splitlines()[0]


def test_columns_in_another_order_are_told_and_taken(drop_off: DropOff) -> None:
    content = csv_rows("Burglary,x,a,54.1,-1.1,2024-01", header="kind,note,id,north,east,month")
    drop_off.deliver("crimes", "2024-01.csv", content)
    receipt = drop_off.receive_one()
    assert receipt.told == ("The columns of table 'street' stand in another order than in the contract.",)
    (row,) = drop_off.rows("event")
    assert (row["code"], row["source_id"], str(row["longitude"])) == ("Burglary", "a", "-1.100000")


def test_every_file_of_an_archive_whose_header_changed_is_told(drop_off: DropOff) -> None:
    bad = csv_rows("a,2024-01", header="id,month")
    files = {"2024-01.csv": GOOD, "2024-02.csv": bad, "2024-03.csv": bad, "2024-04.csv": b"x\n"}
    drop_off.deliver("crimes", "all.zip", zipped(files))
    message = refused(drop_off, "header")
    assert (
        "all.zip/2024-02.csv:1: the header is not that of table 'street': missing: 'east', 'north', "
        in message
    )
    assert ", and so has 1 other file of the delivery" in message
    assert "all.zip/2024-04.csv:1: the header is not that of table 'street'" in message


@pytest.mark.parametrize("content", [b"", b"\n\r\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(drop_off: DropOff, content: bytes) -> None:
    drop_off.deliver("crimes", "2024-01.csv", content)
    assert refused(drop_off, "header") == (
        f"{FILE}:1: the file is empty\n"
        "    Send the file again with its header: the names of the columns on the first line."
    )


def test_mixed_date_formats(drop_off: DropOff) -> None:
    rows = [
        "a,2024-01,,,Burglary,x",
        "b,Jan 2024,,,Burglary,x",
        "c,01/2024,,,Burglary,x",
        "d,2024-13,,,Robbery,x",
    ]
    drop_off.deliver("crimes", "2024-01.csv", csv_rows(*rows))
    assert refused(drop_off, "too-many-quarantined") == (
        f"{FILE}: 3 of 4 rows of table 'street' cannot be taken (75.0 %; the contract's quarantineLimit is "
        "50 %): month is not written as yyyy-MM: 2 (first: 2024-01.csv, line 3); month is written as "
        "yyyy-MM, but there is no such time: 1 (first: 2024-01.csv, line 5)\n"
        "    Send it corrected; or, if the contract is wrong, change it and receive again."
    )


def _link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo("2024-01.csv")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/hostname")
    return made.getvalue()


def _flagged(flag: int) -> bytes:
    made = bytearray(zipped({"2024-01.csv": GOOD}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + at] |= flag
    return bytes(made)


def _changed(mark: bytes, at: int, value: bytes, name: str = "2024-01.csv") -> bytes:
    """A ZIP with other bytes in the entry's own header (`PK 3 4`) or in the directory (`PK 1 2`)."""
    made = bytearray(zipped({name: GOOD}))
    begins = made.index(mark) + at
    made[begins : begins + len(value)] = value
    return bytes(made)


def _twice() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("2024-01.csv", GOOD)
        archive.writestr("2024-01.CSV", GOOD)
    return made.getvalue()


def _overlapping() -> bytes:
    made = bytearray(zipped({"2024-01.csv": GOOD, "2024-02.csv": GOOD}))
    second = made.index(b"PK\x01\x02", made.index(b"PK\x01\x02") + 1)
    made[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(made)


OWN_HEADER, DIRECTORY = b"PK\x03\x04", b"PK\x01\x02"
ENTRY = "\n    Pack plain files again under relative names, without links, passwords or archives inside."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            zipped({"../../evil.csv": GOOD}),
            f"entry '../../evil.csv' leads out of the archive with '..'{ENTRY}",
        ),
        (zipped({"..\\evil.csv": GOOD}), f"entry '..\\evil.csv' leads out of the archive with '..'{ENTRY}"),
        (zipped({"/etc/2024-01.csv": GOOD}), f"entry '/etc/2024-01.csv' has an absolute path{ENTRY}"),
        (zipped({"C:\\2024-01.csv": GOOD}), f"entry 'C:\\2024-01.csv' names a drive{ENTRY}"),
        (zipped({"a//2024-01.csv": GOOD}), f"entry 'a//2024-01.csv' has an empty part in its path{ENTRY}"),
        (
            zipped({"2024-01\x1b.csv": GOOD}),
            f"entry '2024-01\ufffd.csv' has a name with letters that cannot be printed{ENTRY}",
        ),
        (
            zipped({"2024-01.csv.zip": GOOD}),
            f"entry '2024-01.csv.zip' is an archive inside the archive{ENTRY}",
        ),
        (_link(), f"entry '2024-01.csv' is a link{ENTRY}"),
        (_flagged(0x01), f"entry '2024-01.csv' is encrypted{ENTRY}"),
        (_flagged(0x40), f"entry '2024-01.csv' is encrypted{ENTRY}"),
        (
            _flagged(0x20),
            f"entry '2024-01.csv' is packed by a method other than the usual 'deflate'{ENTRY}",
        ),
        (
            _changed(DIRECTORY, 46, b"\0"),
            f"entry '\ufffd024-01.csv' has a name with letters that cannot be printed{ENTRY}",
        ),
        (
            _twice(),
            "entry '2024-01.CSV' is in the archive twice, capitals apart\n    Pack each file once.",
        ),
        (
            _overlapping(),
            "entry '2024-02.csv' shares its bytes with another entry\n"
            "    Pack the files again with an ordinary program.",
        ),
    ],
    ids=[
        "..",
        "\\..",
        "absolute",
        "drive",
        "empty part",
        "unprintable",
        "nested",
        "link",
        "encrypted",
        "strongly encrypted",
        "patch",
        "nameless",
        "twice",
        "overlapping",
    ],
)
def test_an_archive_entry_that_is_not_allowed(drop_off: DropOff, content: bytes, message: str) -> None:
    drop_off.deliver("crimes", "all.zip", content)
    assert refused(drop_off, "archive-entry") == f"deliveries/crimes/all.zip: {message}"


def test_every_bad_entry_is_told_at_once(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "all.zip", zipped({"../a.csv": GOOD, "/b.csv": GOOD, "2024-01.csv": GOOD}))
    assert refused(drop_off, "archive-entry").count("entry '") == 2


def test_an_archive_that_unpacks_to_a_thousand_times_its_size(drop_off: DropOff) -> None:
    drop_off.limits = Limits(ratio_from=100_000)
    path = drop_off.deliver("crimes", "all.zip", zipped({"2024-01.csv": GOOD + b"\n" * 1_000_000}))
    with zipfile.ZipFile(path) as archive:
        (entry,) = archive.infolist()
    assert refused(drop_off, "archive-limit") == (
        f"deliveries/crimes/all.zip: entry '2024-01.csv' unpacks to {entry.file_size // entry.compress_size} "
        f"times its size ({entry.compress_size:,} to {entry.file_size:,} bytes); the limit is 200\n"
        "    If the file is honest, send it without packing it."
    )


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(entries=2), "the archive has 3 entries; the limit is 2"),
        (Limits(unpacked=500), "the archive unpacks to 636 bytes; the limit is 500"),
    ],
)
def test_an_archive_of_too_much(drop_off: DropOff, limits: Limits, says: str) -> None:
    drop_off.limits = limits
    drop_off.deliver("crimes", "all.zip", zipped({f"2024-0{n}.csv": GOOD for n in (1, 2, 3)}))
    assert refused(drop_off, "archive-limit") == (
        f"deliveries/crimes/all.zip: {says}\n    Send the files in several ZIPs."
    )


def test_a_directory_that_would_fill_the_memory(drop_off: DropOff) -> None:
    made = bytearray(zipped({"2024-01.csv": GOOD}))
    at = made.rindex(b"PK\x05\x06")
    made[at + 12 : at + 16] = struct.pack("<I", 900_000_000)
    drop_off.deliver("crimes", "all.zip", bytes(made))
    assert "the archive's directory has 900,000,000 bytes" in refused(drop_off, "archive-limit")


def test_an_archive_of_nothing(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "all.zip", zipped({"__MACOSX/._2024-01.csv": b"x", "a/.DS_Store": b"x"}))
    assert refused(drop_off, "empty-archive") == (
        "deliveries/crimes/all.zip: the archive holds no data file\n"
        "    Pack the files again and send the ZIP."
    )


def test_what_other_systems_leave_in_an_archive_is_passed_over(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "all.zip", zipped({"2024-01.csv": GOOD, "__MACOSX/._2024-01.csv": b"x"}))
    assert drop_off.receive_one().rows_kept == 4


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _out_of_reach() -> bytes:
    """A ZIP whose directory says that its entry begins after the last byte that any file can have."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo("2024-01.csv")
        entry.extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)
        archive.writestr(entry, GOOD)
    content = bytearray(made.getvalue())
    at = content.index(DIRECTORY) + 42
    content[at : at + 4] = b"\xff" * 4
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("all.zip", b"no archive at all"),
        ("all.zip", zipped({"2024-01.csv": GOOD})[:-40]),
        ("all.zip", _flipped(zipped({"2024-01.csv": good_rows(400)}), at=300)),
        ("all.zip", _changed(DIRECTORY, 6, b"\xff")),
        ("all.zip", _changed(OWN_HEADER, 30, b"\xff", name="2024-01é.csv")),
        ("all.zip", _out_of_reach()),
        ("2024-01.csv.gz", b"no gzip"),
    ],
    ids=["no zip", "cut", "changed", "a later zip", "name in no letters", "out of reach", "no gzip"],
)
def test_a_damaged_archive(drop_off: DropOff, name: str, content: bytes) -> None:
    drop_off.deliver("crimes", name, content)
    message = refused(drop_off, "damaged")
    assert f"deliveries/crimes/{name}" in message and "it is damaged or was cut short: " in message


def test_a_packed_file_that_is_cut(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv.gz", gzip.compress(good_rows(400), mtime=0)[:-9])
    assert "it is damaged or was cut short: " in refused(drop_off, "damaged")


def test_a_packed_file_that_unpacks_to_too_much(drop_off: DropOff) -> None:
    drop_off.limits = Limits(ratio_from=100_000, block=50_000)
    drop_off.deliver("crimes", "2024-01.csv.gz", gzip.compress(GOOD + b"\n" * 1_000_000, mtime=0))
    assert refused(drop_off, "archive-limit").startswith(
        "deliveries/crimes/2024-01.csv.gz: it unpacks to more than 200 times its size (it has "
    )


def test_a_parquet_file_that_expands_to_gigabytes(drop_off: DropOff) -> None:
    """Two megabytes of one value of a thousand letters, twenty million times over."""
    drop_off.agree(crimes(format="parquet", maxRows=20_000_000))
    path = drop_off.deliver("crimes", "2024-01.parquet", b"")
    _write_bomb(path, rows=20_000_000)
    assert path.stat().st_size < 2_500_000
    message = refused(drop_off, "too-large")
    assert "its rows have " in message and "its columns are declared to hold " in message
    assert "write 'maxLength' for their columns in the contract" in message


def _write_bomb(path: Path, rows: int) -> None:
    values = {"id": "x" * 1_000, "month": "2024-01", "east": "", "north": "", "kind": "Burglary", "note": ""}
    same = pa.array([0] * 1_000_000, pa.int32())
    columns = [pa.DictionaryArray.from_arrays(same, pa.array([value])) for value in values.values()]
    batch = pa.table(columns, list(values))
    with pq.ParquetWriter(path, batch.schema, compression="zstd") as writer:
        for _ in range(rows // batch.num_rows):
            writer.write_table(batch, row_group_size=batch.num_rows)


def test_more_rows_than_the_contract_allows(drop_off: DropOff) -> None:
    drop_off.agree(crimes(maxRows=3))
    drop_off.deliver("crimes", "2024-01.csv", GOOD)
    assert refused(drop_off, "too-many-rows") == (
        f"{FILE}: it has more than 3 rows for table 'street', the contract's maxRows\n"
        "    If so many are right, somebody must raise 'maxRows' in the contract; it then goes in."
    )
    drop_off.agree(crimes(maxRows=4))
    assert drop_off.receive_one().rows_kept == 4


def test_a_parquet_file_with_more_rows_is_refused_before_one_is_read(drop_off: DropOff) -> None:
    drop_off.agree(crimes(format="parquet", maxRows=3))
    path = drop_off.deliver("crimes", "2024-01.parquet", b"")
    pq.write_table(pa.table({name: ["x"] * 4 for name in csv_header().split(",")}), path)
    assert "it has 4 rows; the contract's maxRows is 3" in refused(drop_off, "too-many-rows")


def test_a_parquet_file_that_is_none(drop_off: DropOff) -> None:
    drop_off.agree(crimes(format="parquet"))
    drop_off.deliver("crimes", "2024-01.parquet", b"PAR1 and then nothing")
    assert "it is damaged or no Parquet file: " in refused(drop_off, "damaged")


def test_parquet_columns_of_odd_types(drop_off: DropOff) -> None:
    drop_off.agree(crimes(format="parquet"))
    path = drop_off.deliver("crimes", "2024-01.parquet", b"")
    columns = {
        "id": [["a"]],
        "month": [5],
        "east": [b"x"],
        "north": [{"x": 1}],
        "kind": ["Burglary"],
        "note": [[1]],
    }
    pq.write_table(pa.table(columns), path)
    message = refused(drop_off, "types")
    assert [line.split(": ")[1] for line in message.splitlines()[0::2]] == [
        "column 'east' has the type BLOB, from which number cannot be read",
        "column 'id' has the type VARCHAR[], from which string cannot be read",
        "column 'month' has the type BIGINT, from which date cannot be read",
        "column 'north' has the type STRUCT(x BIGINT), from which number cannot be read",
    ]


HOSTILE_NAMES = ['c"; DROP TABLE event; --', "id, secret", "x' OR '1'='1", 'a""b', "select", "😀 é", "a\tb"]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_column_name_that_is_an_attack(drop_off: DropOff, name: str, kind: str) -> None:
    columns = crime_columns(
        id=column(name, "source_id"), kind=column("kind", "code", codes=[name, "Burglary"])
    )
    dataset = crimes(columns=columns, format=kind)
    drop_off.agree(dataset)
    values = {one["name"]: ["a", "b"] for one in columns}
    values |= {"month": ["2024-01", "bad"], "east": ["", ""], "north": ["", ""], "kind": [name, name]}
    path = drop_off.deliver("crimes", f"2024-01.{kind}", b"")
    if kind == "parquet":
        pq.write_table(pa.table(values), path)
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([list(values), *zip(*values.values(), strict=True)])
    receipt = drop_off.receive_one()
    assert (receipt.rows_kept, receipt.rows_quarantined) == (1, 1), str(receipt)
    (row,) = drop_off.rows("event")
    assert (row["source_id"], row["code"]) == ("a", name)
    (bad,) = drop_off.rows("quarantine")
    assert json.loads(bad["row"]) == {name: "b", "month": "bad", "east": "", "north": "", "kind": name}


def test_what_no_agreement_names_is_nowhere(drop_off: DropOff) -> None:
    secret = "Zebra-Quartz-77"
    rows = [f"a,2024-01,,,Burglary,{secret}", f"b,bad,,,Robbery,{secret}", f"c,{secret}", f'd,"{secret}']
    drop_off.agree(crimes(quarantineLimit=1))
    drop_off.deliver("crimes", "2024-01.csv", csv_rows(*rows))
    drop_off.deliver("crimes", "2024-02.csv", csv_rows(*rows).decode().encode("utf-16"))
    assert {receipt.rows_kept for receipt in drop_off.receive().values()} == {1}
    for path in (drop_off.folder / ".roundtable").rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path
    assert secret not in repr([drop_off.rows(name) for name in ("event", "quarantine")])


def test_the_same_delivery_twice(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD)
    drop_off.receive()
    before, hashes = drop_off.state(), drop_off.hashes()
    drop_off.deliver("crimes", "again.csv", GOOD)
    receipts = drop_off.receive()
    assert receipts["crimes/2024-01.csv"].status is DeliveryStatus.ACCEPTED
    again = receipts["crimes/again.csv"]
    assert again.status is DeliveryStatus.REPEATED
    assert again.told == ("The same file stands at deliveries/crimes/2024-01.csv: nothing is taken twice.",)
    assert (drop_off.state(), drop_off.hashes()) == (before, hashes)


def test_other_content_for_the_same_period(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD)
    drop_off.receive()
    before = drop_off.without_refusals()
    drop_off.deliver("crimes", "2024-01-b.csv", good_rows(5))
    receipt = drop_off.receive()["crimes/2024-01-b.csv"]
    assert str(receipt) == (
        "deliveries/crimes/2024-01-b.csv: it brings street of 2024-01 again with other content; "
        "deliveries/crimes/2024-01.csv stands for that\n"
        "    If it corrects that delivery, write 'corrects: 2024-01.csv' in 2024-01-b.csv.note.yaml beside "
        "it; if it is something else, give it a period of its own with 'period: ...' there."
    )
    assert drop_off.without_refusals() == before


def test_a_corrected_delivery(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", GOOD)
    drop_off.receive()
    drop_off.deliver("crimes", "2024-01-b.csv", good_rows(5), note="corrects: 2024-01.csv")
    receipts = drop_off.receive()
    assert receipts["crimes/2024-01-b.csv"].told == ("It replaces deliveries/crimes/2024-01.csv.",)
    old = drop_off.receive()["crimes/2024-01.csv"]
    assert (old.status, old.rows_kept) == (DeliveryStatus.SUPERSEDED, 0)
    assert old.told == (f"It was superseded by {receipts['crimes/2024-01-b.csv'].delivery_id}.",)
    assert len(drop_off.rows("event")) == 5
    assert {row["delivery_id"] for row in drop_off.rows("event")} == {
        receipts["crimes/2024-01-b.csv"].delivery_id
    }


def test_a_refusal_is_an_event_of_the_audit_chain(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", b"x\n")
    receipt: Receipt = drop_off.receive_one()
    event = list(audit.events())[-1]
    assert (event.action, event.about) == ("delivery.refused", receipt.delivery_id)
    assert event.detail == {"rules": ["header"]}
    assert audit.verify().problems == ()

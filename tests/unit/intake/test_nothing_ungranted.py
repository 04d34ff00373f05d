"""What no agreement names is in no file, and what says who somebody is, in no file in the clear.

Every file that receiving makes is looked through, whatever it is called and however short it lives: those
that stand afterwards, and those that stood in the scratch folder whenever a group of rows had been read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.intake.limits import Limits
from roundtable.data.parquet import ParquetWriting
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import SEALED, open_lake_file
from roundtable.data.vault.unsealing import UnsealedFile
from tests.factories_intake import DropOff, licence
from tests.factories_people import KEYRING, incident, incident_file, incidents

#: Values of one row that can be told from all others, and the column that each stands in.
GRANTED = {"given": "Quillon", "family": "Featherby", "nhs": "9990000018", "postcode": "ZY1 1AA"}
WITHHELD = {"note": "ungrantedwords", "home": "999000000002"}
#: All columns but `note` and the number of the home.
COLUMNS = [name for name in incident_file().decode().strip().split(",") if name not in WITHHELD]


@pytest.fixture
def received(drop_off: DropOff, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[DropOff, list[bytes]]]:
    """A drop-off that has received incidents in many small groups, and every file there was on the way."""
    drop_off.keyring = KEYRING
    drop_off.limits = Limits(group_rows=50, block=4_096)
    dataset = incidents()
    drop_off.parts = [dataset, licence(dataset, columns={"calls": COLUMNS})]
    rows = [incident(f"i{n}", note="ungrantedwords", code="VIO" if n % 9 else "ZZZ") for n in range(400)]
    drop_off.deliver("incidents", "2025-04.csv", incident_file(*rows))
    passing: list[bytes] = []
    real = ParquetWriting.add

    def watched(self: ParquetWriting, rows: pa.Table) -> None:
        real(self, rows)
        scratch = drop_off.folder / ".roundtable" / "scratch"
        passing.extend(path.read_bytes() for path in scratch.rglob("*") if path.is_file())

    monkeypatch.setattr(ParquetWriting, "add", watched)
    receipt = drop_off.receive_one()
    assert (receipt.rows_kept, receipt.rows_quarantined) == (355, 45)
    assert passing
    yield drop_off, passing


def _files(drop_off: DropOff) -> list[Path]:
    return [path for path in (drop_off.folder / ".roundtable").rglob("*") if path.is_file()]


def _columns(path: Path) -> str:
    """Every value of a Parquet file as one text, decoded."""
    return " ".join(str(column.to_pylist()) for column in pq.read_table(path).columns)


def test_no_file_holds_what_no_agreement_names(received: tuple[DropOff, list[bytes]]) -> None:
    drop_off, passing = received
    files = _files(drop_off)
    for value in WITHHELD.values():
        assert not [path for path in files if value.encode() in path.read_bytes()]
        assert not [one for one in passing if value.encode() in one]
        assert not [path for path in files if path.suffix == ".parquet" and value in _columns(path)]
        for path in (one for one in files if one.suffix == SEALED):
            with UnsealedFile(path, path.parent.name, KEYRING) as content:
                assert value.encode() not in content.read()
            with open_lake_file(path, LAKE_TABLES[path.parent.name], KEYRING) as file:
                assert value not in str(file.read().to_pydict())


def test_who_somebody_is_stands_in_the_vault_alone(received: tuple[DropOff, list[bytes]]) -> None:
    drop_off, passing = received
    files = _files(drop_off)
    sealed = {path.parent.name for path in files if path.suffix == SEALED}
    assert sealed == {"person_record", "quarantine_row"}
    for value in GRANTED.values():
        assert not [path for path in files if value.encode() in path.read_bytes()]
        assert not [one for one in passing if value.encode() in one]
        assert not [path for path in files if path.suffix == ".parquet" and value in _columns(path)]
    (kept,) = {row["given_name"] for row in drop_off.rows("person_record")}
    assert kept == GRANTED["given"]


def test_content_holds_nothing_but_its_own_columns(received: tuple[DropOff, list[bytes]]) -> None:
    drop_off, _ = received
    tables = {path.parent.name for path in _files(drop_off) if path.suffix == ".parquet"}
    assert tables == {"event", "involvement", "detail", "quarantine"}
    assert {row["name"] for row in drop_off.rows("detail")} == {"weapon", "injury_level"}
    assert {row["row"] for row in drop_off.rows("quarantine")} == {None}

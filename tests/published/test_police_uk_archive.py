"""The published archive, received: every row kept or in quarantine, and counted again without the product."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from roundtable.data.intake.receipts import Receipt
from roundtable.ledger import deliveries
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from tests.conftest import ROOT, SHARED_DATA
from tests.factories_intake import DropOff

pytestmark = pytest.mark.real
EXAMPLE = ROOT / "examples" / "north-yorkshire"
ARCHIVE = "police_uk_north_yorkshire.zip"
PLACE = SHARED_DATA / "place"
OTHERS = {
    "boundaries-lsoa11": "ny_lsoa11.geojson",
    "boundaries-msoa11": "ny_msoa11.geojson",
    "deprivation-lsoa11": "england_imd2019_lsoa11.csv.gz",
    "population-lsoa11": "ny_population2020_lsoa11_by_age.csv.gz",
}


class Real(DropOff):
    """The example partnership, in a folder of its own."""

    @property
    def partnership(self) -> Partnership:
        """What the example agrees."""
        return replace(load_partnership(EXAMPLE), folder=self.folder)


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Real, dict[str, Receipt]]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        folder = tmp_path_factory.mktemp("north-yorkshire")
        made = Real(folder)
        for dataset, name in {"police-uk": ARCHIVE, **OTHERS}.items():
            target = folder / "deliveries" / dataset / name
            target.parent.mkdir(parents=True)
            shutil.copyfile(PLACE / name, target)
        open_ledger(folder, "north-yorkshire")
        with writer_lock(folder):
            yield made, made.receive()
        close_ledger()


@pytest.fixture(scope="module")
def counted() -> dict[str, list[dict[str, str]]]:
    """The archive's rows by file, as Python's own reader sees them."""
    found = {}
    with zipfile.ZipFile(PLACE / ARCHIVE) as archive:
        for name in archive.namelist():
            text = io.TextIOWrapper(archive.open(name), encoding="utf-8", newline="")
            found[name] = list(csv.DictReader(text))
    return found


def test_every_row_is_accounted_for_by_file(
    received: tuple[Real, dict[str, Receipt]], counted: dict[str, list[dict[str, str]]]
) -> None:
    made, receipts = received
    receipt = receipts[f"police-uk/{ARCHIVE}"]
    assert receipt.rows_received == sum(map(len, counted.values())) == 92_710
    record = deliveries.known(receipt.delivery_id)
    assert record is not None
    assert {one.member: one.rows_received for one in record.members} == {
        name: len(rows) for name, rows in counted.items()
    }
    quarantined = Counter(row["file"] for row in made.rows("quarantine"))
    for one in record.members:
        assert one.rows_received == one.rows_kept + one.rows_quarantined
        assert one.rows_quarantined == quarantined[one.member]
    street = [one for one in record.members if one.table == "street"]
    assert len(street) == 13
    assert sum(one.rows_received for one in street) == 67_159


def test_what_was_kept_is_what_was_sent(
    received: tuple[Real, dict[str, Receipt]], counted: dict[str, list[dict[str, str]]]
) -> None:
    made, _ = received
    refused = {(row["file"], row["line"]) for row in made.rows("quarantine")}
    wanted = Counter(
        (
            row["Crime ID"],
            row["Month"],
            row["Crime type"],
            _rounded(row["Longitude"]),
            _rounded(row["Latitude"]),
        )
        for name, rows in counted.items()
        if name.endswith("-street.csv")
        for line, row in enumerate(rows, start=2)
        if (name, line) not in refused
    )
    found = Counter(
        (
            row["source_id"] or "",
            row["occurred_from"].strftime("%Y-%m"),
            row["code"],
            _shown(row["longitude"]),
            _shown(row["latitude"]),
        )
        for row in made.rows("event")
    )
    assert found == wanted


def _rounded(text: str) -> str:
    return f"{float(text):.6f}" if text else ""


def _shown(number: object) -> str:
    return "" if number is None else f"{number:.6f}"


def test_each_event_is_named_for_its_row(
    received: tuple[Real, dict[str, Receipt]], counted: dict[str, list[dict[str, str]]]
) -> None:
    made, _ = received
    ids = [row["event_id"] for row in made.rows("event")]
    assert len(set(ids)) == len(ids)
    by_id = {row["event_id"]: row for row in made.rows("event")}
    rows = counted["2024-04/2024-04-north-yorkshire-street.csv"]
    last = by_id[f"2024-04-north-yorkshire-street/{len(rows)}"]
    assert (last["source_id"] or "", last["code"]) == (rows[-1]["Crime ID"], rows[-1]["Crime type"])


def test_the_outcomes_are_what_was_sent(
    received: tuple[Real, dict[str, Receipt]], counted: dict[str, list[dict[str, str]]]
) -> None:
    made, _ = received
    refused = {(row["file"], row["line"]) for row in made.rows("quarantine")}
    wanted = Counter(
        (row["Crime ID"], row["Outcome type"])
        for name, rows in counted.items()
        if name.endswith("-outcomes.csv")
        for line, row in enumerate(rows, start=2)
        if (name, line) not in refused
    )
    assert Counter((row["source_id"], row["result"]) for row in made.rows("event_result")) == wanted


def test_the_other_open_data_are_taken_whole(received: tuple[Real, dict[str, Receipt]]) -> None:
    made, receipts = received
    kept = {name.split("/")[0]: receipt.rows_kept for name, receipt in receipts.items()}
    assert {dataset: kept[dataset] for dataset in OTHERS} == {
        "boundaries-lsoa11": 493,
        "boundaries-msoa11": 100,
        "deprivation-lsoa11": 32_844,
        "population-lsoa11": 493,
    }
    assert sum(row["people"] for row in made.rows("area_population")) == 831_622
    assert len(made.rows("area_deprivation")) == 2 * 32_844
    assert Counter(row["area_kind"] for row in made.rows("area")) == {"lsoa11": 493, "msoa11": 100}


def test_only_what_the_licence_names_was_taken(received: tuple[Real, dict[str, Receipt]]) -> None:
    made, _ = received
    files = [path for path in Path(made.folder / ".roundtable" / "lake").rglob("*.parquet")]
    assert files
    for path in files:
        content = path.read_bytes()
        assert b"On or near" not in content and b"North Yorkshire Police" not in content, path


def test_receiving_it_again_writes_nothing(received: tuple[Real, dict[str, Receipt]]) -> None:
    made, _ = received
    state = made.state()
    assert not any(receipt.fresh for receipt in made.receive().values())
    assert made.state() == state

"""The real open data from the archive to the report, counted again without the product."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.data.engine import EngineName
from roundtable.demonstration import OPEN_DATA
from roundtable.ledger import deliveries
from roundtable.ledger.database import close_ledger
from roundtable.ledger.deliveries import Member
from roundtable.ledger.models import DeliveryStatus
from tests.conftest import SHARED_DATA
from tests.published.whole_run import WholeRun, demonstrated, run_demonstration

pytestmark = pytest.mark.real
STREET_ROWS = 67_159


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeRun]:
    with demonstrated(tmp_path_factory.mktemp("real") / "demo", EngineName.DUCKDB) as run:
        yield run


@pytest.fixture(scope="module")
def published() -> dict[str, list[dict[str, str]]]:
    """The archive's street-level rows by file, as Python's own reader sees them."""
    found = {}
    with zipfile.ZipFile(SHARED_DATA / OPEN_DATA["police-uk"]) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith("-street.csv"):
                text = io.TextIOWrapper(archive.open(name), encoding="utf-8", newline="")
                found[name] = list(csv.DictReader(text))
    return found


@pytest.fixture(scope="module")
def counted(whole: WholeRun, published: dict[str, list[dict[str, str]]]) -> Counter[tuple[str, str]]:
    """The rows that were not set aside, by month and category."""
    aside = {(row["file"], row["line"]) for row in whole.rows("quarantine")}
    return Counter(
        (row["Month"], row["Crime type"])
        for name, rows in published.items()
        for line, row in enumerate(rows, start=2)
        if (name, line) not in aside
    )


def _members(table: str | None = None) -> list[Member]:
    found = [member for one in deliveries.every_delivery() for member in one.members]
    return [member for member in found if table in (None, member.table)]


def test_every_street_row_is_kept_or_set_aside(
    whole: WholeRun, published: dict[str, list[dict[str, str]]]
) -> None:
    street = _members("street")
    kept = Counter(str(row["event_id"]).split("/")[0] for row in whole.rows("event"))
    aside = Counter(row["file"] for row in whole.rows("quarantine"))
    assert sum(map(len, published.values())) == STREET_ROWS
    assert {one.member: one.rows_received for one in street} == {
        name: len(rows) for name, rows in published.items()
    }
    assert {one.member: one.rows_kept for one in street} == {
        one.member: kept[Path(one.member).stem] for one in street
    }
    assert {one.member: one.rows_quarantined for one in street} == {
        one.member: aside[one.member] for one in street
    }
    assert all(one.rows_received == one.rows_kept + one.rows_quarantined for one in _members())


def test_everything_was_accepted_and_nothing_withheld(whole: WholeRun) -> None:
    assert {receipt.dataset: receipt.status for receipt in whole.outcome.receipts} == dict.fromkeys(
        OPEN_DATA, DeliveryStatus.ACCEPTED
    )
    assert whole.outcome.withheld == ()


@pytest.mark.parametrize("kind", ["lsoa11", "msoa11"])
def test_months_and_categories_add_up_to_what_was_published(
    whole: WholeRun, counted: Counter[tuple[str, str]], kind: str
) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for row in whole.rows("harm_area_month"):
        if (row["weight_set"], row["dataset"], row["area_kind"]) == ("count", "police-uk", kind):
            found[(str(row["month"])[:7], str(row["code"]))] += int(str(row["records"]))
    assert found == counted


def test_categories_add_up_in_every_weight_set(whole: WholeRun, counted: Counter[tuple[str, str]]) -> None:
    wanted: Counter[str] = Counter()
    for (_, code), number in counted.items():
        wanted[code] += number
    rows = whole.rows("harm_code")
    found = {
        name: {row["code"]: row["records"] for row in rows if row["weight_set"] == name}
        for name in {row["weight_set"] for row in rows}
    }
    assert len(found) >= 2
    assert found == {name: dict(wanted) for name in found}


@pytest.mark.parametrize("kind", ["lsoa11", "msoa11"])
def test_areas_add_up_to_every_row_published(whole: WholeRun, kind: str) -> None:
    rows = [
        row for row in whole.rows("harm_area") if (row["weight_set"], row["area_kind"]) == ("count", kind)
    ]
    aside = sum(one.rows_quarantined for one in _members("street"))
    assert sum(int(str(row["records"])) for row in rows) + aside == STREET_ROWS
    assert sum(int(str(row["harm"])) for row in rows) + 1000 * aside == 1000 * STREET_ROWS


def test_the_report_names_every_number_of_every_file(whole: WholeRun) -> None:
    shown = _files_on(whole.outcome.report.read_text(encoding="utf-8"))
    for one in deliveries.every_delivery():
        numbers = (one.rows_received, one.rows_kept, one.rows_quarantined)
        assert shown[Path(one.file).name] == tuple(f"{number:,}" for number in numbers)
    for member in _members("street") + _members("outcomes"):
        numbers = (member.rows_received, member.rows_kept, member.rows_quarantined)
        assert shown[member.member] == tuple(f"{number:,}" for number in numbers)


def _files_on(page: str) -> dict[str, tuple[str, ...]]:
    """The page's table of files: the last three cells of each row by the first."""
    section = page[page.index('<table id="files"') :]
    rows = re.findall(r"<tr>(.*?)</tr>", section[: section.index("</table>")], re.DOTALL)
    plain = [re.sub(r'<span class="note">.*?</span>', "", row) for row in rows]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in plain]
    return {row[0]: tuple(row[-3:]) for row in cells}


def test_run_again_it_writes_no_byte(whole: WholeRun) -> None:
    close_ledger()
    before = _bytes_of(whole.folder)
    again = run_demonstration(whole.folder, EngineName.DUCKDB).outcome
    close_ledger()
    after = _bytes_of(whole.folder)
    run_demonstration(whole.folder, EngineName.DUCKDB)
    assert (before, again.changed) == (after, False)
    assert whole.outcome.changed
    assert again.snapshot == whole.outcome.snapshot


def _bytes_of(folder: Path) -> dict[str, tuple[str, int]]:
    """The hash of every file, and when it was last written."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

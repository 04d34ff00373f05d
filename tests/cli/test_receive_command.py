"""`roundtable receive`: what it prints and how it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from roundtable.cli.receive import receive
from roundtable.errors import Busy, DeliveryRefused, ExitCode
from roundtable.ledger.database import close_ledger
from roundtable.ledger.lock import writer_lock
from tests.town import Town

app = typer.Typer(add_completion=False)
app.command()(receive)

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)
ROW = ",2024-01,A,A,-1.5,54.0,On or near A Street,E01,A 001,Burglary,,\n"
FILE = "deliveries/street-crime/2024-01-town-street.csv"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield Town.built_in(tmp_path)
    close_ledger()


def _run(*words: Any) -> tuple[int, str]:
    """Exit code and standard output; a user's mistake is raised, as it is to `main`."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, Exception):
        raise result.exception
    return result.exit_code, result.stdout


def test_nothing_delivered(town: Town) -> None:
    assert _run(town.folder) == (0, "Nothing stands in deliveries/.\n")


def test_a_receipt_is_one_line_and_what_there_is_to_say(town: Town) -> None:
    town.write(FILE, HEADER + ROW * 20 + ROW.replace("2024-01", "January"))
    code, out = _run(town.folder)
    assert code == 0
    assert out.splitlines() == [
        "                received        kept  quarantine  file",
        f"accepted              21          20           1  {FILE}",
        "    In quarantine: Month is not written as yyyy-MM: 1 (first: 2024-01-town-street.csv, line 22).",
    ]
    code, out = _run(town.folder)
    assert (code, out.splitlines()[-1]) == (
        0,
        "Nothing has changed since these were decided; nothing was written.",
    )


def test_a_refused_delivery_ends_it_with_3_and_stops_no_other(town: Town) -> None:
    town.write(FILE, HEADER + ROW)
    town.write(FILE.replace("2024-01", "2024-02"), "Crime,Month\n")
    for _ in range(2):
        with pytest.raises(DeliveryRefused) as refusal:
            _run(town.folder)
        assert int(refusal.value.exit_code) == int(ExitCode.DELIVERY_REFUSED)
        assert [problem.rule for problem in refusal.value.problems] == ["header"]
    code, out = _run(town.folder, "--json")
    assert code == 3
    receipts = json.loads(out)
    assert [(one["status"], one["rows"]["kept"]) for one in receipts] == [("accepted", 1), ("refused", 0)]
    assert receipts[1]["problems"][0]["rule"] == "header"


def test_nobody_else_may_write_meanwhile(town: Town) -> None:
    with writer_lock(town.folder), pytest.raises(Busy):
        _run(town.folder)

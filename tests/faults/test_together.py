"""Readers and writers at the same time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from roundtable.data.lake import Lake
from roundtable.errors import Busy
from roundtable.ledger import audit
from roundtable.ledger.audit import append
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from tests.faults.generations import generation, seen

ROOT = Path(__file__).parents[2]
GENERATIONS = 60
APPENDERS, APPENDED = 3, 60

APPEND = f"""
import sys
from pathlib import Path
from roundtable.ledger.audit import append
from roundtable.ledger.database import open_ledger
open_ledger(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
for number in range({APPENDED}):
    append("thing.done", f"{{sys.argv[2]}} {{number}}", {{}})
"""

OPEN = """
import sys
from pathlib import Path
from roundtable.ledger.database import ledger_id, open_ledger
print("ready", flush=True)
sys.stdin.read()
open_ledger(Path(sys.argv[1]), "county")
print(ledger_id())
"""


def _start(*command: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, *command], env=environment, stdin=pipe, stdout=pipe)


def _let_go(processes: "list[subprocess.Popen[bytes]]") -> None:
    """Wait until every one of them is ready, and then let them all begin."""
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()


def test_a_reader_sees_one_generation_or_the_next_and_never_half_of_each(ledger: Path) -> None:
    with writer_lock(ledger):
        generation(Lake(ledger), 0)
    writer = _start("-m", "tests.faults.generations", str(ledger), str(GENERATIONS))
    met: list[str] = []
    while writer.poll() is None:
        (one,) = seen(Lake(ledger))
        met.append(one)
    assert writer.returncode == 0
    assert seen(Lake(ledger)) == {str(GENERATIONS)}
    assert met == sorted(met, key=int), "a reader went back in time"
    assert len(set(met)) > 3, "the reader never met the writer"


def test_a_reader_needs_no_lock_and_a_second_writer_gets_none(writer: Path) -> None:
    generation(Lake(writer), 0)
    code = "import sys; from pathlib import Path; from roundtable.ledger.lock import writer_lock\n"
    code += "from roundtable.errors import Busy\n"
    code += "try:\n with writer_lock(Path(sys.argv[1])): pass\nexcept Busy: sys.exit(7)"
    second = _start("-c", code, str(writer))
    assert second.wait() == 7
    assert seen(Lake(writer)) == {"0"}


def test_events_appended_by_several_processes_are_one_chain(ledger: Path) -> None:
    processes = [_start("-c", APPEND, str(ledger), str(number)) for number in range(APPENDERS)]
    _let_go(processes)
    assert [process.wait() for process in processes] == [0] * APPENDERS
    verdict = audit.verify()
    assert verdict.problems == ()
    assert verdict.events == APPENDERS * APPENDED


def test_several_processes_that_open_a_new_ledger_make_one(folder: Path) -> None:
    processes = [_start("-c", OPEN, str(folder)) for _ in range(4)]
    _let_go(processes)
    marks = {process.stdout.read() for process in processes if process.stdout}
    assert [process.wait() for process in processes] == [0] * 4
    assert len(marks) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_ledger_that_somebody_holds_for_too_long_is_busy(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roundtable.ledger.address.PATIENCE", 0.1)
    close_ledger()
    open_ledger(ledger)
    hold = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    hold += "c.execute('BEGIN IMMEDIATE')\nprint('held', flush=True)\nsys.stdin.read()"
    file = str(ledger / ".roundtable" / "ledger.sqlite3")
    other = subprocess.Popen(
        [sys.executable, "-c", hold, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    with pytest.raises(Busy, match="another process holds the ledger"):
        append("thing.done", "thing", {})
    other.communicate()
    append("thing.done", "thing", {})

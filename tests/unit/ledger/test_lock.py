"""One writer at a time, and a dead writer is no writer."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.errors import Busy
from roundtable.ledger.lock import is_being_written, is_writer, writer_lock

HOLD = """
import sys
from pathlib import Path
from roundtable.ledger.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_writer(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    source = Path(__file__).parents[3] / "src"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(source)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_writer_is_told_at_once(tmp_path: Path, other_writer: object) -> None:
    assert is_being_written(tmp_path)
    with pytest.raises(Busy) as caught, writer_lock(tmp_path):
        pass
    assert "another run is writing" in str(caught.value)
    assert not is_writer(tmp_path)


def test_a_killed_writer_leaves_no_lock(tmp_path: Path, other_writer: "subprocess.Popen[bytes]") -> None:
    other_writer.kill()
    other_writer.wait()
    assert not is_being_written(tmp_path)
    with writer_lock(tmp_path):
        assert is_writer(tmp_path)


def test_a_process_does_not_take_it_twice(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        with pytest.raises(Busy), writer_lock(tmp_path):
            pass
        assert is_writer(tmp_path)
        assert is_being_written(tmp_path)
    assert not is_writer(tmp_path)


def test_it_is_given_back_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writer_lock(tmp_path):
        raise ZeroDivisionError
    assert not is_being_written(tmp_path)


def test_asking_about_a_folder_that_has_none_makes_none(tmp_path: Path) -> None:
    assert not is_being_written(tmp_path)
    assert list(tmp_path.iterdir()) == []

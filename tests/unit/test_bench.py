"""What measures the product must itself be right: the longer archive, the stopwatch and the verdicts."""

import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from bench.archive import write_archive
from bench.lines import Line
from bench.measure import Command, CommandFailed, Measurement, in_turn, measure, median
from bench.whole_run import fingerprints

HEADER = "Crime ID,Month,Reported by"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """An archive of two street files, three rows and two, and a file that is not a street file."""
    source = tmp_path / "published.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr(
            "2024-01/2024-01-x-street.csv", f"{HEADER}\nabcdef,2024-01,a\n,2024-01,b\nabc123,2024-01,c\n"
        )
        archive.writestr("2024-02/2024-02-x-street.csv", f"{HEADER}\n,2024-02,d\nfedcba,2024-02,e\n")
        archive.writestr("2024-02/2024-02-x-outcomes.csv", "Crime ID,Month\nabcdef,2024-02\n")
    return source


def _rows(archive: Path) -> dict[str, list[str]]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name).decode().splitlines() for name in opened.namelist()}


@pytest.mark.parametrize("rows", [1, 3, 4, 12])
def test_the_longer_archive_has_as_many_rows_as_asked_for(rows: int, published: Path, tmp_path: Path) -> None:
    write_archive(published, rows, tmp_path / "long.zip")
    files = _rows(tmp_path / "long.zip")
    assert all(lines[0] == HEADER for lines in files.values())
    assert sum(len(lines) - 1 for lines in files.values()) == rows


def test_each_file_of_it_has_a_month_of_its_own(published: Path, tmp_path: Path) -> None:
    write_archive(published, 40, tmp_path / "long.zip")
    files = _rows(tmp_path / "long.zip")
    assert len(files) == 16
    assert "2024-12/2024-12-north-yorkshire-street.csv" in files
    for name, lines in files.items():
        assert {line.split(",")[1] for line in lines[1:]} == {name[:7]}


def test_its_crimes_are_crimes_of_their_own(published: Path, tmp_path: Path) -> None:
    write_archive(published, 10, tmp_path / "long.zip")
    crimes = Counter(
        line.split(",")[0] for lines in _rows(tmp_path / "long.zip").values() for line in lines[1:]
    )
    assert crimes.pop("") == 4
    assert set(crimes.values()) == {1}


def _python(program: str) -> Command:
    return Command((sys.executable, "-c", program))


def test_a_command_is_charged_for_its_children() -> None:
    burn = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    hold = "x = bytearray(150_000_000)"
    both = (
        f"import subprocess, sys; [subprocess.run([sys.executable, '-c', p]) for p in ({burn!r}, {hold!r})]"
    )
    taken = measure(_python(both))
    assert 0.3 <= taken.cpu < 5
    assert taken.wall >= 0.3
    assert taken.peak > 150_000_000


def test_waiting_is_wall_time_and_not_work() -> None:
    taken = measure(_python("import time; time.sleep(0.4)"))
    assert taken.wall >= 0.4
    assert taken.cpu < taken.wall


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(CommandFailed, match=r"(?s)ended with 3.*out of paper"):
        measure(_python("import sys; print('out of paper'); sys.exit(3)"))


def test_commands_take_turns(tmp_path: Path) -> None:
    log = tmp_path / "log"
    said = {
        name: Command((sys.executable, "-c", f"open({str(log)!r}, 'a').write({name!r})")) for name in "AB"
    }
    in_turn(said, 2)
    assert log.read_text() == "ABAB"


def test_the_median_of_each_and_the_largest_peak() -> None:
    taken = [Measurement(3, 1, 10), Measurement(1, 9, 30), Measurement(2, 5, 20)]
    assert median(taken) == Measurement(2, 5, 30)


def test_a_limit_is_passed_or_missed() -> None:
    assert Line("wall", 12.0, "s", 12).verdict == "PASS"
    assert Line("wall", 12.1, "s", 12).verdict == "MISS"
    assert str(Line("wall", 3.14159, "s")) == "| wall | 3.14 s |  |  |"
    assert str(Line("ratio", 3.5, "times", 3)) == "| ratio | 3.50 times | at most 3 times | MISS |"


def test_a_file_written_again_with_the_same_bytes_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("same")
    before = fingerprints(tmp_path)
    assert fingerprints(tmp_path) == before
    subprocess.run(["touch", "-d", "2001-01-01", str(file)], check=True)
    assert fingerprints(tmp_path) != before

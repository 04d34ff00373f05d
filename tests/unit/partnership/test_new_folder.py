"""What `roundtable init` makes: a folder without a fault, whole or not at all."""

import errno
from datetime import date
from pathlib import Path

import pytest

from roundtable.errors import DiskFull, SettingUnusable
from roundtable.partnership.findings import find_all
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.new_folder import new_folder
from roundtable.partnership.study import Study

DAY = date(2026, 11, 23)


def test_it_loads_and_has_one_of_everything(tmp_path: Path) -> None:
    files = new_folder(tmp_path / "Our Town", "Our Town: safer “together”", DAY)

    partnership = load_partnership(tmp_path / "Our Town")
    assert partnership.charter.name == "Our Town: safer “together”"
    assert partnership.charter.id == "our-town"
    assert partnership.charter.as_of == DAY
    assert len(partnership.agencies) == 3
    for things in (partnership.scenarios, partnership.datasets, partnership.agreements):
        assert len(things) == 1
    assert len(partnership.services) == len(partnership.improvements) == 1
    assert {".gitignore", "README.md", ".schemas/agency.json"} <= {file.as_posix() for file in files}
    assert (tmp_path / "Our Town/.gitignore").read_text(encoding="utf-8").split("\n")[1:3] == [
        "deliveries/",
        ".roundtable/",
    ]


def test_nothing_high_is_found_in_it(tmp_path: Path) -> None:
    new_folder(tmp_path / "town", "A town", DAY)

    findings = find_all(Study(load_partnership(tmp_path / "town")))

    assert [finding.title for finding in findings if finding.severity == "high"] == []


@pytest.mark.parametrize(
    "name", ["yes", "3", "a: b", "- x", "'", '"', "# x", "{{id}} {{as_of}}", "Môn", "\\n"]
)
def test_any_name_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    new_folder(tmp_path / "town", name, DAY)

    assert load_partnership(tmp_path / "town").charter.name == name


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "\x00"])
def test_a_name_is_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingUnusable, match="a partnership needs a name, on one line"):
        new_folder(tmp_path / "town", name, DAY)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("folder", ["1", "___", "...", "Ynys Môn", "x" * 200])
def test_any_folder_gives_an_id(tmp_path: Path, folder: str) -> None:
    new_folder(tmp_path / folder, "A town", DAY)

    load_partnership(tmp_path / folder)


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()

    new_folder(tmp_path / "town", "A town", DAY)

    load_partnership(tmp_path / "town")


def test_parents_are_made(tmp_path: Path) -> None:
    new_folder(tmp_path / "a/b/town", "A town", DAY)

    load_partnership(tmp_path / "a/b/town")


def test_what_stands_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    (tmp_path / "town/mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(SettingUnusable) as raised:
        new_folder(tmp_path / "town", "A town", DAY)

    (problem,) = raised.value.problems
    assert problem.what == "there is something in this folder already, and nothing was written to it"
    assert problem.remedy == "Give the name of a new or an empty folder."
    assert [path.name for path in tmp_path.rglob("*")] == ["town", "mine.txt"]


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "town").write_text("mine", encoding="utf-8")

    with pytest.raises(SettingUnusable, match="there is a file of this name"):
        new_folder(tmp_path / "town", "A town", DAY)
    assert (tmp_path / "town").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("number", "raises", "what"),
    [
        (errno.ENOSPC, DiskFull, "there is no room for the new folder, and nothing was left behind"),
        (errno.EACCES, SettingUnusable, "the folder cannot be made: "),
    ],
)
@pytest.mark.parametrize("last", ["README.md", "council.yaml", "agency.json"])
def test_stopped_half_way_it_leaves_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    raises: type[SettingUnusable | DiskFull],
    what: str,
    last: str,
) -> None:
    write, written = Path.write_text, []

    def full(path: Path, text: str, encoding: str) -> int:
        written.append(path)
        if path.name == last or len(written) > 10:
            raise OSError(number, "no")
        return write(path, text, encoding=encoding)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(raises, match=what):
        new_folder(tmp_path / "town", "A town", DAY)

    assert written
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_left_beside_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / ".town.unfinished/agencies").mkdir(parents=True)

    new_folder(tmp_path / "town", "A town", DAY)

    assert [path.name for path in tmp_path.iterdir()] == ["town"]
    load_partnership(tmp_path / "town")

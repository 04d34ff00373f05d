"""The folder on disk: what is read, what has no business there, and when it is no partnership."""

from pathlib import Path

import pytest

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.fingerprint import folder_fingerprint
from roundtable.partnership.folder import survey
from tests.town import Town

READ = (
    "What is read: partnership.yaml, agencies/, scenarios/, datasets/, agreements/, services/, improvements/,"
    " meetings/," + (" reference/.")
)


def _only_problem(folder: Path) -> tuple[str, str, str]:
    with pytest.raises(PartnershipUnusable) as raised:
        survey(folder)
    (problem,) = raised.value.problems
    return str(problem.place), problem.what, problem.remedy


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"

    assert _only_problem(folder) == (
        str(folder),
        "there is no such folder",
        f"Name the folder that holds partnership.yaml, or begin one with `roundtable init {folder}`.",
    )


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "town").touch()

    assert _only_problem(tmp_path / "town")[1] == "this is a file, not a folder"


def test_a_folder_that_is_not_a_partnership(tmp_path: Path) -> None:
    assert _only_problem(tmp_path) == (
        str(tmp_path),
        "this folder is not a partnership: it has no partnership.yaml",
        f"Name the folder that holds partnership.yaml, or begin one with `roundtable init {tmp_path}`.",
    )


def test_the_partnership_is_one_folder_further_in(town: Town) -> None:
    remedy = _only_problem(town.folder.parent)[2]

    assert remedy == f"Did you mean {town.folder}, which has one?"


def test_the_partnership_is_one_folder_further_out(town: Town) -> None:
    remedy = _only_problem(town.folder / "agencies")[2]

    assert remedy == f"Did you mean the folder above it ({town.folder}/agencies/..), which has one?"


@pytest.mark.parametrize("name", ["partnership.yml", "Partnership.yaml", "partnership.yaml.txt"])
def test_the_first_file_has_nearly_the_right_name(town: Town, name: str) -> None:
    (town.folder / "partnership.yaml").rename(town.folder / name)

    remedy = _only_problem(town.folder)[2]

    if name.endswith(".txt"):
        assert remedy.startswith("Name the folder")
    else:
        assert remedy == f"Did you mean '{name}'? Rename it to partnership.yaml."


@pytest.mark.parametrize(
    "welcome",
    [
        "README.md",
        "notes.md",
        "LICENSE",
        "README.txt",
        ".gitignore",
        ".git/config",
        ".schemas/agency.json",
        ".roundtable/ledger.sqlite3",
        "deliveries/street-crime/2024-01.csv",
        "agencies/.council.yaml.swp",
        "agencies/README.md",
    ],
)
def test_what_may_stand_beside(town: Town, welcome: str) -> None:
    before = folder_fingerprint(town.folder)
    town.write(welcome, "\x00 anything at all")

    assert town.problems() == []
    assert folder_fingerprint(town.folder) == before


@pytest.mark.parametrize(
    ("stray", "problem"),
    [
        (
            "agency/x.yaml",
            f"agency: 'agency/' is not part of a partnership and is not read\n"
            f"Did you mean agencies/? Rename it. {READ}",
        ),
        (
            "Datasets/x.yaml",
            f"Datasets: 'Datasets/' is not part of a partnership and is not read\n"
            f"Did you mean datasets/? Rename it. {READ}",
        ),
        (
            "photos/x.jpg",
            f"photos: 'photos/' is not part of a partnership and is not read\n"
            f"Move it out of the folder. {READ}",
        ),
        (
            "council.yaml",
            f"council.yaml: 'council.yaml' is not part of a partnership and is not read\n"
            f"Move it out of the folder. {READ}",
        ),
        (
            "agencies/police.yam",
            "agencies/police.yam: 'police.yam' does not end in .yaml and is not read\n"
            "Write it as YAML in police.yaml, or move it out of agencies/.",
        ),
        (
            "agencies/police.json",
            "agencies/police.json: 'police.json' does not end in .yaml and is not read\n"
            "Write it as YAML in police.yaml, or move it out of agencies/.",
        ),
        (
            "agencies/police.yaml.txt",
            "agencies/police.yaml.txt: 'police.yaml.txt' does not end in .yaml and is not read\n"
            "Write it as YAML in police.yaml, or move it out of agencies/.",
        ),
        (
            "agencies/old/police.yaml",
            "agencies/old: folders inside agencies/ are not read\n"
            "Move its files up into agencies/, or move it out of the partnership.",
        ),
        (
            "agencies/x.csv",
            "agencies/x.csv: 'x.csv' does not end in .yaml and is not read\n"
            "Write it as YAML in x.yaml, or move it out of agencies/.",
        ),
        ("reference", "reference: 'reference' is a file where a folder should be\nMake it a folder."),
        (
            "reference/prices.csv",
            "reference/prices.csv: no table in reference/ reads this file\n"
            "Name it in the 'rows_from' of a table of harm weights: rows_from: prices.csv",
        ),
    ],
)
def test_what_is_not_read_is_told(town: Town, stray: str, problem: str) -> None:
    town.write(stray, "id: x\n")

    assert town.problems() == [problem]


def test_a_link_out_of_the_folder_is_refused(town: Town, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("id: elsewhere\n", encoding="utf-8")
    (town.folder / "agencies/elsewhere.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (town.folder / "reference").symlink_to(tmp_path)

    remedy = "Put a copy of the file there instead; a partnership's folder holds all that it says."
    assert town.problems() == [
        f"agencies/elsewhere.yaml: this link leads out of the partnership's folder\n{remedy}",
        f"reference: this link leads out of the partnership's folder\n{remedy}",
    ]


def test_a_link_inside_the_folder_is_read(town: Town) -> None:
    (town.folder / "agencies/council.yaml").rename(town.folder / ".council.yaml")
    (town.folder / "agencies/council.yaml").symlink_to("../.council.yaml")

    assert town.problems() == []


def test_a_link_to_nothing_is_told(town: Town) -> None:
    (town.folder / "agencies/gone.yaml").symlink_to("nothing.yaml")

    assert town.problems() == [
        "agencies/gone.yaml: this is not a file that can be read\nPut a file there, or delete it."
    ]


def test_a_folder_of_the_right_name_for_a_file(town: Town) -> None:
    (town.folder / "partnership.yaml").unlink()
    (town.folder / "partnership.yaml").mkdir()

    assert _only_problem(town.folder)[1] == "this folder is not a partnership: it has no partnership.yaml"


def test_both_endings_of_yaml_are_read(town: Town) -> None:
    (town.folder / "agencies/council.yaml").rename(town.folder / "agencies/council.yml")

    assert town.problems() == []


def test_the_fingerprint_is_of_what_is_read_wherever_it_stands(town: Town, tmp_path: Path) -> None:
    before = folder_fingerprint(town.folder)
    moved = town.folder.rename(tmp_path / "elsewhere")

    assert folder_fingerprint(moved) == before


@pytest.mark.parametrize("file", ["partnership.yaml", "agencies/council.yaml", "reference/prices.csv"])
def test_the_fingerprint_changes_with_every_file_that_is_read(town: Town, file: str) -> None:
    town.write("reference/prices.csv", "code,pounds\n")
    before = folder_fingerprint(town.folder)
    with (town.folder / file).open("a", encoding="utf-8") as opened:
        opened.write(" ")

    assert folder_fingerprint(town.folder) != before


def test_the_fingerprint_changes_with_a_name(town: Town) -> None:
    before = folder_fingerprint(town.folder)
    (town.folder / "agencies/council.yaml").rename(town.folder / "agencies/council-2.yaml")

    assert folder_fingerprint(town.folder) != before

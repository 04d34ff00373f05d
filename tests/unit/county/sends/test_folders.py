"""Where a county is put: never over others' files, whole or not at all, its truth apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from roundtable.county.standing_folders import Folders, begun, folders_of, published, refuse_others
from roundtable.errors import SettingUnusable


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    (tmp_path / "town").mkdir()
    return folders_of(tmp_path / "town", None)


def _make(folders: Folders, *names: str) -> None:
    with begun(folders) as unfinished:
        for name in names:
            path = unfinished.deliveries / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("made")
        unfinished.truth.mkdir(parents=True)
        (unfinished.truth / "county.json").write_text("{}")
        published(folders, unfinished)


def _standing(folders: Folders) -> set[str]:
    root = folders.partnership / "deliveries"
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_the_truth_stands_beside_and_never_inside(folders: Folders) -> None:
    assert folders.truth == folders.partnership.with_name("town-truth")
    for inside in (folders.partnership, folders.partnership / "deliveries" / "truth"):
        with pytest.raises(SettingUnusable, match="inside the partnership folder"):
            folders_of(folders.partnership, inside)


def test_an_earlier_county_is_replaced(folders: Folders) -> None:
    _make(folders, "a/one.csv", "b/two.csv")
    _make(folders, "a/three.csv")
    assert _standing(folders) == {"a/three.csv"}
    assert not (folders.partnership / "deliveries" / "b").exists()


def test_somebody_s_delivery_is_not_touched(folders: Folders) -> None:
    _make(folders, "a/one.csv")
    real = folders.partnership / "deliveries" / "a" / "real.csv"
    real.write_text("real")
    with pytest.raises(SettingUnusable, match=r"real\.csv"):
        refuse_others(folders)
    assert _standing(folders) == {"a/one.csv", "a/real.csv"}


def test_a_folder_that_is_no_truth_is_not_touched(folders: Folders) -> None:
    folders.truth.mkdir()
    (folders.truth / "thesis.docx").touch()
    with pytest.raises(SettingUnusable, match="not an earlier county's truth"):
        refuse_others(folders)


def test_what_ends_half_way_leaves_the_earlier_county(folders: Folders) -> None:
    _make(folders, "a/one.csv")
    with pytest.raises(KeyboardInterrupt), begun(folders) as unfinished:
        (unfinished.deliveries / "half.csv").write_text("half")
        raise KeyboardInterrupt
    assert _standing(folders) == {"a/one.csv"}
    assert not list(folders.partnership.rglob(".county-unfinished"))
    _make(folders, "a/two.csv")
    assert _standing(folders) == {"a/two.csv"}

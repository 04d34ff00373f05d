"""A full disk is told as one, whoever finds it; other errors stay what they are."""

import errno
import shutil
from pathlib import Path

import pytest

from roundtable.data.disk import ensure_room, room_to_write
from roundtable.errors import DiskFull, Place, Problem, StoreUnusable


def test_room_that_is_there_is_enough(tmp_path: Path) -> None:
    ensure_room(tmp_path / "not" / "made" / "yet", 1)


def test_room_that_is_not_there_is_told_before_anything_is_written(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(DiskFull, match=r"bytes are needed and [\d,]+ are free"):
        ensure_room(tmp_path / "not" / "made" / "yet", free * 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OSError("Error writing bytes to file. Detail: [errno 28] No space left on device"),
        RuntimeError('IO Error: Could not write file "x": No space left on device'),
    ],
)
def test_a_full_disk_is_told_as_one(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(DiskFull) as caught, room_to_write(tmp_path):
        raise error
    assert caught.value.__cause__ is error
    assert caught.value.problems[0].place.file == str(tmp_path)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EACCES, "Permission denied"),
        ValueError("no"),
        StoreUnusable(Problem(Place("x"), "r", "the file 'no space left on device.csv' is damaged", "m")),
        DiskFull(Problem(Place("x"), "r", "no room", "m")),
        KeyboardInterrupt(),
    ],
)
def test_any_other_error_stays_what_it_is(error: BaseException, tmp_path: Path) -> None:
    with pytest.raises(type(error)) as caught, room_to_write(tmp_path):
        raise error
    assert caught.value is error

"""Whether a folder would still load with some of its files saying something else; nothing is changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.file_kinds import CHARTER_FILE
from roundtable.partnership.folder import survey
from roundtable.partnership.loading import load_partnership


def problems_if(folder: Path, values: Mapping[str, Any]) -> list[Problem]:
    """What loading would complain of.

    Args:
        folder: a partnership folder, or one that is to become one.
        values: what each file should say, by its path inside the folder; None for one that goes.

    Returns:
        The problems. The file of each place is the path inside the folder, without lines: the file as
        it would be has not been written yet.
    """
    with TemporaryDirectory() as made:
        there = Path(made)
        _copy(folder, there, values)
        for inside, value in values.items():
            if value is not None:
                path = there / inside
                path.parent.mkdir(exist_ok=True)
                path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        try:
            load_partnership(there)
        except PartnershipUnusable as error:
            return [_in_the_folder(problem, there) for problem in error.problems]
    return []


def _copy(folder: Path, there: Path, values: Mapping[str, Any]) -> None:
    if not (folder / CHARTER_FILE).is_file():
        return
    found = survey(folder)
    for file in (*found.yaml_files, *found.csv_files):
        if file.inside not in values:
            (there / file.inside).parent.mkdir(exist_ok=True)
            shutil.copyfile(file.path, there / file.inside)


def _in_the_folder(problem: Problem, there: Path) -> Problem:
    said = f"{there}/"
    place = Place(problem.place.file.removeprefix(said), key=problem.place.key)
    what, remedy = problem.what.replace(said, ""), problem.remedy.replace(said, "")
    return Problem(place, problem.rule, what.replace(str(there), "the folder"), remedy)

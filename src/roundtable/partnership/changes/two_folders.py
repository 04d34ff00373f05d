"""The two folders that are compared, read; a mistake says in which of the two it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from roundtable.errors import PartnershipUnusable, Problem
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership


def load_both(old: Path, new: Path) -> tuple[Partnership, Partnership]:
    """Both partnerships.

    Raises:
        PartnershipUnusable: with every problem of both folders, each of which says whether it is of the
            older or the newer.
    """
    before, problems = _load(old, "older")
    after, more = _load(new, "newer")
    if before is None or after is None:
        raise PartnershipUnusable([*problems, *more])
    return before, after


def _load(folder: Path, which: str) -> tuple[Partnership | None, list[Problem]]:
    try:
        return load_partnership(folder), []
    except PartnershipUnusable as error:
        said = [replace(one, what=f"in the {which} folder: {one.what}") for one in error.problems]
        return None, said

"""Rows of a delivery that may not be taken in because their person was erased, set aside and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from roundtable.data.intake.reading import Scratch
from roundtable.data.lake import Lake
from roundtable.data.subjects.suppressing import stop_suppressed, stopped_by_file


def without_erased(lake: Lake, dataset: str, scratch: Scratch, prefixes: Mapping[str, str]) -> Scratch:
    """What was read of a delivery, without what an erasure keeps out.

    The rows count as set aside for good: two posts decided so.

    Args:
        lake: with the keys, where there are records.
        dataset: the delivery's.
        scratch: what reading it came to; its files are written anew where they must be.
        prefixes: what the id of a file's rows begins with, by the file's name.
    """
    stopped = stop_suppressed(lake, dataset, scratch.paths)
    if not stopped:
        return scratch
    by_file = stopped_by_file(stopped, prefixes)
    scratch.members[:] = [
        replace(
            member,
            rows_kept=member.rows_kept - by_file[member.member],
            rows_dismissed=member.rows_dismissed + by_file[member.member],
        )
        for member in scratch.members
    ]
    scratch.told.append("Some rows were not taken in: what was erased does not come back.")
    return scratch

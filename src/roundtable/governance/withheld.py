"""Telling what may not be used today without saying the same of every file."""

from __future__ import annotations

from collections.abc import Iterable


def told_together(withheld: Iterable[str]) -> tuple[str, ...]:
    """What is withheld, in lines: deliveries of a dataset that share their reason on one line, by the first.

    Args:
        withheld: a line for each delivery: its file, a colon, and why.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for said in sorted(set(withheld)):
        file, _, why = said.partition(": ")
        alike.setdefault((file.rpartition("/")[0], why), []).append(file)
    return tuple(
        f"{files[0]}{_and_more(files)}: {why}"
        for (_, why), files in sorted(alike.items(), key=lambda item: item[1])
    )


def _and_more(files: list[str]) -> str:
    return f" and {len(files) - 1:,} more of the same dataset" if len(files) > 1 else ""

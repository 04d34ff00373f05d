"""A longer archive made of the real one: its street files again and again, each in a month of its own.

    python -m bench.archive SOURCE.zip ROWS TARGET.zip

Places, categories and their proportions are the real ones; months and crime numbers are new. What it
writes is for a scratch folder and never for the tree.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

#: The month of the first file; each further file is one month older.
NEWEST = (2024, 12)
STREET = "-street.csv"


def write_archive(source: Path, rows: int, target: Path) -> None:
    """Write `rows` street rows (the header lines apart) in the layout of data.police.uk.

    Args:
        source: the real archive, as published.
        rows: how many; the last file is cut short to fit.
        target: the ZIP to write.
    """
    streets = _streets(source)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in count():
            header, *lines = streets[number % len(streets)]
            taken = lines[:rows]
            month = _month(number)
            text = "\n".join([header, *_moved(taken, month, number // len(streets)), ""])
            archive.writestr(f"{month}/{month}-north-yorkshire{STREET}", text)
            rows -= len(taken)
            if not rows:
                return


def _streets(source: Path) -> list[list[str]]:
    with zipfile.ZipFile(source) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(STREET))
        return [archive.read(name).decode().splitlines() for name in names]


def _month(number: int) -> str:
    year, month = divmod(NEWEST[0] * 12 + NEWEST[1] - 1 - number, 12)
    return f"{year}-{month + 1:02}"


def _moved(lines: list[str], month: str, copy: int) -> Iterator[str]:
    """The lines in another month; a crime number differs from copy to copy, an empty one stays empty."""
    for line in lines:
        crime, _, rest = line.split(",", 2)
        yield f"{crime and f'{copy:04x}{crime[4:]}'},{month},{rest}"


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))

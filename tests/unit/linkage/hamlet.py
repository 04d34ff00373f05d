"""Profiles of a made-up place, with slips and homes, and the person and home of each: names are syllables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tests.factories_profiles import profiles

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu")


@dataclass(frozen=True)
class Hamlet:
    """The profiles, and of each the person and the home."""

    table: pa.Table
    person: NDArray[np.int64]
    home: NDArray[np.int64]


def hamlet(homes: int, seed: int = 1, numbered: bool = True) -> Hamlet:
    """Homes of two to four people of mostly one surname, each person written down two or three times.

    Args:
        homes: how many.
        seed: of everything.
        numbered: whether sources number their people.
    """
    chance = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    person: list[int] = []
    home: list[int] = []
    people = 0
    for place in range(homes):
        surname = _word(chance, 3)
        for _ in range(int(chance.integers(2, 5))):
            one = {
                "given": _word(chance, 2),
                "surname": surname if chance.random() < 0.8 else _word(chance, 3),
                "date_of_birth": _date(chance),
                "sex": str(chance.choice(["f", "m"])),
                "nhs_number": f"{9990000000 + people}",
            }
            for _ in range(int(chance.integers(2, 4))):
                number = f"register␟{people}" if numbered and chance.random() < 0.7 else None
                rows.append(_written(one, place, number, chance))
                person.append(people)
                home.append(place)
            people += 1
    return Hamlet(profiles(*rows), np.array(person), np.array(home))


def _written(
    one: dict[str, Any], place: int, number: str | None, chance: np.random.Generator
) -> dict[str, Any]:
    row = {**one, "other_number": number, "address_id": f"place {place}", "postcode": f"ZY1{place // 8:03d}"}
    row["outward"] = "ZY1"
    for column, lost in (("nhs_number", 0.5), ("date_of_birth", 0.1), ("address_id", 0.2), ("sex", 0.1)):
        if chance.random() < lost:
            row[column] = None
    for column in ("given", "surname"):
        if chance.random() < 0.1:
            at = int(chance.integers(len(row[column])))
            row[column] = row[column][:at] + "x" + row[column][at + 1 :]
    row |= {"given_root": row["given"], "name_tokens": sorted({row["given"], row["surname"]})}
    return row


def _word(chance: np.random.Generator, syllables: int) -> str:
    return "".join(chance.choice(_SYLLABLES, syllables))


def _date(chance: np.random.Generator) -> str:
    year, month, day = chance.integers([1930, 1, 1], [2020, 13, 29])
    return f"{year}{month:02d}{day:02d}"

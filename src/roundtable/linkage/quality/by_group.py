"""How well the records of different people are linked, beside those of everybody else.

A record is in a group by what it says itself, never by what it was linked to: else those that were linked to
nothing would seem to be of nobody. Groups are compared dataset by dataset, so that people whom one agency
knows better are not taken for people who are linked better.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.cleaning.letters import folded
from roundtable.linkage.quality.compared import NOT_SAID, Breakdown, compared
from roundtable.linkage.quality.links import Links
from roundtable.linkage.quality.measures import Measured
from roundtable.linkage.quality.naming import naming_groups, naming_of
from roundtable.linkage.quality.references import rows_of

#: Words in an address that say there is no home.
_HOMELESS = ("no fixed", "nfa", "homeless", "rough", "sofa surf")
HOMES = ("no_fixed_address", "communal", "address", "postcode_alone", NOT_SAID)


def by_group(
    links: Links,
    measures: Iterable[Measured],
    today: date,
    homeless: NDArray[np.bool_] | None = None,
    communal: NDArray[np.bool_] | None = None,
) -> list[dict[str, Any]]:
    """Rows of `link_quality`: by sex, age, naming and home.

    Args:
        links: the records.
        measures: what is measured of them.
        today: the day that ages are counted on.
        homeless: whether each record says that there is no fixed address (`no_home`); None where nobody
            looked.
        communal: whether each record's address is communal; None where nobody looked.
    """
    taken = tuple(measures)
    datasets = links.codes("dataset")[0].astype(np.int64)
    rows: list[dict[str, Any]] = []
    for name, part, parts in (
        ("sex", *_sexes(links)),
        ("age", *_ages(links.cleaned, today)),
        ("naming", naming_of(links.cleaned), naming_groups()),
        ("home", _homes(links.cleaned, homeless, communal), HOMES),
    ):
        rows += compared(links, taken, Breakdown(name, part, parts, datasets))
    return rows


def no_home(address: pa.ChunkedArray | pa.Array) -> NDArray[np.bool_]:
    """Whether each address, as it was sent, says in words that there is none; each wording is read once."""
    flat = address.combine_chunks() if isinstance(address, pa.ChunkedArray) else address
    encoded = flat.dictionary_encode()
    told = [_says_none(text) for text in encoded.dictionary.to_pylist()]
    found: NDArray[np.bool_] = np.array([*told, False])[np.asarray(encoded.indices.fill_null(-1))]
    return found


def _says_none(text: str) -> bool:
    plain = folded(text)
    return any(f" {plain} ".find(f" {word}") >= 0 for word in _HOMELESS) and not any(map(str.isdigit, plain))


def _sexes(links: Links) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    codes, names = links.codes("sex")
    return np.where(codes < 0, len(names), codes).astype(np.int64), (*names, NOT_SAID)


def _ages(cleaned: pa.Table, today: date) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The band of each record's age, by its birth date as typed; none where it is not to be."""
    bands = [(int(row["from_age"]), int(row["to_age"])) for row in rows_of("age_bands")]
    typed = pc.fill_null(cleaned["date_of_birth"].combine_chunks(), "").dictionary_encode()
    ages = [_age(text, today) for text in typed.dictionary.to_pylist()]
    found = [
        next((n for n, (low, high) in enumerate(bands) if low <= age <= high), len(bands)) for age in ages
    ]
    names = tuple(f"{low}-{high}" if high < 120 else f"{low}+" for low, high in bands)
    return np.array([*found, 0], dtype=np.int64)[np.asarray(typed.indices)], (*names, NOT_SAID)


def _age(typed: str, today: date) -> int:
    """Years on the day, by year, month and day as typed; -1 where nothing was."""
    if len(typed) != 8 or not typed.isdigit():
        return -1
    birthday = (int(typed[4:6]), int(typed[6:]))
    return today.year - int(typed[:4]) - ((today.month, today.day) < birthday)


def _homes(
    cleaned: pa.Table, homeless: NDArray[np.bool_] | None, communal: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    known = {
        name: np.asarray(pc.is_valid(cleaned[name])) for name in ("address_id", "address_key", "postcode")
    }
    nobody = np.zeros(cleaned.num_rows, dtype=np.bool_)
    return np.select(
        [
            nobody if homeless is None else homeless,
            nobody if communal is None else communal,
            known["address_id"] | known["address_key"],
            known["postcode"],
        ],
        [0, 1, 2, 3],
        default=4,
    ).astype(np.int64)

"""Distinct identities among cleaned records: many records of one source repeat one person word for word.

Records whose columns of identity are all alike share a profile where those say enough to be one person's: a
name with a date of birth, or a name with a number, a mobile, an e-mail address or the source's own number.
A record that says less is *thin*, and stays alone, though others look like it; one with neither a name nor a
number is *unlinkable*.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.cleaning.coded import Coded, Codes, combined
from roundtable.linkage.schemas import CLEANED, PROFILE

_NAMES = ("given", "surname", "former_surname", "known_as")
_NUMBERS = ("nhs_number", "other_number", "mobile", "email", "source_person")


@dataclass(frozen=True)
class Profiles:
    """Distinct identities, and which records have them.

    Attributes:
        table: PROFILE, and the further columns of the records, in the order in which records first show it.
        of_record: the profile of each row of the cleaned records.
        records: how many records have each profile.
        unlinkable: which profiles have neither a name nor a number of a person.
    """

    table: pa.Table
    of_record: NDArray[np.int32]
    records: NDArray[np.int32]
    unlinkable: NDArray[np.bool_]


def profiled(cleaned: pa.Table) -> Profiles:
    """The distinct identities among cleaned records.

    Args:
        cleaned: CLEANED, with or without further columns, which count as identity.
    """
    further = [name for name in cleaned.column_names if name not in CLEANED.names]
    identity = [*PROFILE.names[1:], *further]
    tokens = _whole(cleaned["name_tokens"])
    named, numbered = _named(cleaned), _any(cleaned, _NUMBERS)
    enough = says_enough(cleaned)
    codes = [_codes(tokens if name == "name_tokens" else cleaned[name]) for name in identity]
    # A thin record is alike to none: its own row number is part of its identity.
    alone = np.where(enough, np.int32(-1), np.arange(len(enough), dtype=np.int32))
    of_record, first = combined([*codes, alone])
    chosen = cleaned.select(identity).take(pa.array(first))
    table = chosen.add_column(0, PROFILE.field(0), pa.array(np.arange(len(first), dtype=np.int32)))
    counts = np.bincount(of_record, minlength=len(first)).astype(np.int32)
    return Profiles(table, of_record, counts, ~(named | numbered)[first])


def says_enough(rows: pa.Table) -> NDArray[np.bool_]:
    """Which records or profiles say enough for others that are alike to them to be the same person's."""
    return _named(rows) & (_any(rows, _NUMBERS) | _any(rows, ("date_of_birth",)))


def _named(rows: pa.Table) -> NDArray[np.bool_]:
    return _any(rows, ("name_tokens", *_NAMES))


def _any(cleaned: pa.Table, names: tuple[str, ...]) -> NDArray[np.bool_]:
    found = np.zeros(cleaned.num_rows, dtype=np.bool_)
    for name in names:
        found |= np.asarray(pc.is_valid(cleaned[name]).to_numpy(), dtype=np.bool_)
    return found


def _whole(tokens: pa.ChunkedArray) -> pa.Array:
    """Lists of words, each as one text."""
    joined = pc.binary_join(tokens, " ")
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined


def _codes(column: pa.Array | pa.ChunkedArray) -> Codes:
    return Coded.of(column).codes

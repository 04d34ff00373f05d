"""A review chosen from what the last run left: the groups, pairs and weights that the people came from."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.people.state import State
from roundtable.linkage.review.linked import Ints, Linked, Longs
from roundtable.linkage.review.loose_keys import LOOSE_KEYS, loose_keys

#: What tells people apart whose links may be poorer: the first three figures of a birth date are its decade.
_DECADE = 3


def linked_from(state: State, agencies: pa.Array) -> Linked:
    """Records as a run left them.

    Args:
        state: what the run left.
        agencies: the agency of each of its records, in their order; None of those that may not be seen.
    """
    return Linked(
        state.records["record_id"].combine_chunks(),
        state.profile,
        state.labels,
        state.left,
        state.right,
        state.weight,
        state.probability,
        {"agency": _agencies(state, agencies), **_people(state.encoded)},
    )


def loose_keys_from(state: State) -> dict[str, Longs]:
    """The loose keys of its profiles."""
    columns = sorted({column for key in LOOSE_KEYS for column in key.columns})
    return loose_keys(pa.table({column: _words(state.encoded, column) for column in columns}))


def _agencies(state: State, agencies: pa.Array) -> Ints:
    """The agency of the first record of each profile that may be seen."""
    code = _codes(agencies)
    found = np.full(len(state), -1, dtype=np.int32)
    seen = np.flatnonzero(code >= 0)[::-1]
    found[state.profile[seen]] = code[seen]
    return found


def _people(encoded: Encoded) -> dict[str, Ints]:
    """Groups of people: by sex, by decade of birth, and by whether any home is known of them."""
    groups: dict[str, Ints] = {}
    if "sex" in encoded.codes:
        groups["sex"] = encoded.codes["sex"]
    if "date_of_birth" in encoded.codes:
        words = pc.utf8_slice_codeunits(encoded.vocabulary("date_of_birth").arrow(), 0, _DECADE)
        groups["decade"] = np.append(_codes(words), np.int32(-1))[encoded.codes["date_of_birth"]]
    if "postcode" in encoded.codes:
        groups["home"] = (encoded.codes["postcode"] >= 0).astype(np.int32)
    return groups


def _codes(words: pa.Array) -> Ints:
    found = words.dictionary_encode().indices.fill_null(-1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int32)


def _words(encoded: Encoded, column: str) -> pa.Array:
    """A column of the profiles again; nothing but null where the settings do not read it."""
    codes = encoded.codes.get(column)
    if codes is None:
        return pa.nulls(len(encoded), pa.string())
    words = encoded.vocabulary(column).arrow()
    return words.take(pa.array(codes, mask=codes < 0))

"""Keys so loose that hardly two records of one person share none of them: to look for what blocking missed.

Of all pairs of records nearly none are of one person, and of a few hundred drawn at random none will be. So
pairs that the linking never weighed are drawn among those that share one of these keys, the tightest first.
What shares none is told apart, as a share that no sample can find.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_VOWELS = frozenset("aeiouhwy")


@dataclass(frozen=True)
class LooseKey:
    """One key.

    Attributes:
        says: what two records that share it have in common.
        columns: what it is made of.
        made: makes it of the values of those columns; None where something is missing.
    """

    says: str
    columns: tuple[str, ...]
    made: Callable[..., str | None]


def frame(name: str | None) -> str | None:
    """The first letter of a name and its next two consonants: `tmp` of Thompson and of Tompson.

    H, w and y count as vowels, and a letter that is doubled counts once. None where there is no letter.
    """
    letters = [letter for letter in name or "" if letter.isalpha()]
    once = [letter for place, letter in enumerate(letters) if place == 0 or letter != letters[place - 1]]
    return "".join([*once[:1], *(one for one in once[1:] if one not in _VOWELS)][:3]) or None


def _joined(*parts: str | None) -> str | None:
    return None if any(not part for part in parts) else "|".join(part or "" for part in parts)


def _name(root: str | None, given: str | None, surname: str | None) -> str | None:
    return _joined(root or given, frame(surname))


def _figures(born: str | None, given: str | None) -> str | None:
    return _joined("".join(sorted(born or "")), (given or "")[:1])


def _home(postcode: str | None, root: str | None, given: str | None) -> str | None:
    return _joined(postcode, root or given)


def _year_surname(born: str | None, surname: str | None) -> str | None:
    return _joined((born or "")[:4], frame(surname))


def _year_forename(born: str | None, root: str | None, given: str | None) -> str | None:
    return _joined((born or "")[:4], root or given)


#: One of two records of a person may lack the birth date or the home, or have a name of theirs otherwise:
#: there is a key for each. A pair belongs to the first that it shares, so the tighter stand first.
LOOSE_KEYS = (
    LooseKey("postcode and forename", ("postcode", "given_root", "given"), _home),
    LooseKey("forename and a similar surname", ("given_root", "given", "surname"), _name),
    LooseKey("the figures of the birth date and the initial", ("date_of_birth", "given"), _figures),
    LooseKey("birth year and a similar surname", ("date_of_birth", "surname"), _year_surname),
    LooseKey("birth year and forename", ("date_of_birth", "given_root", "given"), _year_forename),
)


def loose_keys(profiles: pa.Table) -> dict[str, npt.NDArray[np.int64]]:
    """A code for each key and profile; -1 where a profile lacks something that the key is made of.

    Worked out once for each set of values that the key is made of, not once for each profile.

    Args:
        profiles: a PROFILE.
    """
    return {key.says: _coded(profiles.select(list(key.columns)), key) for key in LOOSE_KEYS}


def _coded(values: pa.Table, key: LooseKey) -> npt.NDArray[np.int64]:
    whole = np.zeros(values.num_rows, dtype=np.int64)
    for name in key.columns:
        part = values.column(name).combine_chunks().dictionary_encode()
        whole = whole * (len(part.dictionary) + 1) + _numbers(part.indices) + 1
    _, first, inverse = np.unique(whole, return_index=True, return_inverse=True)
    rows = values.take(pa.array(first)).to_pylist()
    made = [key.made(*(row[name] for name in key.columns)) for row in rows]
    found: npt.NDArray[np.int64] = _numbers(pa.array(made, pa.string()).dictionary_encode().indices)
    return found[inverse.reshape(-1)]


def _numbers(indices: pa.Array) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = pc.fill_null(indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found

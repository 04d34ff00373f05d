"""Sex in a sender's own code list: letters, words or figures."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from roundtable.county.sends.drawn import recoded

#: How each is written, by whatever the code list has. In figures, 1 and 2 are the NHS's; of four figures,
#: which say a gender as somebody stated it, 3 is non-binary.
_WRITTEN = {
    "M": ("M", "Male", "male", "MALE", "1"),
    "F": ("F", "Female", "female", "FEMALE", "2"),
    "X": ("X", "Other", "Non-binary", "3"),
}


def coded_sex(sexes: pa.Array, codes: Sequence[str]) -> pa.Array:
    """Sexes (F, M or X) as the code list has them; null where it has nothing for one."""
    own = {sex: next((one for one in ways if one in codes), None) for sex, ways in _WRITTEN.items()}
    return recoded(sexes, own) if codes else sexes

"""How far a lookup reaches: whose records it may look at, and by which of their columns.

Need to know: what may not be looked at is not compared, is no way to be found, and is not told of. A record
that is out of reach is as good as not there, and nothing in an answer tells which it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roundtable.linkage.evidence.columns import TOKEN_LIST

_NAMES = frozenset({"given", "given_root", "middle", "surname", "former_surname", "known_as", TOKEN_LIST})
#: What cleaning makes of each column of a person's record. All that a name could have gone into is counted:
#: a surname before marriage may stand in brackets after the present one.
MADE_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "full_name": _NAMES | {"sex"},
        "title": frozenset({"sex", "given_root"}),
        "given_name": _NAMES - {"surname", "former_surname"},
        "middle_names": frozenset({"middle", TOKEN_LIST}),
        "surname": frozenset({"surname", "former_surname", TOKEN_LIST}),
        "former_surname": frozenset({"former_surname", TOKEN_LIST}),
        "known_as": frozenset({"known_as", TOKEN_LIST}),
        "date_of_birth": frozenset({"date_of_birth"}),
        "sex": frozenset({"sex", "given_root"}),
        "nhs_number": frozenset({"nhs_number"}),
        "source_person_id": frozenset({"source_person", "other_number"}),
        "phone": frozenset({"mobile", "landline"}),
        "email": frozenset({"email"}),
        "address": frozenset({"address_key"}),
        "postcode": frozenset({"postcode", "outward"}),
        "uprn": frozenset({"address_id"}),
    }
)


@dataclass(frozen=True)
class Reach:
    """What may be looked at.

    Attributes:
        hidden: for each table of a dataset within reach, the cleaned columns that may not be looked at. A
            table that is not there is out of reach.
    """

    hidden: Mapping[tuple[str, str], frozenset[str]]


def hidden_by(columns: Iterable[str]) -> frozenset[str]:
    """The cleaned columns that are made of any of these columns of a person's record."""
    return frozenset(made for column in columns for made in MADE_OF.get(column, ()))

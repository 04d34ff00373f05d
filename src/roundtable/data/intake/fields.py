"""The canonical columns that a delivered column can become, by its name in the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from roundtable.data.person_tables import PERSON_RECORD
from roundtable.partnership.model.contract import Column, LogicalType
from roundtable.partnership.model.contract_terms import CanonicalTable


class Kind(StrEnum):
    """What a canonical column holds, and so how a text becomes it."""

    TEXT = "text"
    DAY = "day"
    INSTANT = "instant"
    DEGREES = "degrees"
    WHOLE = "whole"
    STATUS = "status"
    NHS_NUMBER = "nhs_number"
    UPRN = "uprn"
    WITHDRAWN = "withdrawn"
    SEAL = "seal"
    DETAIL = "detail"


@dataclass(frozen=True)
class Field:
    """A canonical column that a delivered column can become.

    Attributes:
        name: what contracts call it.
        kind: what it holds.
        needed: whether no row can do without it.
        identifies: whether it says who somebody is or where they live, and so goes to the vault alone.
    """

    name: str
    kind: Kind
    needed: bool = False
    identifies: bool = False


#: What the name of a column about the row's person begins with, and of a coded fact about the row.
PERSON, DETAIL = "person.", "detail:"
#: A name such as `value:imd_rank` says which measure a column of an index is.
MEASURE = "value:"
ROLE = Field("role", Kind.TEXT)
_KINDS = {
    "date_of_birth": Kind.DAY,
    "date_of_death": Kind.DAY,
    "nhs_number": Kind.NHS_NUMBER,
    "uprn": Kind.UPRN,
    "seal": Kind.SEAL,
}
#: Columns of a person's record that are not sent as such.
_MADE = frozenset(
    {
        "record_id", "dataset", "source_table", "agency", "source_id", "address_id", "recorded_at",
        "row_id", "delivery_id",
    }
)  # fmt: skip
PERSON_FIELDS = tuple(
    Field(PERSON + name, _KINDS.get(name, Kind.TEXT), identifies=True)
    for name in PERSON_RECORD.schema.names
    if name not in _MADE
)
_AREA_ID = Field("area_id", Kind.TEXT, needed=True)
_AS_OF = Field("as_of", Kind.DAY)
_SOURCE_ID = Field("source_id", Kind.TEXT)
_RECORDED_AT = Field("recorded_at", Kind.INSTANT)
_WITHDRAWN = Field("withdrawn", Kind.WITHDRAWN)
_UPRN = Field("uprn", Kind.UPRN, identifies=True)
FIELDS: Mapping[CanonicalTable, tuple[Field, ...]] = MappingProxyType(
    {
        CanonicalTable.EVENT: (
            _SOURCE_ID,
            Field("code", Kind.TEXT, needed=True),
            Field("occurred_from", Kind.DAY, needed=True),
            Field("occurred_to", Kind.DAY),
            _RECORDED_AT,
            Field("longitude", Kind.DEGREES),
            Field("latitude", Kind.DEGREES),
            _UPRN,
            Field("area_id", Kind.TEXT),
            Field("status", Kind.STATUS),
            _WITHDRAWN,
            ROLE,
            *PERSON_FIELDS,
        ),
        CanonicalTable.EVENT_RESULT: (
            Field("source_id", Kind.TEXT, needed=True),
            Field("result", Kind.TEXT, needed=True),
            Field("occurred_from", Kind.DAY, needed=True),
        ),
        CanonicalTable.AREA: (_AREA_ID, Field("name", Kind.TEXT)),
        CanonicalTable.AREA_POPULATION: (_AREA_ID, _AS_OF, Field("people", Kind.WHOLE, needed=True)),
        CanonicalTable.AREA_DEPRIVATION: (_AREA_ID, _AS_OF),
        CanonicalTable.PERSON_RECORD: (_SOURCE_ID, _RECORDED_AT, _WITHDRAWN, *PERSON_FIELDS),
        CanonicalTable.INVOLVEMENT: (
            _SOURCE_ID,
            Field("event_source_id", Kind.TEXT, needed=True),
            _RECORDED_AT,
            _WITHDRAWN,
            ROLE,
            *PERSON_FIELDS,
        ),
        CanonicalTable.CONTACT: (
            _SOURCE_ID,
            Field("service", Kind.TEXT, needed=True),
            Field("started", Kind.DAY, needed=True),
            Field("ended", Kind.DAY),
            Field("result", Kind.TEXT),
            _RECORDED_AT,
            _UPRN,
            _WITHDRAWN,
            *PERSON_FIELDS,
        ),
        CanonicalTable.ADDRESS_RECORD: (
            Field("uprn", Kind.UPRN, needed=True, identifies=True),
            Field("address", Kind.TEXT, identifies=True),
            Field("postcode", Kind.TEXT, identifies=True),
            Field("longitude", Kind.DEGREES, identifies=True),
            Field("latitude", Kind.DEGREES, identifies=True),
            Field("kind", Kind.TEXT),
            Field("seal", Kind.SEAL, identifies=True),
            _RECORDED_AT,
            _WITHDRAWN,
        ),
    }
)
#: Tables whose rows may have facts beside them.
DETAILED = frozenset({CanonicalTable.EVENT, CanonicalTable.CONTACT, CanonicalTable.INVOLVEMENT})
#: What a fact can be. Free text is never taken in as one.
_PLAIN = frozenset({LogicalType.INTEGER, LogicalType.NUMBER, LogicalType.BOOLEAN, LogicalType.DATE})
_DETAIL_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


def field_of(canonical: CanonicalTable, column: Column) -> Field | None:
    """What a column becomes in a table; None where it names nothing, or what the table does not have."""
    name = column.terms.canonical
    if name is None:
        return None
    if canonical is CanonicalTable.AREA_DEPRIVATION and name.startswith(MEASURE):
        return Field(name, Kind.WHOLE)
    if canonical in DETAILED and name.startswith(DETAIL):
        return Field(name, Kind.DETAIL)
    return next((field for field in FIELDS[canonical] if field.name == name), None)


def unfit_detail(column: Column) -> str | None:
    """Why a column cannot be a fact about its row, to follow its name in a sentence; None where it can."""
    name = (column.terms.canonical or "").removeprefix(DETAIL)
    if not _DETAIL_NAME.fullmatch(name):
        return f"becomes a fact called '{name}', which is not small letters, digits and _"
    if column.terms.codes or column.logical_type in _PLAIN:
        return None
    return f"becomes the fact '{name}' and is free text, which is not taken in"

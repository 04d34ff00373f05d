"""The tables of a shard's people, and what each column means.

Days are half-open throughout: a row holds from `from_day` and no longer on `to_day`; a null `to_day` means
that it still holds today. Whoever moves on a day has left the old address and is at the new one on that day;
whoever dies on a day is no longer anywhere from that day on. `person`, `household` and `address` are whole
numbers that are unique in the county: the shard's first id and a count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

DAY = pa.date32()
ID = pa.int64()
TEXT = pa.string()


class StayKind(StrEnum):
    """In what way someone is at an address. All but the last two are where a person mainly lives."""

    HOME = "home"
    CARE_HOME = "care_home"
    HOSTEL = "hostel"
    REFUGE = "refuge"
    SITE = "site"
    #: In the county, without an address or a household.
    NO_FIXED_ADDRESS = "no_fixed_address"
    #: Out of the county for a time and expected back: at a university, in the forces, in prison.
    AWAY = "away"
    #: A child's second home, with the parent it mainly does not live with.
    SHARED_CUSTODY = "shared_custody"
    SECOND_HOME = "second_home"


#: A person has exactly one stay of these kinds on every day between `in_from` and the day it died or left.
MAIN_STAYS = tuple(kind for kind in StayKind if kind not in (StayKind.SHARED_CUSTODY, StayKind.SECOND_HOME))


class HouseholdKind(StrEnum):
    """What a household was made of, on its last day or today."""

    ONE_PERSON = "one_person"
    COUPLE = "couple"
    COUPLE_WITH_CHILDREN = "couple_with_children"
    LONE_PARENT = "lone_parent"
    #: Grown people of one or several families, without a couple: brother and sister, son and father.
    OTHER = "other"
    #: People in a shared house who belong to no family of each other.
    SHARED = "shared"
    STUDENT = "student"
    CARE_HOME = "care_home"
    HOSTEL = "hostel"
    REFUGE = "refuge"


class AddressKind(StrEnum):
    """What stands at an address."""

    HOUSE = "house"
    FLAT = "flat"
    SHARED_HOUSE = "shared_house"
    CARE_HOME = "care_home"
    HOSTEL = "hostel"
    REFUGE = "refuge"
    #: A travellers' site: several households on pitches, under one UPRN.
    SITE = "site"


class Tenure(StrEnum):
    """How the people of an address hold it."""

    OWNED = "owned"
    PRIVATE = "private"
    SOCIAL = "social"


class NameReason(StrEnum):
    """Why someone bears a name from a day on."""

    BIRTH = "birth"
    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    DEED = "deed"
    GENDER_RECOGNITION = "gender_recognition"
    ADOPTION = "adoption"


class RelationKind(StrEnum):
    """`person` is this of `other`; partners, ex-partners and twins have a row each way."""

    PARTNER = "partner"
    EX_PARTNER = "ex_partner"
    PARENT = "parent"
    CARER = "carer"
    TWIN = "twin"


class ProtectionKind(StrEnum):
    """Why something about a person must not come out: what a seal is for."""

    #: Where the person lives, from the refuge on.
    REFUGE = "refuge"
    #: Where the person lives, since it fled from someone without going to a refuge.
    ADDRESS = "address"
    #: Who the person was before it was adopted.
    ADOPTION = "adoption"
    #: Under which name and sex the person was known before.
    GENDER_RECOGNITION = "gender_recognition"
    WITNESS = "witness"


def _needed(name: str, kind: pa.DataType) -> pa.Field:
    return pa.field(name, kind, nullable=False)


#: `sex` is what the person's records carry today: F, M or X. `mother` and `father` are the parents by birth,
#: null where they never lived in the shard. `in_from` is the first day of life in the county that the tables
#: know of, `in_to` the day the person left it for good; who died or left keeps the row. After `renumbered`
#: the person has `nhs_number` and `sex`; before it `former_nhs_number` and `former_sex` (null: the same sex).
PERSONS = pa.schema(
    [
        _needed("person", ID),
        _needed("born", DAY),
        pa.field("died", DAY),
        _needed("sex", TEXT),
        _needed("tradition", TEXT),
        _needed("nhs_number", TEXT),
        pa.field("mother", ID),
        pa.field("father", ID),
        pa.field("twin", ID),
        _needed("in_from", DAY),
        pa.field("in_to", DAY),
        pa.field("former_sex", TEXT),
        pa.field("former_nhs_number", TEXT),
        pa.field("renumbered", DAY),
    ]
)

#: One name at a time, from birth on: every person has exactly one row on every day of its life.
#: `given`, `middle` and `surname` are in the order of an English form; how the tradition itself orders
#: them is `traditions.order_of`.
NAMES = pa.schema(
    [
        _needed("person", ID),
        _needed("from_day", DAY),
        pa.field("to_day", DAY),
        _needed("given", TEXT),
        pa.field("middle", TEXT),
        _needed("surname", TEXT),
        pa.field("known_as", TEXT),
        _needed("reason", TEXT),
    ]
)

#: `address` and `household` are null for those without a fixed address and those away;
#: `household` is null for a second home too.
STAYS = pa.schema(
    [
        _needed("person", ID),
        pa.field("address", ID),
        pa.field("household", ID),
        _needed("from_day", DAY),
        pa.field("to_day", DAY),
        _needed("kind", TEXT),
    ]
)

#: One row a household: people together at one address. Whoever moves house becomes a new household there.
HOUSEHOLDS = pa.schema(
    [
        _needed("household", ID),
        _needed("address", ID),
        _needed("kind", TEXT),
        _needed("from_day", DAY),
        pa.field("to_day", DAY),
    ]
)

#: `line` is house and street; `area` a code of the county map; `decile` 1 (most deprived) to 10.
#: Addresses where nobody lives (empty and holiday homes) are among them.
ADDRESSES = pa.schema(
    [
        _needed("address", ID),
        _needed("uprn", TEXT),
        _needed("line", TEXT),
        pa.field("locality", TEXT),
        _needed("town", TEXT),
        _needed("postcode", TEXT),
        _needed("longitude", pa.float64()),
        _needed("latitude", pa.float64()),
        _needed("area", TEXT),
        _needed("decile", pa.int8()),
        _needed("rural", pa.bool_()),
        _needed("kind", TEXT),
        _needed("tenure", TEXT),
    ]
)

#: At most one row a person on a day.
REACH = pa.schema(
    [
        _needed("person", ID),
        _needed("from_day", DAY),
        pa.field("to_day", DAY),
        pa.field("phone", TEXT),
        pa.field("email", TEXT),
    ]
)

#: `married` is the day on which partners married, null where they have not and for every other kind.
RELATIONS = pa.schema(
    [
        _needed("person", ID),
        _needed("other", ID),
        _needed("kind", TEXT),
        _needed("from_day", DAY),
        pa.field("to_day", DAY),
        pa.field("married", DAY),
    ]
)

#: What lies behind what happens, 0 to 1, one row a person. Each is a rank: 0.9 stands above nine tenths of
#: the county. `frailty` and `care` rank among people of the same age, so whoever uses them brings the age's
#: own rate. They lean on each other, run in households and follow the deprivation of the area.
TRAITS = pa.schema(
    [
        _needed("person", ID),
        _needed("frailty", pa.float32()),
        _needed("mental_ill_health", pa.float32()),
        _needed("substance", pa.float32()),
        _needed("poverty", pa.float32()),
        _needed("violence", pa.float32()),
        _needed("care", pa.float32()),
    ]
)

#: Who must be protected, from when to when, and where: the seals that a partnership ought to have.
#: `address` is null where it is the person's identity that is protected and not a place.
PROTECTIONS = pa.schema(
    [
        _needed("person", ID),
        pa.field("address", ID),
        _needed("kind", TEXT),
        _needed("from_day", DAY),
        pa.field("to_day", DAY),
    ]
)

SCHEMAS: Mapping[str, pa.Schema] = {
    "persons": PERSONS,
    "names": NAMES,
    "stays": STAYS,
    "households": HOUSEHOLDS,
    "addresses": ADDRESSES,
    "reach": REACH,
    "relations": RELATIONS,
    "traits": TRAITS,
    "protections": PROTECTIONS,
}


@dataclass(frozen=True)
class Population:
    """A shard's people and all that is theirs; each table sorted by its id, then by `from_day`."""

    persons: pa.Table
    names: pa.Table
    stays: pa.Table
    households: pa.Table
    addresses: pa.Table
    reach: pa.Table
    relations: pa.Table
    traits: pa.Table
    protections: pa.Table

    def __post_init__(self) -> None:
        for name, schema in SCHEMAS.items():
            if not getattr(self, name).schema.equals(schema):
                raise TypeError(f"the table {name} is not of its schema")

    @property
    def tables(self) -> Mapping[str, pa.Table]:
        """The tables by name."""
        return {name: getattr(self, name) for name in SCHEMAS}

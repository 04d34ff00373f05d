"""Addresses, stays and households out of cleaned records and the people they were linked to."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.linkage.households import tables
from roundtable.linkage.households.addresses import Places, places_of
from roundtable.linkage.households.codes import NONE, Codes, coded, picked
from roundtable.linkage.households.communal import crowds_of
from roundtable.linkage.households.durable import household_ids, keyed
from roundtable.linkage.households.limits import Limits, shipped_limits
from roundtable.linkage.households.living_together import Together, living_together
from roundtable.linkage.households.sightings import NO_DAY, sightings_of, with_kin, with_own_postcode
from roundtable.linkage.households.spells import Spells, spells_of

_NEEDED = ("record_id", "agency", "recorded_at", "surname", "postcode", "address_key", "address_id")


@dataclass(frozen=True)
class Households:
    """What was found: tables of `roundtable.data.linked_tables` without the column `purpose`, and more."""

    linked_address: pa.Table
    person_address: pa.Table
    household: pa.Table
    household_member: pa.Table
    in_communal: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    """The ids of the records that say a communal address; not kept from run to run."""


def households_of(
    cleaned: pa.Table,
    person_link: pa.Table,
    key: bytes,
    previous: Households | None = None,
    gazetteer: pa.Table | None = None,
    limits: Limits | None = None,
) -> Households:
    """Find who is where, and who lives together.

    Deterministic: the rows in any order give the same tables. About two seconds for a million records.

    Args:
        cleaned: `CLEANED`. Where `recorded_at` is null the record is of no day, and so is what rests on it.
        person_link: `record_id` and `person_id`; records in none of its rows are left out.
        key: what ids are made under; one for each purpose.
        previous: what the run before found, so that households keep their ids; None at the first.
        gazetteer: `address_id`, `address_key`, `postcode` and `kind` of the address register, cleaned the
            same way, as far as it may be seen; None without one.
        limits: other limits than the shipped ones.
    """
    bounds = limits or shipped_limits()
    rows = cleaned.select(_NEEDED)
    person, people = _people(rows["record_id"], person_link)
    agency, agencies = coded(rows["agency"])
    places = places_of(rows, gazetteer, bounds)
    seen = with_own_postcode(sightings_of(rows, places, person, agency), places)
    crowds = crowds_of(seen, places.registered, bounds)
    seen = with_kin(seen, places, crowds.communal)
    spells = spells_of(seen, places.postcode, bounds)
    found = living_together(spells, crowds.communal, bounds)
    addresses = _address_ids(places, key)
    members = _members(spells, found, people)
    ids = household_ids(
        found.household[members],
        [addresses[one] for one in spells.place[members]],
        [people[one] for one in spells.person[members]],
        spells.number[members].tolist(),
        key,
        _before(previous),
    )
    return Households(
        tables.linked_address(addresses, places.has_uprn, places.written_forms, seen, crowds),
        tables.person_address(spells, addresses, people, agencies),
        tables.household(spells, found, members, ids, addresses),
        tables.household_member(spells, found, members, ids, people),
        rows["record_id"].combine_chunks().filter(pa.array(picked(crowds.communal, places.of_record, False))),
    )


def _people(record_ids: pa.ChunkedArray, person_link: pa.Table) -> tuple[Codes, list[str]]:
    """The number of each record's person, -1 where it has none, and the person's id by number."""
    person, people = coded(person_link["person_id"])
    at = pc.index_in(record_ids, value_set=person_link["record_id"].combine_chunks())
    rows = np.asarray(pc.fill_null(at, NONE).combine_chunks(), dtype=np.int64)
    return picked(person, rows), people


def _address_ids(places: Places, key: bytes) -> list[str]:
    return [
        name if known else keyed(key, "address", name)
        for name, known in zip(places.name, places.has_uprn.tolist(), strict=True)
    ]


def _members(spells: Spells, found: Together, people: list[str]) -> np.ndarray:
    """The spells in a household, by household; its founder first: who was there first, of equals by id.

    People are numbered in the order of their ids, so that the number decides as the id would.
    """
    rows = np.flatnonzero(found.household >= 0)
    first = np.where(spells.first[rows] == NO_DAY, np.iinfo(np.int32).max, spells.first[rows])
    order = np.lexsort((spells.number[rows], spells.person[rows], first, found.household[rows]))
    return rows[order]


def _before(previous: Households | None) -> pa.Table | None:
    """Who was in which household at which address in the run before."""
    if previous is None:
        return None
    homes = previous.household.select(["household_id", "linked_address_id"])
    return previous.household_member.join(homes, "household_id").select(
        ["household_id", "linked_address_id", "person_id", "from_on"]
    )

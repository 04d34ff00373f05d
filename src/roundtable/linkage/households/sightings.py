"""What records show of where people are: who, at which address, on which day, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.households.addresses import KIN, POSTCODE, Places
from roundtable.linkage.households.codes import NONE, Codes, coded, picked, runs, together

#: The day of a sighting that has none: before every day there is.
NO_DAY = np.iinfo(np.int32).min


@dataclass(frozen=True)
class Sightings:
    """One line for each record that says of a person where they were, in the order of the records.

    Attributes:
        person: whose record it is.
        place: the address; -1 where no more than a postcode is known.
        zone: the postcode; -1 where none is.
        day: days since 1970, or `NO_DAY`.
        agency: who says so.
        basis: what puts them there, as in `BASES`.
        surname: the surname on the record; -1 where it has none.
    """

    person: Codes
    place: Codes
    zone: Codes
    day: Codes
    agency: Codes
    basis: NDArray[np.int8]
    surname: Codes

    def __len__(self) -> int:
        return len(self.person)

    def only(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> Sightings:
        """Some of them."""
        return Sightings(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def sightings_of(cleaned: pa.Table, places: Places, person: Codes, agency: Codes) -> Sightings:
    """Every record of a person that says an address or a postcode.

    Args:
        cleaned: the columns `recorded_at` and `surname` of `CLEANED`.
        places: the address of each record.
        person: the person of each record, -1 where it was linked to none.
        agency: the agency of each record.
    """
    days = cleaned["recorded_at"].combine_chunks().cast(pa.date32(), safe=False).cast(pa.int32())
    surname, _ = coded(cleaned["surname"])
    every = Sightings(
        person=person,
        place=places.of_record,
        zone=places.postcode_of_record,
        day=np.asarray(pc.fill_null(days, int(NO_DAY)), dtype=np.int32),
        agency=agency,
        basis=places.basis,
        surname=surname,
    )
    return every.only((person >= 0) & ((places.of_record >= 0) | (places.postcode_of_record >= 0)))


def with_own_postcode(seen: Sightings, places: Places) -> Sightings:
    """The same, with records of a postcode alone put at the person's one address there, if it is one."""
    placed = seen.place >= 0
    zone = picked(places.postcode, seen.place)
    known = placed & (zone >= 0)
    return _placed(seen, (seen.person, zone), (seen.person, seen.zone), known, POSTCODE)


def with_kin(seen: Sightings, places: Places, communal: NDArray[np.bool_]) -> Sightings:
    """The same, with people put at the one home of their postcode where somebody of their surname lives.

    Only people of whom no record says an address in that postcode, and never at a communal address: a guess,
    which everything that rests on it says (`kin`). Where two homes of a postcode have the surname it is no
    guess at all, and nobody is put anywhere.
    """
    zone = picked(places.postcode, seen.place)
    home = (seen.place >= 0) & (zone >= 0) & (seen.surname >= 0) & ~picked(communal, seen.place, False)
    elsewhere = (seen.place < 0) & (seen.surname >= 0)
    candidates = replace(seen, place=np.where(elsewhere | home, seen.place, NONE).astype(np.int32))
    found = _placed(candidates, (seen.surname, zone), (seen.surname, seen.zone), home, KIN)
    new = elsewhere & (found.place >= 0)
    return replace(
        seen,
        place=np.where(new, found.place, seen.place).astype(np.int32),
        basis=np.where(new, KIN, seen.basis).astype(np.int8),
    )


def _placed(
    seen: Sightings,
    known_by: tuple[Codes, Codes],
    asked_by: tuple[Codes, Codes],
    known: NDArray[np.bool_],
    basis: int,
) -> Sightings:
    """Put each unplaced sighting at the one address that the placed ones with the same two marks have."""
    asks = (seen.place < 0) & (asked_by[0] >= 0) & (asked_by[1] >= 0)
    width = int(max(known_by[1].max(initial=0), asked_by[1].max(initial=0))) + 1
    marks = known_by[0].astype(np.int64) * width + known_by[1]
    pairs = np.unique(together(_ranked(marks[known]), seen.place[known]))
    marks_known = np.unique(marks[known])
    span = int(seen.place[known].max(initial=0)) + 1
    starts = runs(pairs // span)
    single = np.diff(starts) == 1
    only = np.where(single, (pairs % span)[starts[:-1]], NONE) if len(pairs) else np.empty(0, np.int64)
    wanted = asked_by[0].astype(np.int64) * width + asked_by[1]
    at = np.minimum(np.searchsorted(marks_known, wanted), max(len(marks_known) - 1, 0))
    hit = asks & (marks_known[at] == wanted) if len(marks_known) else np.zeros(len(seen), dtype=np.bool_)
    place = np.where(hit, only[at] if len(only) else NONE, seen.place).astype(np.int32)
    put = hit & (place >= 0)
    return replace(seen, place=place, basis=np.where(put, basis, seen.basis).astype(np.int8))


def _ranked(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each value among the different ones."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)

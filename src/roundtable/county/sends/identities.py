"""Who a row is about, field by field, as its sender knows the person: a contract's `person.…`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.sends.homes_written import HomesWritten
from roundtable.county.sends.names_written import NamesWritten
from roundtable.county.sends.numbering import references
from roundtable.county.sends.pairs import Integers, nulled
from roundtable.county.sends.people_known import People, texts
from roundtable.county.sends.quirks import Quirks
from roundtable.county.sends.slips import Days, Field

PERSON = "person."
#: Digits that stay: a slip in the first could make a number that has been issued.
_NHS_KEPT = 3
#: Ofcom keeps ranges for drama, which a slip must not leave: all but the last three digits stay.
_PHONE_FREE = 3
_FIRST_DAY = np.datetime64("1900-01-02", "D")
Value: TypeAlias = pa.Array | Days


@dataclass(frozen=True)
class Identities:
    """The people of some rows as a sender has them.

    Attributes:
        people: the shard's people.
        quirks: the oddities of the holders.
        who: the position of each row's person; -1 where there is none.
        holders: whose oddities each row shows.
        registration: the number in the sender's register, counted in the shard; -1 where there is none.
        known: the day that the sender last heard of the person.
    """

    people: People
    quirks: Quirks
    who: Integers
    holders: Integers
    registration: Integers
    known: Days

    def field(self, canonical: str) -> Value:
        """One field: text, or days for the dates; nothing where the sender does not have it.

        Args:
            canonical: the canonical name of the column, such as `person.surname`.
        """
        return self._fields[canonical.removeprefix(PERSON)]()

    @cached_property
    def homes(self) -> HomesWritten:
        """Where the people live."""
        return HomesWritten(self.people, self.quirks, self.who, self.holders, self.known)

    @cached_property
    def names(self) -> NamesWritten:
        """What the people are called."""
        return NamesWritten(self.people, self.quirks, self.who, self.holders, self.known)

    @cached_property
    def numbers(self) -> pa.Array:
        """The sender's own number of each person, as text."""
        habits, chance = self.quirks.habits, self.quirks.chance
        series, prefix = f"{habits.sender} people", habits.manner("prefix")
        return references(chance.plan.seed, chance.shard, self.registration, series, prefix)

    @property
    def _fields(self) -> dict[str, Callable[[], Value]]:
        return {
            "source_person_id": lambda: self.numbers,
            "title": lambda: self.names.title(),
            "given_name": lambda: self.names.given(),
            "middle_names": lambda: self.names.middle(),
            "surname": lambda: self.names.surname(),
            "former_surname": lambda: self.names.former(),
            "known_as": lambda: self.names.known_as(),
            "full_name": lambda: self.names.full(),
            "date_of_birth": self._born,
            "date_of_death": self._died,
            "sex": self._sex,
            "nhs_number": self._nhs_number,
            "phone": self._phone,
            "email": self._email,
            "address": lambda: self.homes.address(),
            "postcode": lambda: self.homes.postcode(),
            "uprn": lambda: self.homes.uprn(),
        }

    def _gap(self, habit: str) -> np.ndarray:
        missing: np.ndarray = self.quirks.has(habit)[self.holders] | (self.who < 0)
        return missing

    def _born(self) -> Days:
        slips = self.quirks.slips("slip_birth", Field.DATE).of(self.holders)
        born = self.people.born[np.maximum(self.who, 0)]
        wrong = slips.in_days(born)
        # Nobody enters a birth that is still to come: the form would not let them.
        wrong = np.where((wrong > self.known) | (wrong < _FIRST_DAY), born, wrong)
        return np.where(self._gap("no_birth"), np.datetime64("NaT", "D"), wrong)

    def _died(self) -> Days:
        died = self.people.died[np.maximum(self.who, 0)]
        unknown = (self.who < 0) | np.isnat(died) | (died > self.known)
        return np.where(unknown, np.datetime64("NaT", "D"), died)

    def _as_then(self, column: str) -> pa.Array:
        """A column of persons that changed on the day somebody was registered anew."""
        who = np.maximum(self.who, 0)
        table, changed = self.people.tables.persons, self.people.renumbered[who]
        now = texts(table[column]).take(pa.array(who))
        before = ~np.isnat(changed) & (self.known < changed)
        if not before.any():
            return now
        former = texts(table[f"former_{column}"]).take(pa.array(who))
        return pc.if_else(pa.array(before), pc.coalesce(former, now), now)

    def _sex(self) -> pa.Array:
        return nulled(self._as_then("sex"), self._gap("no_sex"))

    def _nhs_number(self) -> pa.Array:
        own = self._as_then("nhs_number")
        twins = self.people.twins[np.maximum(self.who, 0)]
        mixed = (twins >= 0) & self.quirks.has("twin_mixed")[self.holders]
        if mixed.any():
            other = texts(self.people.tables.persons["nhs_number"]).take(pa.array(np.maximum(twins, 0)))
            own = pc.if_else(pa.array(mixed), other, own)
        own = self.quirks.slips("slip_nhs", Field.NUMBER).of(self.holders).in_texts(own, _NHS_KEPT)
        if self.quirks.habits.manner("nhs") == "spaced":
            cuts = (pc.utf8_slice_codeunits(own, a, b) for a, b in ((0, 3), (3, 6), (6, 10)))
            own = pc.binary_join_element_wise(*cuts, " ")
        return nulled(own, self._gap("no_nhs"))

    def _reach(self, column: str, parents: bool = False) -> pa.Array:
        late = self.quirks.days_late("homes_late")[self.holders]
        rows = self.people.reached.on(self.who, self.known - late)
        if parents:
            theirs = self._parents_reach(self.known - late)
            rows = np.where(theirs < 0, rows, theirs)
        return texts(self.people.tables.reach[column]).take(pa.array(rows, mask=rows < 0))

    def _parents_reach(self, then: Days) -> Integers:
        """How a parent of each young child could be reached; -1 for everybody else."""
        people, who = self.people, np.maximum(self.who, 0)
        years = self.quirks.habits.rate("child_phone_age")
        young = (self.who >= 0) & (self.known - people.born[who] < np.timedelta64(int(years * 365.25), "D"))
        young &= self.quirks.has("parents_phone")[self.holders]
        found = np.full(len(self.who), -1)
        # The mother's comes first, and the father's where she has none.
        for parents in (people.fathers, people.mothers):
            parent = np.where(young, parents[who], -1)
            theirs = people.reached.on(parent, then)
            found = np.where((parent >= 0) & (theirs >= 0), theirs, found)
        return found

    def _phone(self) -> pa.Array:
        found = pc.replace_substring(self._reach("phone", parents=True), " ", "")
        length = pc.max(pc.utf8_length(found)).as_py() or _PHONE_FREE
        slips = self.quirks.slips("slip_phone", Field.NUMBER).of(self.holders)
        found = slips.in_texts(found, length - _PHONE_FREE)
        match self.quirks.habits.manner("phone"):
            case "spaced":
                ends = pc.utf8_slice_codeunits(found, 0, 5), pc.utf8_slice_codeunits(found, 5, 20)
                found = pc.binary_join_element_wise(*ends, " ")
            case "international":
                found = pc.binary_join_element_wise("+44", pc.utf8_slice_codeunits(found, 1, 20), "")
        return nulled(found, self._gap("no_phone"))

    def _email(self) -> pa.Array:
        slips = self.quirks.slips("slip_email").of(self.holders)
        whole = self._reach("email")
        # The host stays: a slip in it could make somebody's real one.
        names = slips.in_texts(pc.replace_substring_regex(whole, "@.*$", ""))
        hosts = pc.replace_substring_regex(whole, "^[^@]*", "")
        return nulled(pc.binary_join_element_wise(names, hosts, ""), self._gap("no_email"))

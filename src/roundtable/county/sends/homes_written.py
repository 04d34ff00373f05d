"""Where people live as a sender has it: late, kept back, unmatched, misspelt, in the sender's own form."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.population.tables import AddressKind, StayKind
from roundtable.county.sends.pairs import Integers, Pairs, joined, nulled
from roundtable.county.sends.people_known import People, days, integers, places, texts
from roundtable.county.sends.quirks import Quirks
from roundtable.county.sends.shares import mixture
from roundtable.county.sends.slips import Days, Field

#: What is written before the address of those who only get their letters there.
CARE_OF = "c/o "
#: Letters of a postcode that stay: a slip in the area could make a postcode of somewhere real.
_AREA_LETTERS = 2


class HomesWritten:
    """The homes on some rows: one text for each row from each method, null where the sender has none."""

    def __init__(self, people: People, quirks: Quirks, who: Integers, holders: Integers, known: Days) -> None:
        """Find out which address the sender knew; the arguments are those of `NamesWritten`."""
        self._people, self._quirks = people, quirks
        then = known - quirks.days_late("homes_late")[holders]
        stays = people.homes.on(who, then)
        second = people.seconds.on(who, then)
        # A child of two homes is registered at one of them, and every sender has its own.
        stays = np.where((second >= 0) & quirks.has("two_homes")[holders], second, stays)
        self._pairs = Pairs.of(holders, stays)
        of_stays = address_positions(people, people.tables.stays["address"])
        at = np.where(self._pairs.rows < 0, -1, of_stays[np.maximum(self._pairs.rows, 0)])
        #: The true address of each row, as a position, whether or not the sender says it.
        self.true = at[self._pairs.at]
        self._words, self._care_of, at = self._without_home(at, of_stays)
        self._at = np.where(self._protected(at), -1, at)

    def address(self) -> pa.Array:
        """The address in one line."""
        lines = address_lines(self._people, self._quirks.habits.manner("address"))
        found = self._slipped(self._taken(lines), "slip_address", Field.TEXT, 0)
        most = int(self._quirks.habits.rate("address_length"))
        found = pc.utf8_slice_codeunits(found, 0, most)
        if self._words.any():
            said, shares = mixture("nfa words")
            lots = self._quirks.lots("words for no address")[self._pairs.holders]
            place = np.minimum(np.searchsorted(np.cumsum(shares), lots, side="right"), len(said) - 1)
            found = pc.if_else(pa.array(self._words), pa.array(said).take(pa.array(place)), found)
        if self._care_of.any():
            found = pc.if_else(
                pa.array(self._care_of), pc.binary_join_element_wise(CARE_OF, found, ""), found
            )
        if self._quirks.habits.manner("letters") == "upper":
            found = pc.utf8_upper(found)
        return self._shown(found, "no_address")

    def postcode(self) -> pa.Array:
        """The postcode."""
        codes = self._taken(texts(self._people.tables.addresses["postcode"]))
        codes = self._slipped(codes, "slip_postcode", Field.NUMBER, _AREA_LETTERS)
        match self._quirks.habits.manner("postcode"):
            case "joined":
                codes = pc.replace_substring(codes, " ", "")
            case "lower":
                codes = pc.utf8_lower(codes)
        return self._shown(codes, "no_postcode")

    def uprn(self) -> pa.Array:
        """The property's number, where the sender has matched its address to the gazetteer."""
        return self._shown(uprns(self._people, self._at, self._quirks.habits.manner("uprn")), "no_uprn")

    def _taken(self, lines: pa.Array) -> pa.Array:
        return lines.take(pa.array(self._at, mask=self._at < 0))

    def _slipped(self, lines: pa.Array, habit: str, field: Field, kept: int) -> pa.Array:
        return self._quirks.slips(habit, field).of(self._pairs.holders).in_texts(lines, kept)

    def _shown(self, lines: pa.Array, gap: str) -> pa.Array:
        return self._pairs.shown(nulled(lines, self._quirks.has(gap)[self._pairs.holders]))

    def _without_home(self, at: Integers, of_stays: Integers) -> tuple[np.ndarray, np.ndarray, Integers]:
        """What is written for people without an address: words, a hostel, their last address, or nothing.

        Returns:
            Which pairs have words for it, which are in care of a hostel, and the address that is shown.
        """
        stays, none = self._people.tables.stays, np.zeros(len(at), dtype=bool)
        kinds = np.asarray(texts(stays["kind"]).to_numpy(zero_copy_only=False))
        rows = np.maximum(self._pairs.rows, 0)
        if not len(kinds):
            return none, none, at
        homeless = (self._pairs.rows >= 0) & (kinds[rows] == str(StayKind.NO_FIXED_ADDRESS))
        if not homeless.any():
            return none, none, at
        words, care, last = (
            self._quirks.habits.rate(f"nfa_{way}") for way in ("words", "care_of", "last_known")
        )
        lots = self._quirks.lots("no fixed address")[self._pairs.holders]
        place = np.searchsorted(np.cumsum([words, care, last]), lots, side="right")
        hostel = pc.index(self._people.tables.addresses["kind"], str(AddressKind.HOSTEL)).as_py()
        care_of = homeless & (place == 1) & (hostel >= 0)
        who = self._people.positions(integers(stays["person"]))[rows]
        before = self._people.homes.on(who, days(stays["from_day"])[rows] - 1)
        earlier = np.where(before < 0, -1, of_stays[np.maximum(before, 0)])
        shown = np.where(care_of, hostel, np.where(homeless & (place == 2), earlier, at))
        return homeless & (place == 0), care_of, shown

    def _protected(self, at: Integers) -> np.ndarray:
        """Whether the sender keeps the address back, since the person is protected there and then."""
        table = self._people.tables.protections
        addresses = address_positions(self._people, table["address"])
        people = self._people.positions(table["person"])
        who = self._people.positions(integers(self._people.tables.stays["person"]))
        mine = np.where(self._pairs.rows < 0, -1, who[np.maximum(self._pairs.rows, 0)]) if len(who) else at
        width = len(self._people.tables.addresses) + 1
        hidden = np.unique(people[addresses >= 0] * width + addresses[addresses >= 0])
        found = places(hidden, mine * width + at) >= 0
        kept: np.ndarray = found & (at >= 0) & self._quirks.has("hides_protected")[self._pairs.holders]
        return kept


def address_positions(people: People, ids: pa.ChunkedArray) -> Integers:
    """The position of each address by id; -1 where the id is null."""
    ordered = integers(people.tables.addresses["address"])
    return places(ordered, integers(ids))


def uprns(people: People, at: Integers, manner: str) -> pa.Array:
    """The UPRN of each address by position, null where it is below 0."""
    numbers = texts(people.tables.addresses["uprn"])
    found = numbers.take(pa.array(at, mask=at < 0))
    return pc.utf8_ltrim(found, characters="0") if manner == "bare" else found


def address_lines(people: People, form: str) -> pa.Array:
    """Every address in one line: house and street; with the town; or with locality and postcode too."""
    table = people.tables.addresses
    line, town = texts(table["line"]), texts(table["town"])
    match form:
        case "line":
            return line
        case "line_town":
            return joined((line, town), ", ")
        case "full":
            parts = (line, texts(table["locality"]), town, texts(table["postcode"]))
            return joined(parts, ", ")
    raise KeyError(form)


__all__ = ["HomesWritten", "address_lines", "address_positions", "days", "uprns"]

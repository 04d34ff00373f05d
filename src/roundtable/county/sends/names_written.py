"""People's names as a sender has them: late, shortened, spelt otherwise, in the wrong box, misspelt, cut."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.population.traditions import NameOrder, order_of
from roundtable.county.reference_table import reference_rows
from roundtable.county.sends.name_forms import (
    changed,
    first_part,
    last_part,
    other_spelling,
    particle_joined,
    parts_joined,
    without_particle,
)
from roundtable.county.sends.pairs import Integers, Pairs, joined, nulled
from roundtable.county.sends.people_known import People, texts
from roundtable.county.sends.quirks import Quirks
from roundtable.county.sends.shares import share
from roundtable.county.sends.slips import Days

#: How a title follows from the sex on the records; the second is for women who are or were married.
_TITLES = {"M": ("Mr", "Mr"), "F": ("Ms", "Mrs"), "X": ("Mx", "Mx")}
_BETWEEN = {"keep": None, "space": " ", "drop": ""}
#: What is done to a surname of two parts or with a particle, by the habit that says how often.
_COMPOUND = {"compound_first": first_part, "compound_last": last_part, "compound_joined": parts_joined}
_PARTICLE = {"particle_dropped": without_particle, "particle_joined": particle_joined}


class NamesWritten:
    """The names on some rows: one text for each row from each method, null where the sender has none."""

    def __init__(self, people: People, quirks: Quirks, who: Integers, holders: Integers, known: Days) -> None:
        """Find out which name the sender knew.

        Args:
            people: the shard's people.
            quirks: the oddities of the holders.
            who: the position of each row's person; -1 where there is none.
            holders: whose oddities each row shows.
            known: the day that the sender last heard of the person.
        """
        self._people, self._quirks = people, quirks
        late = quirks.days_late("names_late")[holders] + quirks.days_until("names_behind_days")[holders]
        rows = people.names.on(who, known - late)
        age = (known - people.born[np.maximum(who, 0)]).astype("timedelta64[D]").astype(np.int64)
        nameless = quirks.has("baby_named")[holders] & (age < quirks.days_until("baby_days")[holders])
        self._pairs = Pairs.of(holders, rows, nameless & (who >= 0))
        self._given, self._surname = self._boxes()

    def given(self) -> pa.Array:
        """Given names."""
        return self._finished(self._given, "no_given", "given_length")

    def surname(self) -> pa.Array:
        """Surnames."""
        return self._finished(self._surname, "no_surname", "surname_length")

    def middle(self) -> pa.Array:
        """Middle names, where there are any."""
        return self._finished(
            nulled(self._of_names("middle"), self._pairs.marked), "no_middle", "given_length"
        )

    def known_as(self) -> pa.Array:
        """What people are called, where that is another name than the given one."""
        called = nulled(self._of_names("known_as"), self._pairs.marked)
        return self._finished(called, "no_known_as", "given_length")

    def former(self) -> pa.Array:
        """The surname before the present one, where there was one."""
        before = np.where(self._has_earlier(), self._pairs.rows - 1, -1)
        table = self._people.tables.names
        earlier = self._pairs.of_rows(before).taken(texts(table["surname"]))
        same = pc.fill_null(pc.equal(earlier, self._of_names("surname")), True)
        kept = nulled(earlier, np.asarray(same.to_numpy(zero_copy_only=False), dtype=bool))
        return self._finished(kept, "no_former", "surname_length")

    def title(self) -> pa.Array:
        """Titles of grown people."""
        return self._pairs.shown(nulled(self._titles(), self._quirks.has("no_title")[self._pairs.holders]))

    def full(self) -> pa.Array:
        """The whole name in one field, in the sender's form."""
        missing = self._quirks.has("no_surname")[self._pairs.holders]
        given = nulled(self._given, self._quirks.has("no_given")[self._pairs.holders])
        surname = nulled(self._surname, missing)
        form = self._quirks.habits.manner("full_name")
        if form != "free":
            return self._pairs.shown(self._lettered(self._joined(form, given, surname)))
        forms = ("given_surname", "surname_comma_given", "surname_given", "given_initial_surname")
        chosen = self._quirks.any_of("form of name", 2 * len(forms))[self._pairs.holders]
        # Most people say the given name first: half of the ways are that one.
        chosen = np.where(chosen < len(forms), chosen, 0)
        joined = [self._joined(one, given, surname) for one in forms]
        return self._pairs.shown(self._lettered(pc.choose(pa.array(chosen), *joined)))

    def _boxes(self) -> tuple[pa.Array, pa.Array]:
        """What stands in the boxes for given name and surname, slips and all."""
        holders, quirks = self._pairs.holders, self._quirks
        given = self._of_names("given")
        called = pa.array(quirks.has("known_as")[holders])
        given = pc.if_else(called, pc.coalesce(self._of_names("known_as"), given), given)
        given, surname = self._respelt(self._anglicised(given), self._cut(self._of_names("surname")))
        given, surname = self._newborn(given, surname)
        given = quirks.slips("slip_given").of(holders).in_texts(given)
        surname = quirks.slips("slip_surname").of(holders).in_texts(surname)
        eastern = self._says_surname_first()
        swaps = np.where(eastern, quirks.has("surname_first")[holders], quirks.has("names_swapped")[holders])
        if not swaps.any():
            return given, surname
        swapped = pa.array(swaps)
        return pc.if_else(swapped, surname, given), pc.if_else(swapped, given, surname)

    def _of_names(self, column: str) -> pa.Array:
        return self._pairs.taken(texts(self._people.tables.names[column]))

    def _who(self) -> Integers:
        """The position of each pair's person."""
        ids = self._people.tables.names["person"].to_numpy()
        rows = self._pairs.rows
        found = self._people.positions(ids[np.maximum(rows, 0)]) if len(ids) else np.full(len(rows), -1)
        return np.where(rows < 0, -1, found)

    def _says_surname_first(self) -> np.ndarray:
        who = self._who()
        known = texts(self._people.tables.persons["tradition"]).take(pa.array(who, mask=who < 0))
        words = known.dictionary_encode()
        first = [order_of(word) is NameOrder.SURNAME_FIRST for word in words.dictionary.to_pylist()]
        shown = pa.array(first, pa.bool_()).take(words.indices)
        return np.asarray(pc.fill_null(shown, False).to_numpy(zero_copy_only=False))

    def _anglicised(self, given: pa.Array) -> pa.Array:
        wanted = self._quirks.has("anglicised")[self._pairs.holders]
        if not wanted.any():
            return given
        words = given.dictionary_encode()
        english = [_english().get(word, word) for word in words.dictionary.to_pylist()]
        renamed = pa.array(english, pa.string()).take(words.indices)
        return pc.if_else(pa.array(wanted), renamed, given)

    def _shape(self, shape: np.ndarray) -> np.ndarray:
        """Which pairs have a name of some shape, of a value for each row of names."""
        if not len(shape):
            return np.zeros(len(self._pairs.rows), dtype=bool)
        found: np.ndarray = (self._pairs.rows >= 0) & shape[np.maximum(self._pairs.rows, 0)]
        return found

    def _respelt(self, given: pa.Array, surname: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Names in another of their spellings in Latin letters."""
        holders = self._pairs.holders
        which = self._quirks.has("transliterated")[holders] & self._shape(self._people.name_shapes.varied)
        seeds = self._quirks.seeds("transliterated")[holders]
        return changed(given, which, other_spelling, seeds), changed(surname, which, other_spelling, seeds)

    def _cut(self, surname: pa.Array) -> pa.Array:
        """Surnames of two parts cut or joined, and particles left out or joined."""
        shapes, holders = self._people.name_shapes, self._pairs.holders
        for forms, shape in ((_COMPOUND, shapes.compound), (_PARTICLE, shapes.particle)):
            left = self._shape(shape)
            for habit, form in forms.items():
                which = left & self._quirks.has(habit)[holders]
                surname = changed(surname, which, form, self._quirks.seeds(habit)[holders])
                left &= ~which
        return surname

    def _newborn(self, given: pa.Array, surname: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Children whose name is not entered yet: Baby, or Twin 1 and 2, with the mother's surname."""
        nameless = self._pairs.marked
        if not nameless.any():
            return given, surname
        people, who = self._people, np.maximum(self._who(), 0)
        twin = people.twins[who]
        place = np.where(twin < 0, 0, np.where(who < twin, 1, 2))
        called = pa.array(["Baby", "Twin 1", "Twin 2"]).take(pa.array(place))
        mothers = people.names.on(people.mothers[who], people.born[who])
        theirs = self._pairs.of_rows(np.where(people.mothers[who] < 0, -1, mothers))
        of_mother = pc.coalesce(theirs.taken(texts(people.tables.names["surname"])), surname)
        marked = pa.array(nameless)
        return pc.if_else(marked, called, given), pc.if_else(marked, of_mother, surname)

    def _has_earlier(self) -> np.ndarray:
        """Whether the row before a pair's name in the table of names is of the same person."""
        ids = self._people.tables.names["person"].to_numpy()
        rows = np.maximum(self._pairs.rows, 0)
        if not len(ids):
            return np.zeros(len(rows), dtype=bool)
        earlier: np.ndarray = (self._pairs.rows > 0) & (ids[np.maximum(rows - 1, 0)] == ids[rows])
        return earlier

    def _titles(self) -> pa.Array:
        people, who = self._people, np.maximum(self._who(), 0)
        sexes = texts(people.tables.persons["sex"]).take(pa.array(who)).to_pylist()
        reasons = self._of_names("reason").to_pylist()
        today = np.datetime64(self._quirks.chance.plan.today)
        grown = np.asarray(
            today - people.born[who] > np.timedelta64(int(share("titles.from_age") * 365), "D")
        )
        made = [
            _TITLES[sex][reason in ("marriage", "divorce")] if old and reason else None
            for sex, reason, old in zip(sexes, reasons, grown.tolist(), strict=True)
        ]
        return pa.array(made, pa.string())

    def _joined(self, form: str, given: pa.Array, surname: pa.Array) -> pa.Array:
        initial = pc.utf8_slice_codeunits(given, 0, 1)
        parts: tuple[pa.Array, ...]
        match form:
            case "given_surname":
                parts, between = (given, surname), " "
            case "surname_comma_given":
                parts, between = (surname, given), ", "
            case "surname_given":
                parts, between = (surname, given), " "
            case "given_initial_surname":
                parts, between = (initial, surname), " "
            case "title_initial_surname":
                parts, between = (self._titles(), initial, surname), " "
            case "surname_comma_given_initial":
                middle = pc.utf8_slice_codeunits(self._of_names("middle"), 0, 1)
                both = joined((given, middle), " ")
                parts, between = (surname, both), ", "
            case _:
                raise KeyError(form)
        return joined(parts, between)

    def _finished(self, names: pa.Array, gap: str, length: str) -> pa.Array:
        missing = self._quirks.has(gap)[self._pairs.holders]
        most = int(self._quirks.habits.rate(length))
        return self._pairs.shown(pc.utf8_slice_codeunits(self._lettered(nulled(names, missing)), 0, most))

    def _lettered(self, names: pa.Array) -> pa.Array:
        """Names in the letters that the sender's system has."""
        habits, made = self._quirks.habits, names
        for mark, habit in (("-", "hyphen"), ("'", "apostrophe"), ("’", "apostrophe")):
            other = _BETWEEN[habits.manner(habit)]
            made = made if other is None else pc.replace_substring(made, mark, other)
        if habits.manner("accents") == "strip":
            made = without_accents(made)
        else:
            dropped = self._quirks.has("accents_dropped")[self._pairs.holders]
            dropped = dropped & self._shape(self._people.name_shapes.accented)
            made = changed(made, dropped, _plain, np.zeros(len(dropped), np.int64))
        return pc.utf8_upper(made) if habits.manner("letters") == "upper" else made


def without_accents(words: pa.Array) -> pa.Array:
    """Words in plain letters: é becomes e, ł becomes l."""
    if pc.all(pc.string_is_ascii(words)).as_py() in (True, None):
        return words
    coded = words.dictionary_encode()
    plain = [None if word is None else plain_word(word) for word in coded.dictionary.to_pylist()]
    return pa.array(plain, pa.string()).take(coded.indices)


@cache
def plain_word(word: str) -> str:
    """A word in plain letters."""
    apart = unicodedata.normalize("NFKD", word.translate(_NO_MARK))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _plain(word: str, seed: int) -> str:
    return plain_word(word)


_NO_MARK = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ı": "i"}
)


@cache
def _english() -> dict[str, str]:
    return {row["given"]: row["english"] for row in reference_rows("sends", "english_forms")}

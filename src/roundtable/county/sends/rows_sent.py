"""Which rows of a table stand in which file: entered late or twice, changed and withdrawn, sent again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from roundtable.county.sends.calendar import Slot
from roundtable.county.sends.drawn import Days, Drawn, Integers, Producer
from roundtable.county.sends.habits import Habits
from roundtable.county.sends.people_known import People
from roundtable.county.sends.quirks import Chance, Quirks
from roundtable.partnership.model.contract_terms import Arrival

Flags = NDArray[np.bool_]
_DAY = np.timedelta64(1, "D")
_DAY_SECONDS = 86_400
#: What is entered again is entered at least ten minutes later: two rows with one time would be one.
_SOONEST = 600


@dataclass(frozen=True)
class Rows:
    """Rows in the order in which they are sent: by file, then by the time at which each version was entered.

    Attributes:
        record: the record each shows, of those the producer drew.
        entry: the sender's entry of it: one record may be entered twice. The sender's row number follows
            from it.
        slot: the file it is in.
        on: the day that the row stands for: nothing that came later is in it.
        recorded: when this version was entered, to the second.
        second: whether it names the person by a second number.
        changes: whether it will be changed, so that what changes is not filled yet.
        withdrawn: whether it says that the record no longer holds.
    """

    record: Integers
    entry: Integers
    slot: Integers
    on: Days
    recorded: Days
    second: Flags
    changes: Flags
    withdrawn: Flags

    def __len__(self) -> int:
        return len(self.record)

    def taken(self, which: Integers) -> Rows:
        """Some rows, in the order asked for."""
        return Rows(
            self.record[which],
            self.entry[which],
            self.slot[which],
            self.on[which],
            self.recorded[which],
            self.second[which],
            self.changes[which],
            self.withdrawn[which],
        )


def rows_sent(
    producer: Producer, drawn: Drawn, arrives: Arrival, slots: Sequence[Slot], chance: Chance, habits: Habits
) -> Rows:
    """The rows of a table in every file.

    Args:
        producer: whose table it is.
        drawn: the records.
        arrives: how the table's deliveries add up.
        slots: its files, the oldest first.
        chance: the table's own.
        habits: the sender's.
    """
    entries = _entered(producer, drawn, chance, habits)
    if arrives is Arrival.WHOLE:
        rows = _standing(entries, drawn, slots)
    else:
        if arrives is Arrival.INCREMENTS:
            entries = _changed(entries, drawn, chance, habits)
        rows = _in_slots(entries, drawn, slots, chance, habits)
        if arrives is Arrival.INCREMENTS:
            rows = _newest(rows)
    rows = rows.taken(np.lexsort((rows.entry, rows.recorded, rows.slot)))
    again = chance.of("sent again").random(len(rows)) < habits.rate("sent_again")
    return rows.taken(np.repeat(np.arange(len(rows)), 1 + again)) if again.any() else rows


def second_numbers(people: People, quirks: Quirks) -> Flags:
    """Which people the sender has under two numbers; a person's two numbers stand side by side."""
    rates = quirks.rates("registers_twice")
    own = rates if isinstance(rates, float) else rates[::2]
    found: Flags = quirks.chance.of("registered twice").random(len(people)) < own
    return found


def _entered(producer: Producer, drawn: Drawn, chance: Chance, habits: Habits) -> Rows:
    count = len(drawn)
    record, recorded = np.arange(count), drawn.recorded
    if producer.twice:
        again = np.flatnonzero(chance.of("entered again").random(count) < habits.rate("entered_again"))
        most = int(habits.rate("again_hours") * 3600)
        later = chance.of("again later").integers(_SOONEST, most, len(again))
        record = np.concatenate([record, again])
        recorded = np.concatenate([recorded, recorded[again] + later.astype("timedelta64[s]")])
    none = np.zeros(len(record), dtype=bool)
    slots = np.zeros(len(record), dtype=np.int64)
    return Rows(
        record, np.arange(len(record)), slots, recorded.astype("datetime64[D]"), recorded, none, none, none
    )


def with_second_numbers(
    rows: Rows, drawn: Drawn, twice: Flags, chance: Chance, habits: Habits, whole: bool
) -> Rows:
    """The rows with the second number of people who have two.

    In a register that is sent whole such a person has a row under each number; elsewhere each entry is
    under one.

    Args:
        rows: the rows, as entered.
        drawn: the records.
        twice: which people have two numbers.
        chance: the table's own.
        habits: the sender's.
        whole: whether it is such a register.
    """
    who = drawn.who[rows.record]
    has_two = (who >= 0) & twice[np.maximum(who, 0)]
    if not whole:
        # By entry and not by row, so that every version of an entry names the same number.
        coins = chance.of("second number").random(int(rows.entry.max(initial=-1)) + 1)
        return replace(rows, second=has_two & (coins[rows.entry] < habits.rate("uses_second")))
    extra = np.flatnonzero(has_two)
    order = np.sort(np.concatenate([np.arange(len(rows)), extra]), kind="stable")
    repeats = np.zeros(len(order), dtype=bool)
    repeats[1:] = order[1:] == order[:-1]
    doubled = rows.taken(order)
    entries = int(rows.entry.max(initial=-1)) + 1
    return replace(doubled, second=repeats, entry=np.where(repeats, doubled.entry + entries, doubled.entry))


def _changed(rows: Rows, drawn: Drawn, chance: Chance, habits: Habits) -> Rows:
    """Each entry as it first was, as it was changed, and as it was withdrawn."""
    draws = chance.of("changed")
    changes = draws.random(len(rows)) < habits.rate("revised")
    falls = draws.random(len(rows)) < habits.rate("withdrawn")
    after = (draws.exponential(habits.rate("revised_days"), len(rows)) * _DAY_SECONDS + 60).astype(
        "timedelta64[s]"
    )
    first = replace(rows, changes=changes)
    second = _later(rows, changes, after)
    longer = (after * habits.rate("withdrawn_times")).astype("timedelta64[s]")
    last = replace(_later(rows, falls, longer), withdrawn=np.ones(int(falls.sum()), dtype=bool))
    return _joined((first, second, last))


def _newest(rows: Rows) -> Rows:
    """Of several versions of an entry in one file only the last: a key stands in a file once."""
    ordered = rows.taken(np.lexsort((rows.recorded, rows.entry, rows.slot)))
    last = np.ones(len(ordered), dtype=bool)
    same = (ordered.slot[1:] == ordered.slot[:-1]) & (ordered.entry[1:] == ordered.entry[:-1])
    last[:-1] = ~same
    return ordered.taken(np.flatnonzero(last))


def _later(rows: Rows, which: Flags, after: NDArray[np.timedelta64]) -> Rows:
    kept = rows.taken(np.flatnonzero(which))
    recorded = kept.recorded + after[which]
    return replace(kept, recorded=recorded, on=recorded.astype("datetime64[D]"))


def _joined(parts: Sequence[Rows]) -> Rows:
    def column(name: str) -> NDArray[np.generic]:
        return np.concatenate([getattr(part, name) for part in parts])

    names = ("record", "entry", "slot", "on", "recorded", "second", "changes", "withdrawn")
    return Rows(**{name: column(name) for name in names})  # type: ignore[arg-type]


def _in_slots(rows: Rows, drawn: Drawn, slots: Sequence[Slot], chance: Chance, habits: Habits) -> Rows:
    """The rows in the file of the time at which each was sent; what is not sent yet is left out."""
    ends = np.array([slot.ends for slot in slots], dtype="datetime64[D]")
    if drawn.terms is None:
        draws = chance.of("late")
        late = draws.random(len(rows)) < habits.rate("late_rows")
        by = np.where(late, draws.exponential(habits.rate("late_row_days"), len(rows)) + 1, 0)
        sent = rows.on + by.astype(np.int64)
        slot = np.searchsorted(ends, sent, side="right")
    else:
        last = np.array([slot.term for slot in slots])
        slot = np.searchsorted(last, drawn.terms[rows.record], side="left")
    kept = np.flatnonzero((slot >= 0) & (slot < len(slots)))
    found = replace(rows.taken(kept), slot=slot[kept])
    return replace(found, on=ends[found.slot])


def _standing(rows: Rows, drawn: Drawn, slots: Sequence[Slot]) -> Rows:
    """The rows in every file of a register: what had been entered and had not left when it was drawn up."""
    parts = []
    for number, slot in enumerate(slots):
        day = np.datetime64(slot.ends, "D")
        stands = rows.on < day
        if drawn.until is not None:
            until = drawn.until[rows.record]
            stands &= np.isnat(until) | (until >= day)
        kept = rows.taken(np.flatnonzero(stands))
        parts.append(replace(kept, slot=np.full(len(kept), number), on=np.full(len(kept), day)))
    return _joined(parts)

"""All that a shard's agencies send: pieces of every file, and whose each row truly is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from roundtable.county.sends.case import Case
from roundtable.county.sends.csv_text import Records, starts
from roundtable.county.sends.drawn import Drawn
from roundtable.county.sends.groups import groups_of
from roundtable.county.sends.habits import Habits, habits_of
from roundtable.county.sends.identities import Identities
from roundtable.county.sends.planned_files import SentTable
from roundtable.county.sends.quirks import Chance, Quirks
from roundtable.county.sends.rows_sent import Rows, rows_sent, second_numbers, with_second_numbers
from roundtable.county.sends.sheet import Sheet, written_sheet
from roundtable.county.sends.truth_kept import RECORD_IDENTITY, planted_breaches, record_identity
from roundtable.partnership.model.contract_terms import Arrival

_NUMBERS = 2


@dataclass(frozen=True)
class Piece:
    """A shard's part of one file.

    Attributes:
        table: the position of the table among those that are sent.
        file: the position of the file among the table's.
        content: its bytes, without a header.
        rows: how many records they are.
    """

    table: int
    file: int
    content: bytes
    rows: int


@dataclass(frozen=True)
class ShardSent:
    """All that a shard's agencies send.

    Attributes:
        pieces: parts of files; a file of which the shard has no row has none.
        truth: tables for the truth folder, by name.
    """

    pieces: tuple[Piece, ...]
    truth: dict[str, pa.Table]


class _Registers:
    """The senders' registers of people: one for each sender, with the oddities of its registrations."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.groups = groups_of(case.people, case.today)
        self._found: dict[str, tuple[Quirks, np.ndarray]] = {}

    def of(self, habits: Habits) -> tuple[Quirks, np.ndarray]:
        """A sender's registrations, and which people have two."""
        if habits.sender not in self._found:
            chance = Chance(self._case.plan, self._case.shard, habits.sender)
            count = _NUMBERS * len(self._case.people)
            quirks = Quirks(habits, chance, count, self.groups, np.arange(count) // _NUMBERS)
            self._found[habits.sender] = quirks, second_numbers(self._case.people, quirks)
        return self._found[habits.sender]


def send_shard(case: Case, tables: Sequence[SentTable]) -> ShardSent:
    """Everything that the agencies send of a shard."""
    registers = _Registers(case)
    pieces: list[Piece] = []
    identities, breaches = [], []
    for number, sent in enumerate(tables):
        drawn, rows, who, sheet = _written(case, sent, registers)
        pieces += _pieces(number, sent, rows, sheet, Chance(case.plan, case.shard, _topic(sent)))
        if sheet.keys:
            identities.append(record_identity(case, sent, drawn, rows, who, sheet))
        breaches.append(planted_breaches(sent, rows, sheet))
    truth = {}
    if tables:
        truth = {
            "record_identity": pa.concat_tables([RECORD_IDENTITY.empty_table(), *identities]),
            "planted_breach": pa.concat_tables(breaches),
            "person_groups": registers.groups.table(case.people.persons),
        }
    return ShardSent(tuple(pieces), truth)


def _topic(sent: SentTable) -> str:
    return f"{sent.dataset.id} {sent.table.name}"


def _written(case: Case, sent: SentTable, registers: _Registers) -> tuple[Drawn, Rows, Identities, Sheet]:
    producer, habits = sent.producer, habits_of(sent.producer.sender)
    chance = Chance(case.plan, case.shard, _topic(sent))
    drawn = producer.make(case)
    rows = rows_sent(producer, drawn, sent.table.terms.arrives, sent.slots, chance, habits)
    register, twice = registers.of(habits)
    rows = with_second_numbers(rows, drawn, twice, chance, habits, whole=producer.registered)
    who = drawn.who[rows.record]
    registration = np.where(who < 0, -1, _NUMBERS * who + rows.second)
    if habits.holds("fresh"):
        held = np.full(int(rows.entry.max(initial=-1)) + 1, -1)
        held[rows.entry] = who
        quirks = Quirks(habits, chance, len(held), registers.groups, held)
        holders = rows.entry
    else:
        quirks, holders = register, np.maximum(registration, 0)
    known = rows.on if sent.table.terms.arrives is Arrival.WHOLE else rows.recorded.astype("datetime64[D]")
    identities = Identities(case.people, quirks, who, holders, registration, known)
    sheet = written_sheet(case, producer, sent.table, drawn, rows, identities, chance, sent.new_code)
    return drawn, rows, identities, sheet


def _pieces(number: int, sent: SentTable, rows: Rows, sheet: Sheet, chance: Chance) -> Iterator[Piece]:
    if not len(rows):
        return
    records = Records(sheet.columns, sent.habit)
    begins = starts(rows.slot, len(sent.slots))
    for place, file in enumerate(sent.files):
        first, last = int(begins[file.slot]), int(begins[file.slot + 1])
        if first == last:
            continue
        if file.adds:
            # The new question: nobody has answered it yet.
            answers = pa.array(["not asked"]).take(pa.array(np.zeros(last - first, np.int64)))
            wider = (*(column[first:last] for column in sheet.columns), answers)
            yield Piece(number, place, Records(wider, sent.habit).cut(0, last - first), last - first)
        elif file.lacks:
            kept = np.flatnonzero(chance.of(f"lacks {file.name}").random(last - first) >= file.lacks)
            if len(kept):
                yield Piece(number, place, records.picked(first + kept), len(kept))
        else:
            yield Piece(number, place, records.cut(first, last), last - first)

"""Every file that is sent, known before a row is made: its table, what it covers, its name and its note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from roundtable.county.plan import CountyPlan
from roundtable.county.sends.calendar import Slot, SlotKind, slots, term_slots
from roundtable.county.sends.csv_text import TextHabit, text_habit
from roundtable.county.sends.drawn import Producer
from roundtable.county.sends.every_sender import sent_tables
from roundtable.county.sends.habits import habits_of
from roundtable.county.sends.mishaps import Mishap, MishapKind, mishap_of
from roundtable.partnership.model.contract import Dataset, Table
from roundtable.partnership.model.contract_terms import Arrival

_EOLS = {"lf": "\n", "crlf": "\r\n"}


@dataclass(frozen=True)
class SentFile:
    """One file.

    Attributes:
        slot: the position of the slot whose rows it has.
        name: what it is called in its dataset's folder.
        period: what its note says that it covers.
        as_at: when it was drawn up, UTC.
        corrects: the file that it takes the place of; empty for none.
        lacks: the share of the slot's rows that it lacks.
        withdrawn: when a note took it back; None for nearly all.
        reason: why.
        adds: the header of a column that it has beside the contract's; empty for none.
        packed: whether it comes in a ZIP.
    """

    slot: int
    name: str
    period: str
    as_at: datetime
    corrects: str = ""
    lacks: float = 0.0
    withdrawn: datetime | None = None
    reason: str = ""
    adds: str = ""
    packed: bool = False

    @property
    def sent_as(self) -> str:
        """The name that it is delivered under: its own, or that of the ZIP it is packed in."""
        return f"{self.name.rpartition('.')[0]}.zip" if self.packed else self.name


@dataclass(frozen=True)
class NewCode:
    """A code that a sender uses from some file on, though the contract's list lacks it.

    Attributes:
        column: the contract's name of the column.
        code: the code.
        begins: the position of the first slot that has it.
        share: of a file's rows.
    """

    column: str
    code: str
    begins: int
    share: float


@dataclass(frozen=True)
class SentTable:
    """One table with all its files, the oldest slot first.

    Attributes:
        producer: who makes its rows.
        dataset: the contract.
        table: the contract's table.
        slots: what the files cover.
        files: the files: one a slot, and those that follow one that went wrong.
        mishap: what goes wrong with one of them; None for most.
        mishap_slot: the position of the slot that it befalls; -1 for none.
        new_code: a code that comes up on the way; None for nearly all.
    """

    producer: Producer
    dataset: Dataset
    table: Table
    slots: tuple[Slot, ...]
    files: tuple[SentFile, ...]
    mishap: Mishap | None = None
    mishap_slot: int = -1
    new_code: NewCode | None = None

    @cached_property
    def habit(self) -> TextHabit:
        """How its files are written."""
        habits, terms = habits_of(self.producer.sender), self.table.terms
        return text_habit(
            terms.encoding,
            terms.delimiter,
            marked=habits.holds("marked"),
            eol=_EOLS[habits.manner("eol")],
            quoted=habits.holds("quoted"),
        )


def sent_files(
    plan: CountyPlan, datasets: Iterable[Dataset], nights: int, *, open_data: bool
) -> tuple[SentTable, ...]:
    """Every table of the contracts that the county sends, with its files."""
    return tuple(
        _sent_table(plan, producer, dataset, table, nights)
        for producer, dataset, table in sent_tables(datasets, open_data=open_data)
    )


def _sent_table(
    plan: CountyPlan, producer: Producer, dataset: Dataset, table: Table, nights: int
) -> SentTable:
    if producer.by_term:
        found = term_slots(plan.today, plan.years)
    else:
        found = slots(table.terms.arrives, plan.today, plan.years, nights)
    if producer.few and table.terms.arrives is Arrival.WHOLE:
        found = (found[0], found[-1])
    if producer.once:
        only = replace(found[0], ends=plan.today + timedelta(days=1))
        return SentTable(
            producer, dataset, table, (only,), (SentFile(0, producer.once, only.label, only.as_at),)
        )
    mishap = mishap_of(dataset.id, table.name)
    months = [number for number, slot in enumerate(found) if slot.kind is SlotKind.MONTH]
    falls_on = months[-mishap.months_back] if mishap and len(months) >= mishap.months_back else -1
    files: list[SentFile] = []
    for number, slot in enumerate(found):
        name = _name(table, slot.label)
        if mishap is not None and number == falls_on:
            files += _gone_wrong(number, slot, name, mishap)
        else:
            files.append(SentFile(number, name, slot.label, slot.as_at))
    files = _with_new_column(table, files, mishap, falls_on)
    befalls = mishap if falls_on >= 0 else None
    return SentTable(
        producer, dataset, table, found, tuple(files), befalls, falls_on, _new_code(table, befalls, falls_on)
    )


def _with_new_column(
    table: Table, files: list[SentFile], mishap: Mishap | None, begins: int
) -> list[SentFile]:
    """The files, with a new column from the mishap's month on; a contract that has the column knows it."""
    if mishap is None or mishap.kind is not MishapKind.NEW_COLUMN or begins < 0:
        return files
    if mishap.detail in {column.header for column in table.properties}:
        return files
    return [replace(file, adds=mishap.detail) if file.slot >= begins else file for file in files]


def _new_code(table: Table, mishap: Mishap | None, begins: int) -> NewCode | None:
    """The new code of a table that has the column; a contract without it gets none."""
    if mishap is None or mishap.kind is not MishapKind.NEW_CODE:
        return None
    column, _, code = mishap.detail.partition("=")
    codes = next((one.terms.codes for one in table.properties if one.name == column), None)
    # Once the proposal is taken up, the code is in the list, and nothing is odd about it any more.
    return NewCode(column, code, begins, mishap.share) if codes and code not in codes else None


def _gone_wrong(number: int, slot: Slot, name: str, mishap: Mishap) -> Iterator[SentFile]:
    later = slot.as_at + timedelta(days=mishap.days)
    stem, _, ending = name.rpartition(".")
    match mishap.kind:
        case MishapKind.LATE:
            yield SentFile(number, name, slot.label, later)
        case MishapKind.CORRECTED:
            yield SentFile(number, name, slot.label, slot.as_at, lacks=mishap.share)
            yield SentFile(number, f"{stem}-corrected.{ending}", slot.label, later, corrects=name)
        case MishapKind.WITHDRAWN:
            reason = "Drawn up from the test system; the right file follows."
            first = SentFile(number, name, slot.label, slot.as_at, "", mishap.share, later, reason)
            yield first
            yield SentFile(number, f"{stem}-anew.{ending}", slot.label, later)
        case MishapKind.ZIPPED:
            yield SentFile(number, name, slot.label, slot.as_at, packed=True)
        case MishapKind.NEW_COLUMN | MishapKind.NEW_CODE:
            # These begin with the month and stay; who plans all files of a table sees to them.
            yield SentFile(number, name, slot.label, slot.as_at)


def _name(table: Table, label: str) -> str:
    """A file's name by the contract's pattern: what varies is what it covers."""
    pattern = table.physical_name or f"{table.name}-*.csv"
    return pattern.replace("*", label, 1).replace("*", "")

"""The rows of a table as text, column by column, as the contract asks: formats, codes and gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.county.sends.asides import aside
from roundtable.county.sends.breaches import Breach, breached, with_new_code
from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Plain, Producer
from roundtable.county.sends.habits import Habits
from roundtable.county.sends.homes_written import uprns
from roundtable.county.sends.identities import PERSON, Identities
from roundtable.county.sends.numbering import row_references
from roundtable.county.sends.pairs import nulled
from roundtable.county.sends.planned_files import NewCode
from roundtable.county.sends.quirks import Chance
from roundtable.county.sends.rows_sent import Rows
from roundtable.county.sends.sexes import coded_sex
from roundtable.county.sends.written_dates import DATE_FORMAT, TIMESTAMP_FORMAT, written
from roundtable.partnership.model.contract import Column, LogicalType, Table


@dataclass(frozen=True)
class Sheet:
    """A table's rows as text.

    Attributes:
        columns: the text of each column of the contract, in its order.
        keys: the values of the primary key of each row, in the contract's order of columns.
        source_ids: the sender's own id of each row.
        person_numbers: the sender's own number of each row's person, where a column says it.
        breaches: what was planted against the contract.
    """

    columns: tuple[pa.Array, ...]
    keys: tuple[pa.Array, ...]
    source_ids: pa.Array
    person_numbers: pa.Array
    breaches: tuple[Breach, ...]


@dataclass(frozen=True)
class _Writing:
    """All that the values of a column can follow from."""

    case: Case
    producer: Producer
    table: Table
    drawn: Drawn
    rows: Rows
    identities: Identities
    habits: Habits
    chance: Chance


def written_sheet(
    case: Case,
    producer: Producer,
    table: Table,
    drawn: Drawn,
    rows: Rows,
    identities: Identities,
    chance: Chance,
    new_code: NewCode | None = None,
) -> Sheet:
    """Write the rows of a table as its contract asks.

    Args:
        case: the shard.
        producer: whose table it is.
        table: the contract's.
        drawn: the records.
        rows: which of them stand where.
        identities: who each row is about.
        chance: the table's own.
        new_code: a code that comes up on the way.
    """
    writing = _Writing(case, producer, table, drawn, rows, identities, identities.quirks.habits, chance)
    texts = {column.name: _text(writing, column) for column in table.properties}
    keys = tuple(texts[column.name] for column in table.properties if column.primary_key)
    none = pa.nulls(len(rows), pa.string())
    source_id = _of(table, "source_id", "uprn")
    person = _of(table, f"{PERSON}source_person_id")
    found = none if person is None else texts[person]
    breaches = breached(table, texts, writing.habits.rate("breaks"), chance.of("breaks"))
    breaches += with_new_code(texts, rows.slot, new_code, chance.of("new code"))
    return Sheet(
        tuple(texts[column.name] for column in table.properties),
        keys,
        none if source_id is None else texts[source_id],
        found,
        breaches,
    )


def _of(table: Table, *canonical: str) -> str | None:
    """The name of the first column that becomes one of these."""
    for wanted in canonical:
        for column in table.properties:
            if column.terms.canonical == wanted:
                return column.name
    return None


def _text(writing: _Writing, column: Column) -> pa.Array:
    value = _value(writing, column)
    text = as_text(value, column)
    own = column.name in writing.drawn.values
    if own and column.name in writing.drawn.changing:
        text = nulled(text, writing.rows.changes)
    if own and _may_be_missing(column):
        gap = writing.chance.of(f"no {column.name}").random(len(text)) < writing.habits.rate("no_detail")
        text = nulled(text, gap)
    if column.terms.unknown_codes:
        text = _coded(writing, column, text)
    if writing.rows.withdrawn.any() and not _needed_when_withdrawn(column):
        text = nulled(text, writing.rows.withdrawn)
    return text


def _may_be_missing(column: Column) -> bool:
    """Whether a row can stand without it: not a code or a day that the event itself consists of."""
    canonical = column.terms.canonical or ""
    optional = not canonical or canonical.startswith("detail:") or canonical == "result"
    return optional and not column.required and not column.primary_key


def _needed_when_withdrawn(column: Column) -> bool:
    """A row that is taken back keeps what says which row it is; of the rest its sender sends nothing."""
    return column.required or column.primary_key or column.terms.canonical == "withdrawn"


def _value(writing: _Writing, column: Column) -> Plain:
    own = writing.drawn.values.get(column.name)
    rows = writing.rows
    if own is not None:
        if callable(own):
            return own(rows.record, rows.on)
        return own.take(pa.array(rows.record)) if isinstance(own, pa.Array) else own[rows.record]
    canonical = column.terms.canonical or ""
    if column.name in writing.drawn.named:
        canonical = PERSON + writing.drawn.named[column.name]
    if canonical == f"{PERSON}sex":
        sexes = writing.identities.field(canonical)
        assert isinstance(sexes, pa.Array)
        return coded_sex(sexes, column.terms.codes)
    if canonical.startswith(PERSON):
        return writing.identities.field(canonical)
    found = _GIVEN.get(canonical)
    if found is not None:
        return found(writing, column)
    if column.primary_key:
        return _row_number(writing, column)
    return aside(column, len(rows), writing.chance.of(f"aside {column.name}"))


def _row_number(writing: _Writing, column: Column) -> Plain:
    producer, case = writing.producer, writing.case
    names = (producer.dataset, producer.table, column.name)
    return row_references(case.plan.seed, case.shard, *names, writing.rows.entry)


def _place_uprn(writing: _Writing, column: Column) -> Plain:
    place = writing.drawn.place[writing.rows.record]
    found = uprns(writing.case.people, place, writing.habits.manner("uprn"))
    if column.required:
        return found
    # By entry: a place is matched to the gazetteer once, whatever becomes of the record.
    coins = writing.chance.of("no_place_uprn").random(int(writing.rows.entry.max(initial=-1)) + 1)
    return nulled(found, coins[writing.rows.entry] < writing.habits.rate("no_place_uprn"))


def _recorded(writing: _Writing, column: Column) -> Plain:
    return writing.rows.recorded


def _withdrawn(writing: _Writing, column: Column) -> Plain:
    gone = column.terms.withdrawn_codes[0]
    stands = next(code for code in column.terms.codes if code not in column.terms.withdrawn_codes)
    return pc.if_else(pa.array(writing.rows.withdrawn), gone, stands)


_GIVEN: dict[str, Callable[[_Writing, Column], Plain]] = {
    "source_id": _row_number,
    "uprn": _place_uprn,
    "recorded_at": _recorded,
    "withdrawn": _withdrawn,
}


def _coded(writing: _Writing, column: Column, text: pa.Array) -> pa.Array:
    """Missing values as the source's codes for unknown, as often as it troubles to."""
    missing = np.asarray(pc.is_null(text).to_numpy(zero_copy_only=False))
    if not missing.any():
        return text
    codes = column.terms.unknown_codes
    draws = writing.chance.of(f"unknown {column.name}")
    coded = missing & (draws.random(len(text)) < writing.habits.rate("unknown_coded"))
    if not coded.any():
        return text
    chosen = pa.array(codes).take(pa.array(draws.integers(0, len(codes), int(coded.sum()))))
    return pc.replace_with_mask(text, pa.array(coded), chosen)


def as_text(value: Plain, column: Column) -> pa.Array:
    """Values as the text that the contract asks for; null stays null."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "M":
            usual = DATE_FORMAT if column.logical_type is LogicalType.DATE else TIMESTAMP_FORMAT
            return written(value, column.date_format or usual)
        return _numbers(value)
    if pa.types.is_string(value.type):
        return value
    if pa.types.is_boolean(value.type):
        return pc.if_else(value, "true", "false")
    return _numbers(value.to_numpy(zero_copy_only=False))


def _numbers(value: NDArray[np.generic]) -> pa.Array:
    if value.dtype.kind == "b":
        return pc.if_else(pa.array(value), "true", "false")
    if value.dtype.kind == "f":
        missing = np.isnan(value)
        return pa.array(value.astype(np.float64), mask=missing).cast(pa.string())
    return pa.array(value).cast(pa.string())

"""One delivered row, many tables: its event or contact, its person's record, their part in it, its facts.

The engine casts a group of rows once, into one wide table: whatever is cleaned, checked or keyed is worked
out there. The canonical tables are then no more than some of its columns and rows.

Nothing is mended here: names, numbers and addresses stand as they were sent but for the spaces around
them. What they have in common with others is for linkage to find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.intake import quoting
from roundtable.data.intake.becoming import Taken
from roundtable.data.intake.casting import PLACE, Casting
from roundtable.data.intake.checks import cleaned, detail_of, text_of, withdrawn_of
from roundtable.data.intake.fields import DETAIL, FIELDS, PERSON, Field, Kind
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.keyed_columns import keyed_column
from roundtable.governance.keys import Keyring
from roundtable.governance.pseudonyms import SEPARATOR, address_key, record_key
from roundtable.partnership.model.contract_terms import CanonicalTable

#: What the wide table is called while its keys are taken from it.
WIDE = "wide"
#: Columns of the wide table beside those of the delivered row.
_ROW, _KEY, _HOLDS, _WITHDRAWN = "row id", "row key", "holds a person", "is withdrawn"
_RECORD, _ADDRESS, _HOME = "record id", "address id", "home address id"
_UPRN, _HOME_UPRN = "uprn", f"{PERSON}uprn"
#: What the id of a row is called in the table that it becomes.
_OWN_ID = {
    CanonicalTable.EVENT: "event_id",
    CanonicalTable.CONTACT: "contact_id",
    CanonicalTable.ADDRESS_RECORD: "row_id",
}
_INVOLVING = (CanonicalTable.EVENT, CanonicalTable.INVOLVEMENT)
Columns = Mapping[str, str]


@dataclass(frozen=True)
class Spreading:
    """What one table of one delivery becomes, where that is more than one table.

    Attributes:
        casting: its checks, and how its values are cast.
        keyring: what keyed ids are made with; None where the contract needs none.
    """

    casting: Casting
    keyring: Keyring | None

    @cached_property
    def wide_rows(self) -> str:
        """SQL: a row for each row of the piece, with its `PLACE` and all that becomes of it but keyed ids."""
        sent = _listed([*self._sent()])
        holds = f", {_listed([(_HOLDS, self._holds)])}" if self.casting.made.person else ""
        inner = f"SELECT {sent}, {PLACE}, ({self.casting.fails}) AS refused FROM {self.casting.source}"
        return f"SELECT *{holds} FROM ({inner})"

    @cached_property
    def key_values(self) -> str:
        """SQL: each key of each row that fails no check, from the wide table `WIDE`."""
        parts = [
            f"SELECT {self.casting.key_hash(name)} AS k FROM {WIDE} WHERE NOT refused AND {name} IS NOT NULL"
            for name in map(_key_name, range(len(self.casting.keys)))
        ]
        return " UNION ALL ".join(parts)

    def tables(self, wide: pa.Table) -> Iterator[tuple[str, pa.Table]]:
        """The canonical rows of each table, in order, from the rows that were not refused.

        Of a row that is withdrawn there is nothing but its version, which says so.
        """
        made = self.casting.made
        if made.in_increments:
            wide = _with(wide, _KEY, self._keyed_records(wide.column(_KEY)))
            names = {"row_id": _ROW, "row_key": _KEY, "recorded_at": "recorded_at", "withdrawn": _WITHDRAWN}
            yield "row_version", self._shaped("row_version", wide, names)
            wide = _where(wide, pc.invert(wide.column(_WITHDRAWN)))
        wide = self._keyed(wide)
        people = _where(wide, wide.column(_HOLDS)) if made.person else None
        if made.canonical in _OWN_ID:
            yield made.canonical.value, self._shaped(made.canonical.value, wide, self._own)
        if people is not None:
            yield "person_record", self._shaped("person_record", people, self._persons)
        if people is not None and made.canonical in _INVOLVING:
            yield "involvement", self._shaped("involvement", people, self._parts)
        about = people if people is not None and made.canonical is CanonicalTable.INVOLVEMENT else wide
        for one in made.details:
            yield "detail", self._facts(about, one)

    def _sent(self) -> Iterator[tuple[str, str]]:
        """Columns that are worked out from the row as it was sent."""
        made = self.casting.made
        yield _ROW, "prefix || record"
        yield _KEY, self._row_key()
        for field in FIELDS[made.canonical]:
            if (sql := self._cast(field)) is not None:
                yield field.name, sql
        for one in made.details:
            yield _name(one), detail_of(one)
        for number, key in enumerate(self.casting.keys if not self.casting.repeats else ()):
            yield f"key {number}", self.casting.key_text(number, key)
        if made.in_increments:
            withdrawn = made.of("withdrawn")
            yield _WITHDRAWN, "false" if withdrawn is None else withdrawn_of(withdrawn)

    def _cast(self, field: Field) -> str | None:
        """SQL of a field; None for one that is not sent and has no usual value."""
        taken = self.casting.made.of(field.name)
        if field.kind is Kind.WITHDRAWN:
            return None
        if field.name == "role" and taken is not None:
            return f"coalesce({text_of(taken)}, {quoting.text(self.casting.made.table.terms.role or '')})"
        if field.kind in (Kind.TEXT, Kind.NHS_NUMBER, Kind.UPRN, Kind.SEAL):
            return None if taken is None else cleaned(taken)
        if taken is None and field.name not in ("occurred_to", "status", "recorded_at"):
            return None
        if field.name.startswith(PERSON) and taken is not None:
            return cleaned(taken)
        return self.casting.column(field.name)

    @property
    def _holds(self) -> str:
        """SQL: whether a row says anything about a person."""
        names = (quoting.identifier(_name(one)) for one in self.casting.made.person)
        return f"({' OR '.join(f'{name} IS NOT NULL' for name in names)})"

    def _row_key(self) -> str:
        """SQL: by what a row is told from all others of its table: its key, or else its own id."""
        return f"coalesce({self.casting.row_key}, prefix || record)"

    def _keyed(self, wide: pa.Table) -> pa.Table:
        """The rows with the keyed ids of the person and the addresses that each names."""
        made = self.casting.made
        if made.person:
            holds = wide.column(_HOLDS)
            # In increments the key is kept, and so is keyed already.
            keys = pc.if_else(holds, wide.column(_KEY), pa.scalar(None, pa.string()))
            wide = _with(wide, _RECORD, keys if made.in_increments else self._keyed_records(keys))
        for name, sent in ((_ADDRESS, _UPRN), (_HOME, _HOME_UPRN)):
            if made.of(sent) is not None:
                wide = _with(wide, name, keyed_column(wide.column(sent), address_key(self._keys)))
        return wide

    def _keyed_records(self, keys: pa.ChunkedArray) -> pa.Array:
        made = self.casting.made
        begun = f"{made.dataset.id}{SEPARATOR}{made.table.name}{SEPARATOR}"
        return keyed_column(keys, record_key(self._keys), begun)

    @property
    def _keys(self) -> Keyring:
        if self.keyring is None:
            raise ValueError("this table is not taken in without keys")
        return self.keyring

    @property
    def _own(self) -> Columns:
        made = self.casting.made
        found = {field.name: field.name for field in FIELDS[made.canonical]}
        return {**found, _OWN_ID[made.canonical]: _ROW, "address_id": _ADDRESS, "record_id": _RECORD}

    @property
    def _persons(self) -> Columns:
        found = {_bare(one): _name(one) for one in self.casting.made.person}
        told = {"source_id": "source_id", "recorded_at": "recorded_at"}
        return {**found, **told, "record_id": _RECORD, "address_id": _HOME, "row_id": _ROW}

    @property
    def _parts(self) -> Columns:
        found = {"involvement_id": _ROW, "record_id": _RECORD, "role": "role"}
        if self.casting.made.canonical is CanonicalTable.EVENT:
            return {**found, "event_id": _ROW, "event_source_id": "source_id"}
        return {**found, "event_source_id": "event_source_id"}

    def _facts(self, wide: pa.Table, one: Taken) -> pa.Table:
        filled = wide.select([_ROW, _name(one)]).drop_null()
        return self._shaped("detail", filled, {"of_id": _ROW, "value": _name(one)}, _bare(one))

    def _shaped(self, table: str, wide: pa.Table, columns: Columns, name: str = "") -> pa.Table:
        """The rows as a lake table has them: named columns, what is the same for all rows, and else null."""
        same = {**self.casting.constants, "name": name}
        made = []
        schema = LAKE_TABLES[table].schema
        for field in schema:
            source = columns.get(field.name)
            if source in wide.column_names:
                made.append(wide.column(source).cast(field.type))
            elif field.name in same:
                made.append(pa.repeat(pa.scalar(same[field.name], field.type), wide.num_rows))
            else:
                made.append(pa.nulls(wide.num_rows, field.type))
        return pa.Table.from_arrays(made, schema=schema)


def _where(table: pa.Table, true: pa.ChunkedArray) -> pa.Table:
    """The rows for which something is true; to copy all of them would be in vain."""
    return table if pc.all(true).as_py() in (True, None) else table.filter(true)


def _with(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    """A table with a column more, or another in the place of one."""
    at = table.schema.get_field_index(name)
    return table.append_column(name, values) if at < 0 else table.set_column(at, name, values)


def _key_name(number: int) -> str:
    return quoting.identifier(f"key {number}")


def _listed(columns: list[tuple[str, str]]) -> str:
    return ", ".join(f"{sql} AS {quoting.identifier(name)}" for name, sql in columns)


def _name(one: Taken) -> str:
    return "" if one.field is None else one.field.name


def _bare(one: Taken) -> str:
    return _name(one).removeprefix(PERSON).removeprefix(DETAIL)

"""Text to canonical rows, in bulk: SQL that casts what fits, and tells of each row that does not, why.

Every statement reads the view `piece`: the wanted columns as text, and beside them `record` and `line`
(where the row stood in its file), `place` (where it stands in the piece), `prefix` (what its id begins with)
and `file`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from roundtable.data.intake import quoting
from roundtable.data.intake.becoming import Becoming, Taken, is_key
from roundtable.data.intake.checks import (
    Check,
    column_checks,
    degrees_of,
    first_day_of,
    instant_of,
    last_day_of,
    made_ready,
    row_checks,
    text_of,
    value_of,
    whole_of,
    withdrawn_of,
)
from roundtable.data.intake.fields import MEASURE
from roundtable.data.tables import LAKE_TABLES
from roundtable.partnership.model.contract_terms import CanonicalTable

PIECE = "piece"
#: Keys that more than one row of the delivery has, once they are known.
REPEATED = "repeated"
KEYS = "keys"
#: Where a row stands in its piece. The engine answers out of order where it works an answer out with a join,
#: which it makes of any long list of codes.
PLACE = "place"
#: Columns beside a piece that is read a second time: whether others have a row's key.
AGAIN = "again"
_SEPARATOR = "chr(31)"


@dataclass(frozen=True)
class Casting:
    """The statements for one table of one delivery.

    Attributes:
        made: what the table becomes.
        delivery_id: which delivery the rows will say they came with.
        repeats: whether repeated keys are known, so that rows which have them fail.
    """

    made: Becoming
    delivery_id: str
    repeats: bool = False

    @property
    def a_row_each(self) -> bool:
        """Whether each row becomes one canonical row; an index becomes several, or none."""
        return self.made.canonical is not CanonicalTable.AREA_DEPRIVATION

    @cached_property
    def keys(self) -> tuple[tuple[Taken, ...], ...]:
        """The keys that no two rows may share: the primary key, unique columns, an area's id."""
        primary = tuple(one for one in self.made.taken if one.column.primary_key)
        if primary and self.made.in_increments and (recorded := self.made.of("recorded_at")) is not None:
            # A night may bring two versions of one thing.
            primary = (*(one for one in primary if one is not recorded), recorded)
        area = self.made.of("area_id") if self.made.canonical.value.startswith("area") else None
        found: list[tuple[Taken, ...]] = [
            (one,) for one in self.made.taken if is_key(one.column) and not one.column.primary_key
        ]
        if primary:
            found.insert(0, primary)
        if area is not None and (area,) not in found:
            found.append((area,))
        source_id = self.made.of("source_id")
        if self.made.person and source_id is not None and not primary and (source_id,) not in found:
            # Two people's records must not have one id.
            found.append((source_id,))
        return tuple(found)

    @cached_property
    def row_key(self) -> str:
        """SQL: what the source tells a row by, as one text; null where it gives nothing or not all of it."""
        primary = [column.name for column in self.made.table.properties if column.primary_key]
        taken = [one for one in self.made.taken if one.column.primary_key]
        source_id = self.made.of("source_id")
        if len(taken) < len(primary) or not taken:
            taken = [source_id] if source_id is not None else []
        return f" || {_SEPARATOR} || ".join(text_of(one) for one in taken) or "NULL"

    @cached_property
    def source(self) -> str:
        """SQL: the piece, with what is worked out of its columns once beside them."""
        ready = [column for one in self.made.taken if (column := made_ready(one)) is not None]
        listed = "".join(f", {sql} AS {name}" for name, sql in ready)
        return f"(SELECT *{listed} FROM {PIECE})"

    @cached_property
    def canonical_rows(self) -> str:
        """SQL: the canonical rows, with the `PLACE` of each and `refused` for those that fail a check.

        An index has a row for each measure that is there, and none for a row that fails.
        """
        fails = self.fails
        if not self.a_row_each:
            return self._measures(fails)
        columns = ", ".join(f"{sql} AS {quoting.identifier(name)}" for name, sql in self._columns())
        return f"SELECT {columns}, {PLACE}, ({fails}) AS refused FROM {self.source}"

    @cached_property
    def refused_rows(self) -> str:
        """SQL: file, line, columns, reasons, rules and the row itself, for each row that fails a check."""
        told = self._told
        names = ", ".join(_first(checks, "column") for checks in told)
        reasons = ", ".join(_first(checks, "reason") for checks in told)
        rules = ", ".join(_first(checks, "rule") for checks in told)
        row = ", ".join(f"{quoting.text(one.name)}, {one.wanted.column}" for one in self.made.taken)
        return (
            f"SELECT file, line, concat_ws(', ', {names}) AS \"column\", "
            f"concat_ws('; ', {reasons}) AS reason, concat_ws(', ', {rules}) AS rule, "
            f"CAST(json_object({row}) AS VARCHAR) AS row "
            f"FROM {self.source} WHERE {self.fails}"
        )

    @cached_property
    def key_values(self) -> str:
        """SQL: each key of each row that fails no other check."""
        parts = [
            f"SELECT {self._key(number, key)} AS k FROM {self.source} WHERE NOT ({self.fails})"
            for number, key in enumerate(self.keys)
        ]
        return f"SELECT k FROM ({' UNION ALL '.join(parts)}) WHERE k IS NOT NULL"

    @cached_property
    def _told(self) -> tuple[tuple[Check, ...], ...]:
        """The checks, those of one column together."""
        groups = [column_checks(one) for one in self.made.taken]
        groups += [(check,) for check in row_checks(self.made)]
        if self.repeats:
            groups += [(self._repeated(number, key),) for number, key in enumerate(self.keys)]
        return tuple(tuple(map(self._of_what_holds, checks)) for checks in groups if checks)

    def _of_what_holds(self, check: Check) -> Check:
        """A row that says no more than that a thing no longer holds need not say the rest of it."""
        withdrawn = self.made.of("withdrawn")
        keys = {one.name for one in self.made.taken if one.column.primary_key}
        if withdrawn is None or check.column in keys:
            return check
        return replace(check, fails=f"NOT {withdrawn_of(withdrawn)} AND ({check.fails})")

    @cached_property
    def fails(self) -> str:
        """SQL: whether a row fails any check; never null."""
        return " OR ".join(f"({check.fails})" for checks in self._told for check in checks) or "false"

    @cached_property
    def repeating_rows(self) -> tuple[str, ...]:
        """SQL, for each key: the `PLACE` of each row with a repeated one, in any order, since it joins."""
        return tuple(
            f"SELECT {PLACE} FROM {self.source} WHERE {self._key(number, key)} IN (SELECT k FROM {REPEATED})"
            for number, key in enumerate(self.keys)
        )

    def _repeated(self, number: int, key: Sequence[Taken]) -> Check:
        names = ", ".join(one.name for one in key)
        reason = f"other rows have the same {names}, and which is right cannot be known"
        return Check("key-again", names, f"{AGAIN}{number}", reason)

    def _key(self, number: int, key: Sequence[Taken]) -> str:
        """SQL: a key as it is compared, null where any part of it is missing."""
        return self.key_hash(self.key_text(number, key))

    @staticmethod
    def key_text(number: int, key: Sequence[Taken]) -> str:
        """SQL: a key as one text, null where any part of it is missing."""
        parts = f" || {_SEPARATOR} || ".join(value_of(one) for one in key)
        return f"({number} || {_SEPARATOR} || {parts})"

    def key_hash(self, text: str) -> str:
        """SQL: what is kept of a key's text: where it may tell of a person, a hash of 128 bits."""
        return f"md5_number({text})" if self.made.private else text

    @property
    def key_type(self) -> str:
        """The engine's type of a key."""
        return "UHUGEINT" if self.made.private else "VARCHAR"

    def _columns(self) -> Iterator[tuple[str, str]]:
        """Each column of the canonical table and the SQL of it."""
        for name in LAKE_TABLES[self.made.canonical].schema.names:
            yield name, self.column(name)

    def column(self, name: str) -> str:
        """SQL: a canonical column, from the columns of the piece."""
        if name in self.constants:
            return quoting.text(self.constants[name])
        taken = self.made.of(name)
        match name:
            case "event_id" | "event_result_id":
                return "prefix || record"
            case "geometry":
                return "geometry"
            case "occurred_from" | "started":
                return first_day_of(self._certain(name))
            case "ended" if taken is not None:
                return last_day_of(taken)
            case "occurred_to":
                return self._occurred_to()
            case "as_of":
                return self._as_of(taken)
            case "recorded_at":
                return "CAST(NULL AS TIMESTAMPTZ)" if taken is None else self._instant(taken)
            case "longitude" | "latitude":
                return f"try_cast({self._degrees(name)} AS DECIMAL(9, 6))"
            case "people":
                return whole_of(self._certain(name))
            case "status" | "name":
                default = self._status if name == "status" else value_of(self._certain("area_id"))
                return default if taken is None else f"coalesce({value_of(taken)}, {default})"
        return "CAST(NULL AS VARCHAR)" if taken is None else value_of(taken)

    @cached_property
    def constants(self) -> dict[str, str]:
        """Canonical columns that are the same for every row."""
        terms = self.made.table.terms
        return {
            "dataset": self.made.dataset.id,
            "source_table": self.made.table.name,
            "delivery_id": self.delivery_id,
            "agency": self.made.dataset.terms.created_by or "",
            "role": terms.role or "",
            "scheme": terms.scheme or "",
            "area_kind": terms.area_kind or "",
        }

    @property
    def _status(self) -> str:
        return quoting.text(self.made.table.terms.status)

    def _as_of(self, taken: Taken | None) -> str:
        as_of = self.made.table.terms.as_of
        default = f"DATE {quoting.text(str(as_of))}" if as_of else "NULL"
        return default if taken is None else f"coalesce({first_day_of(taken)}, {default})"

    def _certain(self, name: str) -> Taken:
        taken = self.made.of(name)
        if taken is None:
            raise KeyError(name)
        return taken

    def _occurred_to(self) -> str:
        begun, ended = self._certain("occurred_from"), self.made.of("occurred_to")
        usual = last_day_of(begun)
        return usual if ended is None else f"coalesce({last_day_of(ended)}, {usual})"

    def _instant(self, taken: Taken) -> str:
        instant = instant_of(taken)
        if taken.dates is not None and taken.dates.has_zone:
            return instant
        zone = taken.column.logical_type_options.get("defaultTimezone")
        return f"timezone({quoting.text(zone if isinstance(zone, str) else 'UTC')}, {instant})"

    def _degrees(self, name: str) -> str:
        """A coordinate that stands alone says nothing."""
        east, north = self.made.of("longitude"), self.made.of("latitude")
        return "NULL" if east is None or north is None else degrees_of(self._certain(name))

    def _measures(self, fails: str) -> str:
        figures = [one for one in self.made.taken if one.field and one.field.name.startswith(MEASURE)]
        listed = ", ".join(
            f"{{'measure': {quoting.text(one.field.name.removeprefix(MEASURE))}, 'value': {whole_of(one)}}}"
            for one in figures
            if one.field is not None
        )
        kept = [
            f"{sql} AS {quoting.identifier(name)}"
            for name, sql in self._columns()
            if name not in ("measure", "value")
        ]
        inner = (
            f"SELECT {', '.join(kept)}, {PLACE}, unnest([{listed}]) AS figure "
            f"FROM {self.source} WHERE NOT ({fails})"
        )
        outer = ", ".join(
            {"measure": "figure.measure AS measure", "value": "figure.value AS value"}.get(
                name, quoting.identifier(name)
            )
            for name, _ in self._columns()
        )
        return f"SELECT {outer}, {PLACE}, false AS refused FROM ({inner}) WHERE figure.value IS NOT NULL"


def _first(checks: Sequence[Check], part: str) -> str:
    """SQL: what the first of a column's checks that fails has to tell; null where none does."""
    cases = " ".join(f"WHEN {check.fails} THEN {quoting.text(getattr(check, part))}" for check in checks)
    return f"CASE {cases} END"

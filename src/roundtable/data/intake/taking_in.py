"""One table of one delivery: its files read, cast and counted, on the way to one file of the lake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from roundtable.data.intake.becoming import Becoming
from roundtable.data.intake.casting import AGAIN, KEYS, PIECE, PLACE, REPEATED, Casting
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.pieces import Making, Piece
from roundtable.data.intake.quarantine import Quarantine
from roundtable.data.intake.reading_ahead import read_ahead
from roundtable.data.intake.rules import refused
from roundtable.data.intake.spreading import WIDE, Spreading
from roundtable.data.intake.unpacking import SourceFile

if TYPE_CHECKING:
    import duckdb

    from roundtable.governance.keys import Keyring

#: Canonical rows, each lot with the lake table it is for.
Rows = tuple[str, pa.Table]
Reader = Callable[[SourceFile], Making[Piece]]


class RepeatedKeys(Exception):
    """Some rows share a key: which they are is known now, and the files must be read again without them."""


@dataclass(frozen=True)
class TableFiles:
    """The files of a delivery that are for one table.

    Attributes:
        made: what the table becomes.
        files: the files, in order.
        prefixes: what the id of a file's rows begins with, by the file's name.
        read: reads one of them.
    """

    made: Becoming
    files: Sequence[SourceFile]
    prefixes: dict[str, str]
    read: Reader


@dataclass
class TakingIn:
    """The rows of one table on their way through.

    Attributes:
        connection: a locked engine, lent for this table alone.
        of: the files.
        delivery_id: the delivery that the rows will name.
        keyring: what keyed ids are made with; None where the contract needs none.
        limits: how many rows are cast at a time.
        shown: the delivery, for messages.
        told: called now and then with the number of rows received.
        quarantine: the rows that could not be taken.
        received: rows by file.
        sha256: of each file.
        told_of: what the files' readers want the receipt to say.
        small: whether all of it is read sooner than threads for it are started.
        keys_repeat: whether some rows are known to share a key, so that the files must be read again.
    """

    connection: duckdb.DuckDBPyConnection
    of: TableFiles
    delivery_id: str
    keyring: Keyring | None
    limits: Limits
    shown: str
    told: Callable[[int], None]
    quarantine: Quarantine
    small: bool = False
    received: Counter[str] = field(default_factory=Counter)
    sha256: dict[str, str] = field(default_factory=dict)
    told_of: list[str] = field(default_factory=list)
    keys_repeat: bool = False

    def afresh(self) -> TakingIn:
        """The same files, to be read from the beginning with what the engine has learnt of them."""
        return TakingIn(
            self.connection,
            self.of,
            self.delivery_id,
            self.keyring,
            self.limits,
            self.shown,
            self.told,
            Quarantine(self.delivery_id, keeps=self.quarantine.keeps),
            self.small,
        )

    def canonical_rows(self, *, repeats: bool = False) -> Making[Rows]:
        """The canonical rows of each table, in the order of the files and their rows.

        Args:
            repeats: whether the repeated keys are known, from a first reading.

        Raises:
            DeliveryRefused: a file cannot be read, or there are more rows than the contract allows.
            RepeatedKeys: at the end, when rows share a key and `repeats` is false.
        """
        casting = Casting(self.of.made, self.delivery_id, repeats)
        if casting.keys and not repeats:
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {KEYS} (k {casting.key_type})")
        spreading = Spreading(casting, self.keyring) if self.of.made.spreads else None
        for group in self._groups():
            if repeats:
                yield from self._cast(casting, spreading, self._marked(casting, group), keys=False)
            elif self.keys_repeat:
                self._note_keys(casting, group)
            else:
                yield from self._cast(casting, spreading, group, keys=bool(casting.keys))
        if casting.keys and not repeats:
            self._see_that_keys_differ()

    def _cast(
        self, casting: Casting, spreading: Spreading | None, group: pa.Table, *, keys: bool
    ) -> Iterator[Rows]:
        self.connection.register(PIECE, group)
        rows = self._worked_out(casting, spreading, keys=keys)
        self.connection.unregister(PIECE)
        if self.keys_repeat:
            return
        kept = rows.drop_columns(["refused"])
        failed = rows.column("refused")
        if not casting.a_row_each or _any(failed):
            self._set_aside(casting, group.filter(failed) if casting.a_row_each else group)
            kept = kept.filter(_not(failed))
            self._refuse_too_much_quarantine()
        if spreading is None:
            yield self.of.made.canonical.value, kept
        else:
            yield from spreading.tables(kept)

    def _set_aside(self, casting: Casting, rows: pa.Table) -> None:
        """Put rows into quarantine, each with why; of an index, those of the rows that are at fault."""
        self.connection.register(PIECE, rows)
        refused_rows = self.connection.execute(casting.refused_rows).to_arrow_table()
        self.connection.unregister(PIECE)
        if casting.a_row_each and refused_rows.num_rows != rows.num_rows:
            raise RuntimeError("a row was refused that no check refuses when it stands alone")
        self.quarantine.add(refused_rows, private=self.of.made.private)

    def _marked(self, casting: Casting, group: pa.Table) -> pa.Table:
        """The rows, each with whether others have its key: found beforehand, since a join keeps no order."""
        self.connection.register(PIECE, group)
        for number, repeating in enumerate(casting.repeating_rows):
            again = np.zeros(group.num_rows, np.bool_)
            again[self.connection.execute(repeating).to_arrow_table().column(PLACE).to_numpy()] = True
            group = group.append_column(f"{AGAIN}{number}", pa.array(again))
        self.connection.unregister(PIECE)
        return group

    def _note_keys(self, casting: Casting, group: pa.Table) -> None:
        """Note the keys of a group and nothing else: since some repeat, all of it is read again anyway."""
        self.connection.register(PIECE, group)
        self.connection.execute(f"INSERT INTO {KEYS} {casting.key_values}")
        self.connection.unregister(PIECE)

    def _worked_out(self, casting: Casting, spreading: Spreading | None, *, keys: bool) -> pa.Table:
        """The canonical rows of the piece, or one wide table of all that becomes of it; keys are noted."""
        if spreading is None:
            if keys:
                self._keep_keys(casting.key_values)
            return _in_order(self.connection.execute(casting.canonical_rows).to_arrow_table())
        wide = _in_order(self.connection.execute(spreading.wide_rows).to_arrow_table())
        if keys:
            self.connection.register(WIDE, wide)
            self._keep_keys(spreading.key_values)
            self.connection.unregister(WIDE)
        return wide

    def _keep_keys(self, values: str) -> None:
        """Note the keys of a group, and whether some of them repeat already."""
        (added,) = self.connection.execute(f"INSERT INTO {KEYS} {values}").fetchone() or (0,)
        last = f"FROM {KEYS} WHERE rowid >= (SELECT count(*) FROM {KEYS}) - {added}"
        told = self.connection.execute(f"SELECT count(*) > count(DISTINCT k) {last}").fetchone()
        self.keys_repeat = told == (True,)

    def _see_that_keys_differ(self) -> None:
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {REPEATED} AS SELECT k FROM {KEYS} GROUP BY k HAVING count(*) > 1"
        )
        self.connection.execute(f"DROP TABLE {KEYS}")
        (count,) = self.connection.execute(f"SELECT count(*) FROM {REPEATED}").fetchone() or (0,)
        if count:
            raise RepeatedKeys

    def _refuse_too_much_quarantine(self) -> None:
        """Stop early: what is in quarantine is held in memory until the delivery is whole."""
        if self.quarantine.total > self.limits.quarantined:
            what = (
                f"more than {self.limits.quarantined:,} rows of table '{self.of.made.table.name}' cannot be "
                f"taken: {self.quarantine.reasons()}"
            )
            remedy = "Send it corrected; or, if the contract is wrong, change it and receive again."
            raise refused("too-many-quarantined", self.shown, what, remedy)

    def _groups(self) -> Making[pa.Table]:
        """Pieces put together until there are enough rows to be worth a statement."""
        held: list[pa.Table] = []
        rows = wide = 0
        for file, piece in read_ahead(self.of.files, self.of.read, small=self.small):
            self._count(file, piece)
            if piece.table.num_rows:
                held.append(_placed(piece.table, file.name, self.of.prefixes[file.name]))
                rows += piece.table.num_rows
                wide += piece.table.nbytes
            if rows >= self.limits.group_rows or wide >= self.limits.group_bytes:
                yield _together(held)
                held, rows, wide = [], 0, 0
                self.told(self.received.total())
        if held:
            yield _together(held)

    def _count(self, file: SourceFile, piece: Piece) -> None:
        self.received[file.name] += piece.rows
        self.quarantine.add_bad(file.name, piece.bad)
        self._refuse_too_much_quarantine()
        self.told_of += piece.told
        if piece.sha256:
            self.sha256[file.name] = piece.sha256
        most = self.of.made.table.terms.max_rows
        if self.received.total() > most:
            name = self.of.made.table.name
            what = f"it has more than {most:,} rows for table '{name}', the contract's maxRows"
            remedy = "If so many are right, somebody must raise 'maxRows' in the contract; it then goes in."
            raise refused("too-many-rows", self.shown, what, remedy)


def _placed(table: pa.Table, file: str, prefix: str) -> pa.Table:
    """A piece with its file and the beginning of its ids beside each row."""
    same = {"file": file, "prefix": prefix}
    for name, text in same.items():
        table = table.append_column(name, _repeated(text, table.num_rows))
    return table


def _together(pieces: Sequence[pa.Table]) -> pa.Table:
    """Pieces as one table, with where each row stands in it."""
    table = pa.concat_tables(pieces)
    return table.append_column(PLACE, pa.array(np.arange(table.num_rows)))


def _in_order(rows: pa.Table) -> pa.Table:
    """What the engine answered, in the order of the rows that it was asked about."""
    places = rows.column(PLACE).to_numpy()
    rows = rows.drop_columns([PLACE])
    return rows if np.all(places[:-1] <= places[1:]) else rows.take(np.argsort(places, kind="stable"))


def _repeated(text: str, times: int) -> Any:
    """One text for many rows, stored once."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(times, np.int32)), pa.array([text]))


def _any(flags: Any) -> bool:
    return any(chunk.true_count for chunk in flags.chunks)


def _not(flags: Any) -> Any:
    import pyarrow.compute as pc

    return pc.invert(flags)

"""Rows as posts have decided: mended values put in as a file is read, and dismissed rows taken out.

A mend is applied to the text that was sent, before anything is checked: the row then passes every check that
any other row passes, or goes into quarantine again.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.intake.pieces import Making, Piece, Wanted
from roundtable.data.intake.quarantine import DISMISSED
from roundtable.data.intake.records import BadRow
from roundtable.data.vault.sealed_text import seal_text, unseal_text
from roundtable.governance.keys import Keyring
from roundtable.ledger import quarantine
from roundtable.ledger.quarantine import Decision


@dataclass(frozen=True)
class Decisions:
    """What has been decided about the rows of one delivery and has taken effect.

    Attributes:
        mends: the value of each mended column, by file, line and the contract's name of the column.
        dismissed: the lines that are set aside for good, by file.
    """

    mends: Mapping[str, Mapping[int, Mapping[str, str]]] = field(default_factory=dict)
    dismissed: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def applied(
        self, file: str, pieces: Callable[[], Making[Piece]], columns: Mapping[str, Wanted]
    ) -> Making[Piece]:
        """The pieces of a file as they were decided.

        Args:
            file: what the quarantine calls the file.
            pieces: reads it.
            columns: how each column is read, by the contract's name of it.
        """
        mends, dismissed = self.mends.get(file, {}), self.dismissed.get(file, frozenset())
        with closing(pieces()) as read:
            for piece in read:
                yield _decided(piece, mends, dismissed, columns) if mends or dismissed else piece


def fingerprints() -> Mapping[str, str]:
    """SHA-256 of what has been decided and has taken effect, by delivery: by another, it is read again."""
    by_delivery: dict[str, list[list[str | int]]] = defaultdict(list)
    for one in quarantine.decisions():
        if one.released:
            by_delivery[one.delivery_id].append([one.file, one.line, one.column, one.sealed])
    return {
        delivery: hashlib.sha256(json.dumps(said).encode()).hexdigest()
        for delivery, said in by_delivery.items()
    }


def decisions_of(delivery_id: str, keyring: Keyring | None) -> Decisions:
    """What has been decided about the rows of a delivery, mended values unsealed.

    Raises:
        StoreUnusable: a value was mended, and this process has not the key to it.
    """
    mends: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    dismissed: dict[str, set[int]] = defaultdict(set)
    for one in quarantine.decisions(delivery_id):
        if one.dismisses:
            dismissed[one.file].add(one.line)
        elif one.released and keyring is not None:
            mends[one.file][one.line][one.column] = unseal_text(keyring, one.sealed, _about(one))
    return Decisions(mends, {file: frozenset(lines) for file, lines in dismissed.items()})


def sealed(one: Decision, value: str, keyring: Keyring) -> Decision:
    """A mend with its value, which only who has the key can read, and only in this place."""
    return replace(one, sealed=seal_text(keyring, value, _about(one)))


def _about(one: Decision) -> str:
    return f"mend of {one.delivery_id}/{one.file}/{one.line}/{one.column}"


def _decided(
    piece: Piece,
    mends: Mapping[int, Mapping[str, str]],
    dismissed: frozenset[int],
    columns: Mapping[str, Wanted],
) -> Piece:
    table = piece.table
    for line in _held(table, [*mends]):
        for column, value in mends[line].items():
            if column in columns:
                table = _mended(table, columns[column].column, line, value)
    bad = [_dismissed(row) if row.line in dismissed else row for row in piece.bad]
    gone = _held(table, sorted(dismissed))
    if gone:
        leaves = pc.is_in(table.column("line"), pa.array(gone, table.column("line").type))
        records = table.filter(leaves).column("record").to_pylist()
        bad += [_dismissed(BadRow(record, line, "", "")) for record, line in zip(records, gone, strict=True)]
        table = table.filter(pc.invert(leaves))
    return replace(piece, table=table, bad=tuple(bad))


def _held(table: pa.Table, lines: Sequence[int]) -> list[int]:
    """Which of these lines a piece has, in its own order."""
    if not lines or not table.num_rows:
        return []
    held = table.column("line")
    found: list[int] = held.filter(pc.is_in(held, pa.array(lines, held.type))).to_pylist()
    return found


def _mended(table: pa.Table, column: str, line: int, value: str) -> pa.Table:
    at, old = table.column_names.index(column), table.column(column)
    kind = old.type
    here = pc.equal(table.column("line"), pa.scalar(line, table.column("line").type))
    texts = old.cast(kind.value_type) if pa.types.is_dictionary(kind) else old
    new = pc.if_else(here, pa.scalar(value, texts.type), texts)
    if pa.types.is_dictionary(kind):
        new = new.combine_chunks().dictionary_encode().cast(kind)
    return table.set_column(at, column, new)


def _dismissed(row: BadRow) -> BadRow:
    return replace(row, rule=DISMISSED, reason="a post has set it aside")

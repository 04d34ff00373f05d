"""Working the quarantine: a post looks, mends, releases or dismisses, and the audit chain says so and why.

Rows in quarantine are about people as records are, so that the posts that may deal with a person's request
about a delivery work its quarantine, and no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from roundtable.data.intake.finding_deliveries import find_deliveries
from roundtable.data.lake import Lake
from roundtable.data.quarantine.decided import sealed
from roundtable.data.quarantine.held import HeldRow, held_rows, known_delivery, said_by, unusable
from roundtable.data.subjects.sealed_rows import without_sealed
from roundtable.errors import NotPermitted, Place, Problem
from roundtable.governance.keys import needed_keyring
from roundtable.governance.permission import permitted_for_any_purpose
from roundtable.governance.rights.controllers import Came, coverage, may_deal
from roundtable.governance.rights.four_eyes import known_post
from roundtable.ledger import audit, quarantine
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.impersonal import looks_like
from roundtable.ledger.quarantine import Decision
from roundtable.partnership.model.whole import Partnership

#: Rules of rows that could not be told apart into values, of which none can be mended.
WHOLE_ROW = frozenset({"quotes", "columns", "too-long", "cut-row", "geometry", "value"})


@dataclass(frozen=True)
class Desk:
    """Where a post works the quarantine of one partnership.

    Attributes:
        partnership: what is agreed.
        lake: its lake, with the keys; its ledger is open and this process may write.
        post: the post that works.
        now: by the trusted clock.
    """

    partnership: Partnership
    lake: Lake
    post: str
    now: datetime

    def __post_init__(self) -> None:
        """See that the post exists and is filled.

        Raises:
            SettingUnusable: it is not.
        """
        known_post(self.partnership, self.post, "--post")

    def shown(self, delivery_id: str, reason: str, most: int = 100) -> tuple[HeldRow, ...]:
        """Rows of a delivery with what they say, as far as agreements in force today name the columns.

        Of a row about somebody under seal nothing is said.

        The reading is an event of the audit chain, and so is one that was refused.

        Args:
            delivery_id: the delivery.
            reason: why the post looks.
            most: how many rows at most, from the first.

        Raises:
            SettingUnusable: nothing of it is in quarantine, or the reason says something of a person.
            NotPermitted: the delivery is of other agencies' data, or the post answers for none.
            StoreUnusable: what it says stands in the vault, and there is no key.
        """
        _see_that_impersonal(reason)
        try:
            self._see_that_deals(delivery_id)
        except NotPermitted:
            refused = {"post": self.post, "reason": reason, "rows": 0, "how": "refused"}
            audit.append("quarantine.read", delivery_id, refused, self.now)
            raise
        dataset = known_delivery(delivery_id).dataset
        rows = held_rows(self.lake, delivery_id)[:most]
        said = without_sealed(self.lake, dataset, said_by(self.lake, delivery_id))
        granted = {table: self._granted(dataset, table) for table in {row.table for row in rows}}
        detail = {"post": self.post, "reason": reason, "rows": len(rows)}
        audit.append("quarantine.read", delivery_id, detail, self.now)
        return tuple(
            replace(row, said={name: value for name, value in values.items() if name in granted[row.table]})
            if (values := said.get((row.file, row.line))) is not None
            else row
            for row in rows
        )

    def mend(self, at: HeldRow, delivery_id: str, column: str, value: str, reason: str) -> None:
        """Keep a value that is to be read in the place of the one that was sent, once the post releases it.

        Args:
            at: the row.
            delivery_id: its delivery.
            column: the contract's name of the column.
            value: what is to be read, as the sender should have written it.
            reason: why the post knows that it is right. Nothing about a person.

        Raises:
            SettingUnusable: the row or column cannot be mended, or the reason says something of a person.
            NotPermitted: as `shown` has it.
            StoreUnusable: there is no key to seal the value with.
        """
        _see_that_impersonal(reason)
        self._see_that_deals(delivery_id)
        self._see_that_mendable(at, delivery_id, column)
        one = Decision(delivery_id, at.file, at.line, column, "", at.rule, self.post, reason)
        keyring = self.lake.keyring or needed_keyring(self.lake.folder)
        with self._decided(sealed(one, value, keyring)) as detail:
            audit.append("quarantine.mended", one.delivery_id, detail, self.now)

    def dismiss(self, at: HeldRow, delivery_id: str, reason: str) -> None:
        """Set a row aside for good: it counts as received and dismissed, and nothing of it is kept.

        Raises:
            SettingUnusable: the delivery's file is gone, or the reason says something of a person.
            NotPermitted: as `shown` has it.
        """
        _see_that_impersonal(reason)
        self._see_that_deals(delivery_id)
        self._see_that_readable(delivery_id)
        one = Decision(delivery_id, at.file, at.line, "", "", at.rule, self.post, reason, released=True)
        with self._decided(one) as detail:
            audit.append("quarantine.dismissed", one.delivery_id, detail, self.now)

    def release(self, delivery_id: str, reason: str) -> int:
        """Let the mends of a delivery take effect: `receive` reads it again with them; their number.

        Raises:
            SettingUnusable: nothing is mended, or the delivery's file is gone.
            NotPermitted: as `shown` has it.
        """
        _see_that_impersonal(reason)
        self._see_that_deals(delivery_id)
        self._see_that_readable(delivery_id)
        with ledger_transaction():
            released = [one for one in quarantine.decisions(delivery_id) if not one.released]
            number = quarantine.release(delivery_id, self.post, reason, self.now)
            if not number:
                what = f"no value of delivery {delivery_id} has been mended since the last release"
                remedy = "`roundtable quarantine mend` gives one"
                raise unusable("DELIVERY", "quarantine-unmended", what, remedy)
            detail = {
                "post": self.post,
                "reason": reason,
                "mends": [[one.line, one.column, one.rule] for one in released],
            }
            audit.append("quarantine.released", delivery_id, detail, self.now)
        return number

    def row(self, delivery_id: str, line: int, file: str | None = None) -> HeldRow:
        """The row in quarantine that stands on a line.

        Args:
            delivery_id: the delivery.
            line: the line.
            file: the file inside the delivery; it may be left out where there is but one.

        Raises:
            SettingUnusable: no such row is there, or files have to be told apart.
        """
        rows = held_rows(self.lake, delivery_id)
        found = [row for row in rows if row.line == line and file in (None, row.file)]
        if not found:
            what = f"line {line} of delivery {delivery_id} is not in quarantine"
            lines = ", ".join(str(row.line) for row in rows[:10])
            raise unusable("--line", "quarantine-line", what, f"these are: {lines}")
        if len({row.file for row in found}) > 1:
            names = ", ".join(sorted({row.file for row in found}))
            what = f"several files of the delivery have a line {line} in quarantine"
            raise unusable("--file", "quarantine-file", what, f"name one of {names}")
        return found[0]

    def _see_that_deals(self, delivery_id: str) -> None:
        record, today = known_delivery(delivery_id), self.now.date()
        came = Came(record.dataset, tuple(sorted(record.agreements)))
        if not may_deal(self.partnership, self.post, came, today).permitted:
            said = " ".join(coverage(self.partnership, [came], today))
            what = f"'{self.post}' may not work the quarantine of delivery {delivery_id}: {said}"
            remedy = "let one of the posts named do it: these rows can be about people, as records are"
            raise NotPermitted(
                Problem(Place("command line", key="--post"), "quarantine-controller", what, remedy)
            )

    def _granted(self, dataset: str, table: str) -> frozenset[str]:
        found = permitted_for_any_purpose(self.partnership, dataset, table, self.now.date())
        return found.columns

    def _see_that_mendable(self, at: HeldRow, delivery_id: str, column: str) -> None:
        self._see_that_readable(delivery_id)
        dataset = known_delivery(delivery_id).dataset
        whole = WHOLE_ROW.intersection(at.rule.split(", "))
        if whole:
            what = f"the row breaks the rule '{at.rule}', so that its values cannot be told apart"
            remedy = "ask the sender for a correction, or dismiss the row with a reason"
            raise unusable("--line", "quarantine-unmendable", what, remedy)
        granted = self._granted(dataset, at.table)
        if column not in granted:
            what = f"no agreement in force lets the column '{column}' through"
            raise unusable("--column", "quarantine-column", what, f"name one of {_listed(granted)}")

    def _see_that_readable(self, delivery_id: str) -> None:
        record = known_delivery(delivery_id)
        found, _ = find_deliveries(self.partnership)
        if record.file not in {one.shown for one in found}:
            what = f"{record.file} is no longer there, so that it cannot be read again"
            remedy = "put the file back, the very same bytes, or ask the sender for a correction"
            raise unusable("DELIVERY", "delivery-gone", what, remedy)

    @contextmanager
    def _decided(self, one: Decision) -> Iterator[dict[str, object]]:
        """Keep a decision in one transaction with the audit event that the block appends; its detail."""
        detail: dict[str, object] = {
            "post": self.post,
            "reason": one.reason,
            "line": one.line,
            "column": one.column,
            "rule": one.rule,
        }
        with ledger_transaction():
            quarantine.decide(one, self.now)
            yield detail


def _see_that_impersonal(reason: str) -> None:
    kind = looks_like(reason)
    if not reason.strip():
        raise unusable("--reason", "reason-missing", "a reason is needed", "say why, in a sentence")
    if kind is not None:
        what = f"the reason holds what looks like {kind}, and it is kept where nothing can be erased"
        raise unusable("--reason", "reason-personal", what, "say why without it")


def _listed(names: frozenset[str] | Sequence[str]) -> str:
    return ", ".join(sorted(names)) or "none: no agreement in force names any"

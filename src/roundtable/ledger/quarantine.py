"""What posts decided about rows in quarantine: values mended, rows dismissed, and what has taken effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import QuarantineDecision
from roundtable.ledger.numbering import lock_the_head

#: What the ledger calls a field that has another name there.
_COLUMN = {"column": "of_column"}


@dataclass(frozen=True)
class Decision:
    """A post's decision about a row, or about one value of it.

    Attributes:
        delivery_id: the delivery.
        file: the delivered file, or the file inside the ZIP.
        line: where the row began in it.
        column: the column that was mended; empty where the whole row was dismissed.
        sealed: the mended value, sealed in the vault's way; empty where the row was dismissed.
        rule: the rules that the row broke.
        post: who decided.
        reason: why.
        released: whether it has taken effect; a dismissal has at once.
    """

    delivery_id: str
    file: str
    line: int
    column: str
    sealed: str
    rule: str
    post: str
    reason: str
    released: bool = False

    @property
    def dismisses(self) -> bool:
        """Whether the row is set aside for good."""
        return not self.column


def decide(one: Decision, at: datetime) -> None:
    """Keep a decision, in the transaction under way; it takes the place of one about the same value."""
    with ledger_transaction():
        lock_the_head()
        values = {_COLUMN.get(name, name): value for name, value in asdict(one).items() if name != "released"}
        place = {name: values.pop(name) for name in ("delivery_id", "file", "line", "of_column")}
        QuarantineDecision.objects.update_or_create(
            **place,
            defaults=values
            | {
                "decided_at": at,
                "released_at": at if one.released else None,
                "released_by": one.post if one.released else "",
                "released_why": one.reason if one.released else "",
            },
        )


def release(delivery_id: str, post: str, reason: str, at: datetime) -> int:
    """Let every mend of a delivery take effect that has not yet; the number of them."""
    with ledger_transaction():
        lock_the_head()
        waiting = QuarantineDecision.objects.filter(delivery_id=delivery_id, released_at=None)
        return waiting.update(released_at=at, released_by=post, released_why=reason)


def decisions(delivery_id: str | None = None) -> tuple[Decision, ...]:
    """Every decision, of one delivery or of all, in order of place."""
    names = [field.name for field in fields(Decision) if field.name != "released"]
    rows = QuarantineDecision.objects.order_by("delivery_id", "file", "line", "of_column")
    if delivery_id is not None:
        rows = rows.filter(delivery_id=delivery_id)
    with plain_faults():
        return tuple(
            Decision(
                **{name: getattr(row, _COLUMN.get(name, name)) for name in names},
                released=row.released_at is not None,
            )
            for row in rows
        )


def forget(delivery_id: str, file: str, lines: Sequence[int]) -> int:
    """Delete the decisions about rows that are erased; their number."""
    with ledger_transaction():
        lock_the_head()
        gone = QuarantineDecision.objects.filter(delivery_id=delivery_id, file=file, line__in=list(lines))
        return gone.delete()[0]

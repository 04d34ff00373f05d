"""Deliveries that only want the keys of the vault: told together, since one thing mends them all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from roundtable.data.intake.receipts import Receipt
from roundtable.data.intake.rules import problem
from roundtable.errors import Problem

RULE = "keys-missing"
#: How the refusal of an encrypted file begins: new keys would not open it.
ENCRYPTED = "it is encrypted"


def lacks_keys(receipt: Receipt) -> bool:
    """Whether a delivery was refused for want of the keys and for nothing else."""
    return bool(receipt.problems) and all(one.rule == RULE for one in receipt.problems)


def told_together(receipts: Sequence[Receipt], folder: Path) -> tuple[Problem, ...]:
    """Every problem there is, with one for all deliveries that only want the keys.

    Args:
        receipts: what became of the deliveries.
        folder: the partnership folder, for the remedy.
    """
    lacking = [receipt for receipt in receipts if lacks_keys(receipt)]
    others = tuple(one for receipt in receipts if not lacks_keys(receipt) for one in receipt.problems)
    return (*([_lacking(lacking, folder)] if lacking else []), *others)


def _lacking(receipts: Sequence[Receipt], folder: Path) -> Problem:
    datasets = sorted({receipt.dataset for receipt in receipts})
    many = len(receipts) > 1
    deliveries = f"{len(receipts):,} deliveries" if many else receipts[0].file
    of = f"of the dataset{'s' if len(datasets) > 1 else ''} {', '.join(datasets)}"
    what = (
        f"{deliveries} {of} {'are' if many else 'is'} about people or addresses, "
        "and this process has no key to the vault"
    )
    back = "put the key file back where ROUNDTABLE_KEYS says"
    # New keys would not open what was encrypted with the old ones.
    encrypted = any(one.what.startswith(ENCRYPTED) for receipt in receipts for one in receipt.problems)
    first = (
        back[0].upper() + back[1:]
        if encrypted
        else f"Make keys with `roundtable keys init {folder}`, or {back}"
    )
    return problem(RULE, "deliveries", what, f"{first}; then receive again.")

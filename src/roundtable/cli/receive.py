"""`roundtable receive`: take in what partners have sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.data.intake.receipts import Receipt

_COLOURS = {"accepted": "green", "refused": "red"}


def receive(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the receipts as JSON.")] = False,
) -> None:
    """Take in what stands in deliveries/ and print a receipt for each file.

    A delivery is taken whole or not at all, under the agreements in force today; rows that cannot be
    taken are put into quarantine with the reason. What was decided before is not read again. Ends with
    3 when a delivery is refused.

    Example: `roundtable receive north-yorkshire`
    """
    from roundtable.cli.printing import print_json
    from roundtable.data.intake.lacking_keys import told_together
    from roundtable.errors import DeliveryRefused, ExitCode

    receipts = _received(folder)
    problems = told_together(receipts, folder)
    if as_json:
        print_json([receipt.as_json() for receipt in receipts])
        if problems:
            raise typer.Exit(ExitCode.DELIVERY_REFUSED)
        return
    print_receipts(receipts)
    if problems:
        raise DeliveryRefused(problems)


def _received(folder: Path) -> tuple[Receipt, ...]:
    from roundtable.cli.printing import print_progress
    from roundtable.data.intake.receive import receive as take_in
    from roundtable.data.lake import Lake
    from roundtable.governance.clock import trusted_clock
    from roundtable.governance.keys import held_keyring
    from roundtable.ledger.database import open_ledger
    from roundtable.ledger.lock import writer_lock
    from roundtable.partnership.loading import load_partnership

    partnership = load_partnership(folder)
    open_ledger(folder, partnership.charter.id)
    with writer_lock(folder):
        lake = Lake(folder, held_keyring(folder))
        lake.collect_orphans()
        return take_in(partnership, lake, trusted_clock, progress=print_progress)


def print_receipts(receipts: Sequence[Receipt]) -> None:
    """A line for each delivery with its numbers, and below it what else there is to say."""
    if not receipts:
        typer.echo("Nothing stands in deliveries/.")
        return
    typer.echo(f"{'':<12}{'received':>12}{'kept':>12}{'quarantine':>12}  file")
    for receipt in receipts:
        typer.secho(f"{receipt.status:<12}", fg=_COLOURS.get(receipt.status), nl=False)
        typer.echo(f"{_numbers(receipt)}  {receipt.file}")
        for told in receipt.told:
            typer.echo(f"    {told}")
    if len(receipts) > 1:
        typer.echo(_together(receipts))
    if not any(receipt.fresh for receipt in receipts):
        typer.echo("Nothing has changed since these were decided; nothing was written.")


def _numbers(receipt: Receipt) -> str:
    """Its rows in three columns; of a delivery that was never read, nobody knows how many came."""
    if not receipt.read:
        return f"{'not read':>12}{'':>24}"
    numbers = (receipt.rows_received, receipt.rows_kept, receipt.rows_quarantined)
    return "".join(f"{number:>12,}" for number in numbers)


def _together(receipts: Sequence[Receipt]) -> str:
    """All of them in one line: among hundreds, nobody sees that one was refused."""
    became = Counter(str(receipt.status) for receipt in receipts)
    told = ", ".join(f"{number:,} {status}" for status, number in sorted(became.items()))
    standing = [receipt for receipt in receipts if receipt.status == "accepted"]
    kept = sum(receipt.rows_kept for receipt in standing)
    aside = sum(receipt.rows_quarantined for receipt in standing)
    return f"Together {len(receipts):,}: {told}; {kept:,} rows kept and {aside:,} in quarantine."

"""`roundtable quarantine`: the rows that could not be taken, worked by a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from roundtable.data.quarantine.held import HeldRow
    from roundtable.data.quarantine.working import Desk

quarantine = typer.Typer(
    help="""Rows that were received and could not be taken: see them, mend them, release or dismiss them.

    Example: `roundtable quarantine list north-yorkshire`
    """,
    no_args_is_help=True,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
Delivery = Annotated[str, typer.Argument(metavar="DELIVERY", help="The delivery's id, as `list` gives it.")]
Post = Annotated[str, typer.Option(help="The id of the post that does it.")]
Reason = Annotated[str, typer.Option(help="Why, in a sentence. Nothing about a person.")]
Line = Annotated[int, typer.Option(help="The line that the row begins on, as `show` gives it.")]
File = Annotated[str | None, typer.Option(help="The file inside the delivery, where it holds several.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@quarantine.command("list")
def list_(folder: Folder, as_json: AsJson = False) -> None:
    """Say how many rows are in quarantine, of which delivery, by which rule and for how long.

    Example: `roundtable quarantine list north-yorkshire`
    """
    from dataclasses import asdict

    from roundtable.cli.printing import print_json
    from roundtable.data.lake import Lake
    from roundtable.data.quarantine.held import held
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.database import ledger_exists, open_ledger
    from roundtable.partnership.loading import load_partnership

    partnership = load_partnership(folder)
    found = []
    if ledger_exists(folder):
        open_ledger(folder, partnership.charter.id)
        found = list(held(Lake(folder), trusted_clock()))
    if as_json:
        print_json([asdict(one) for one in found])
        return
    if not found:
        typer.echo("Nothing is in quarantine.")
        return
    typer.echo(f"{'rows':>8}{'days':>6}  {'delivery':<18}{'rule':<24}file")
    for one in found:
        typer.echo(f"{one.rows:>8,}{one.days:>6,}  {one.delivery_id:<18}{one.rule:<24}{one.delivery}")


@quarantine.command()
def show(
    folder: Folder,
    delivery: Delivery,
    post: Post,
    reason: Reason,
    most: Annotated[int, typer.Option(min=1, help="How many rows at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show rows with what is wrong with them, and what they say in the columns that agreements name.

    The reading is written into the audit chain with the post and the reason.

    Example: `roundtable quarantine show north-yorkshire 0f343b0931126a20 --post nyc-dpo --reason "..."`
    """
    from dataclasses import asdict

    from roundtable.cli.printing import print_json

    with _desk(folder, post) as desk:
        rows = desk.shown(delivery, reason, most)
    if as_json:
        print_json([asdict(row) for row in rows])
    else:
        _print_rows(rows)


@quarantine.command()
def mend(
    folder: Folder,
    delivery: Delivery,
    line: Line,
    column: Annotated[str, typer.Option(help="The contract's name of the column.")],
    post: Post,
    reason: Reason,
    value: Annotated[
        str,
        typer.Option(prompt="Value", help="What is to be read there; asked for where it is left out."),
    ],
    file: File = None,
) -> None:
    """Give a value to be read in the place of the one that was sent. It takes effect when it is released.

    Leave `--value` out where the value is about a person: it is then asked for, and no history keeps it.

    Example: `roundtable quarantine mend north-yorkshire 0f343b0931126a20 --line 22 --column month
    --post nyp-dpo --reason "The sender confirmed it in writing."`
    """
    with _desk(folder, post) as desk:
        desk.mend(desk.row(delivery, line, file), delivery, column, value, reason)
    release = f"roundtable quarantine release {folder} {delivery} --post POST --reason WHY"
    typer.echo(f"Kept. `{release}` lets it take effect.")


@quarantine.command()
def release(folder: Folder, delivery: Delivery, post: Post, reason: Reason) -> None:
    """Read a delivery again with the values that were mended; rows that fit then leave the quarantine.

    Example: `roundtable quarantine release north-yorkshire 0f343b0931126a20 --post nyp-dpo --reason "..."`
    """
    with _desk(folder, post) as desk:
        number = desk.release(delivery, reason)
        typer.echo(f"{number:,} mended value{'' if number == 1 else 's'} released.")
        _print_receipt(desk, delivery)


@quarantine.command()
def dismiss(
    folder: Folder, delivery: Delivery, line: Line, post: Post, reason: Reason, file: File = None
) -> None:
    """Set a row aside for good. It stays counted as received, and nothing of it is kept.

    Example: `roundtable quarantine dismiss north-yorkshire 0f343b0931126a20 --line 22 --post nyp-dpo
    --reason "A test record, the sender says."`
    """
    with _desk(folder, post) as desk:
        desk.dismiss(desk.row(delivery, line, file), delivery, reason)
        _print_receipt(desk, delivery)


@contextmanager
def _desk(folder: Path, post: str) -> Iterator[Desk]:
    from roundtable.data.lake import Lake
    from roundtable.data.quarantine.working import Desk
    from roundtable.governance.clock import trusted_clock
    from roundtable.governance.keys import held_keyring
    from roundtable.ledger.database import open_ledger
    from roundtable.ledger.lock import writer_lock
    from roundtable.partnership.loading import load_partnership

    partnership = load_partnership(folder)
    open_ledger(folder, partnership.charter.id)
    with writer_lock(folder):
        yield Desk(partnership, Lake(folder, held_keyring(folder)), post, trusted_clock())


def _print_receipt(desk: Desk, delivery: str) -> None:
    """Take everything in, and say what has become of one delivery."""
    from roundtable.cli.printing import print_progress
    from roundtable.cli.receive import print_receipts
    from roundtable.data.intake.receive import receive

    receipts = receive(desk.partnership, desk.lake, lambda: desk.now, progress=print_progress)
    print_receipts([receipt for receipt in receipts if receipt.delivery_id == delivery])


def _print_rows(rows: Sequence[HeldRow]) -> None:
    for row in rows:
        typer.secho(f"{row.file}, line {row.line:,}: {row.reason} [{row.rule}]", bold=True)
        said: Any = row.said if row.said is not None else {}
        for name, value in said.items():
            typer.echo(f"    {name}: {'' if value is None else value}")
        if row.said is None:
            typer.echo("    What it says was not kept: it could not be told apart, or there were no keys.")

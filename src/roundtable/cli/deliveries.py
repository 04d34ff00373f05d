"""`roundtable deliveries`: what partners sent and what became of it, and letting in what waits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

deliveries = typer.Typer(
    help="""What partners sent and what became of it; a delivery that waits for a person is released here.

    Example: `roundtable deliveries list north-yorkshire`
    """,
    no_args_is_help=True,
)


@deliveries.command("list")
def list_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """List every delivery there has been, with its id, its status and its rows.

    Example: `roundtable deliveries list north-yorkshire`
    """
    from roundtable.cli.printing import print_json
    from roundtable.data.intake.receipts import receipt_of
    from roundtable.ledger.database import ledger_exists, open_ledger
    from roundtable.ledger.deliveries import every_delivery
    from roundtable.partnership.loading import load_partnership

    partnership = load_partnership(folder)
    receipts = []
    if ledger_exists(folder):
        open_ledger(folder, partnership.charter.id)
        receipts = [receipt_of(record, record.file) for record in every_delivery()]
    if as_json:
        print_json([receipt.as_json() for receipt in receipts])
        return
    if not receipts:
        typer.echo("Nothing has been received.")
    for one in receipts:
        rows = f"{one.rows_received:>12,} rows" if one.read else f"{'not read':>17}"
        typer.echo(f"{one.delivery_id}  {one.status:<11}{rows}  {one.file}")


@deliveries.command()
def release(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    delivery: Annotated[str, typer.Argument(metavar="DELIVERY", help="The id of the delivery that waits.")],
    post: Annotated[str, typer.Option(help="The id of the post that releases it.")],
    reason: Annotated[str, typer.Option(help="Why so many rows are right. Nothing about a person.")],
) -> None:
    """Let in a delivery that waits because it has ten times the usual rows, and take it in.

    Example: `roundtable deliveries release north-yorkshire 0f343b0931126a20 --post nyp-dpo
    --reason "The force sent a year at once, as agreed in October."`
    """
    from roundtable.cli.printing import print_progress
    from roundtable.cli.receive import print_receipts
    from roundtable.data.intake.receive import receive
    from roundtable.data.intake.releasing import release_delivery
    from roundtable.data.lake import Lake
    from roundtable.governance.clock import trusted_clock
    from roundtable.governance.keys import held_keyring
    from roundtable.ledger.database import open_ledger
    from roundtable.ledger.lock import writer_lock
    from roundtable.partnership.loading import load_partnership

    partnership = load_partnership(folder)
    open_ledger(folder, partnership.charter.id)
    with writer_lock(folder):
        release_delivery(partnership, delivery, post, reason, trusted_clock())
        lake = Lake(folder, held_keyring(folder))
        receipts = receive(partnership, lake, trusted_clock, progress=print_progress)
    print_receipts([receipt for receipt in receipts if receipt.delivery_id == delivery])


@deliveries.command()
def adopt(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    proposal: Annotated[
        str, typer.Argument(metavar="PROPOSAL", help="The file's name in .roundtable/proposals.")
    ],
) -> None:
    """Make the change to a contract that was proposed because a delivery did not fit it. Nothing is received.

    Read the proposal first, ask the sender, and take out of it what is not agreed.

    Example: `roundtable deliveries adopt north-yorkshire police-uk-0f343b0931126a20.yaml`
    """
    from roundtable.data.intake.proposals import adopt as make

    contract, changes = make(folder, proposal)
    typer.echo(f"{contract} was changed:")
    for why in changes:
        typer.echo(f"  {why}")
    typer.echo(f"Raise its 'version', check it with `roundtable check {folder}`, and receive again.")

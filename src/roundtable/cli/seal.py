"""`roundtable seal`: what nobody may link, show or export, and who lets it be seen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

seal = typer.Typer(
    no_args_is_help=True,
    help="""Put addresses and people under seal, release a seal to one post for a while, or lift it.

    Example: `roundtable seal add north-yorkshire --kind protected_address --uprn 999000000002
    --reason "a refuge" --by nyc-caldicott-guardian`
    """,
)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
Number = Annotated[int, typer.Argument(metavar="SEAL", help="The number of the seal.")]
By = Annotated[str, typer.Option("--by", metavar="POST", help="The post that does it; the chain says so.")]
Second = Annotated[str, typer.Option("--second", metavar="POST", help="Another post, which agrees.")]
Why = Annotated[str, typer.Option("--reason", help="Why, in words that name nobody.")]


@seal.command()
def add(
    folder: Folder,
    kind: Annotated[
        str,
        typer.Option(
            help="protected_address, pre_adoption_identity, gender_recognition_history, protected_witness "
            "or own_household."
        ),
    ],
    by: By,
    reason: Why,
    uprn: Annotated[
        list[str] | None, typer.Option(help="The number of a property; give it again for more.")
    ] = None,
    nhs_number: Annotated[list[str] | None, typer.Option(help="A person's; give it again for more.")] = None,
    record: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A record, as `subject find` shows it, known yet or not."),
    ] = None,
    concerns: Annotated[
        str, typer.Option(metavar="POST", help="For own_household: the post whose household it is.")
    ] = "",
) -> None:
    """Put something under seal, before its data come or after. It says the same either way.

    Example: `roundtable seal add north-yorkshire --kind protected_witness --nhs-number 9990000018
    --reason "by order of a court" --by nyc-caldicott-guardian`
    """
    from roundtable.cli.choosing import chosen
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.models import SealKind
    from roundtable.rights.office import open_office
    from roundtable.rights.sealing import Covered, set_seal

    covered = Covered(tuple(uprn or ()), tuple(nhs_number or ()), tuple(record or ()))
    with open_office(folder, trusted_clock, writes=True) as office:
        number = set_seal(office, chosen(SealKind, kind, "--kind"), covered, by, reason, concerns)
    typer.echo(f"Seal {number} is set. The next run leaves out whatever it covers.")


@seal.command("list")
def list_(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """List the seals: what kind, by whom, why, released to whom. Never what they cover, nor how much.

    Example: `roundtable seal list north-yorkshire`
    """
    from dataclasses import asdict

    from roundtable.cli.printing import print_json
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.seals import every_release, every_seal
    from roundtable.rights.office import open_office
    from roundtable.rights.sealing import releases_of

    with open_office(folder, trusted_clock, writes=False) as office:
        seals, releases = every_seal(), every_release()
        open_now = {one.number: releases_of(one.number, releases, office.now) for one in seals}
    if as_json:
        print_json([asdict(one) | {"released": [asdict(r) for r in open_now[one.number]]} for one in seals])
        return
    for one in seals:
        state = "stands" if one.stands else f"lifted by '{one.lifted_by}' and '{one.lifted_second}'"
        typer.echo(f"Seal {one.number}: {one.kind}, set by '{one.set_by}', {state}: {one.reason}")
        for given in open_now[one.number]:
            typer.echo(
                f"    open to '{given.asked_by}' for {given.purpose} until {given.ends:%Y-%m-%d %H:%M}, "
                f"by '{given.released_by}': {given.reason}"
            )
    if not seals:
        typer.echo("There are no seals.")


@seal.command()
def reach(
    folder: Folder,
    number: Number,
    by: Annotated[str, typer.Option("--by", metavar="POST", help="The post that set it, or has it open.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say how many records a seal has reached and by what: a number, an address, or a likeness.

    Only to the post that set it, or that it is released to now; the chain says who asked.

    Example: `roundtable seal reach north-yorkshire 3 --by nyc-caldicott-guardian`
    """
    from roundtable.cli.printing import print_json
    from roundtable.governance.clock import trusted_clock
    from roundtable.rights import sealing
    from roundtable.rights.office import open_office

    with open_office(folder, trusted_clock, writes=True) as office:
        found = sealing.reach_of(office, number, by)
    if as_json:
        print_json(found)
        return
    typer.echo(f"Seal {number} has reached {sum(found.values()):,} records.")
    for said, count in found.items():
        typer.echo(f"  {count:>6,}  by {said}")


@seal.command()
def release(
    folder: Folder,
    number: Number,
    purpose: Annotated[str, typer.Option(help="What for: a purpose of agreements, or rights_of_the_person.")],
    by: Annotated[str, typer.Option("--by", metavar="POST", help="The post that asks, and that will see.")],
    second: Annotated[str, typer.Option("--second", metavar="POST", help="The post that releases.")],
    reason: Why,
    hours: Annotated[float, typer.Option(help="How long, from now on.")] = 1.0,
) -> None:
    """Let one post see under a seal, for one purpose and a while. No run is ever released anything.

    Example: `roundtable seal release north-yorkshire 3 --purpose rights_of_the_person --by nyc-dpo
    --second nyc-caldicott-guardian --reason "the person's own request" --hours 2`
    """
    from roundtable.governance.clock import trusted_clock
    from roundtable.rights import sealing
    from roundtable.rights.office import open_office

    with open_office(folder, trusted_clock, writes=True) as office:
        ends = office.now + timedelta(hours=hours)
        made = sealing.release(office, number, purpose, by, second, reason, ends)
    typer.echo(f"Release {made}: '{by}' may see under seal {number} until {ends:%Y-%m-%d %H:%M} UTC.")


@seal.command()
def lift(folder: Folder, number: Number, by: By, second: Second, reason: Why) -> None:
    """End a seal for good: two posts must agree. What it covered is forgotten.

    Example: `roundtable seal lift north-yorkshire 3 --by nyc-caldicott-guardian --second ynyca-siro
    --reason "no longer at risk"`
    """
    from roundtable.governance.clock import trusted_clock
    from roundtable.rights import sealing
    from roundtable.rights.office import open_office

    with open_office(folder, trusted_clock, writes=True) as office:
        sealing.lift(office, number, by, second, reason)
    typer.echo(f"Seal {number} is lifted. The next run shows what it covered.")

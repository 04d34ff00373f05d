"""`roundtable audit`: read the chain of what was done, prove that it is whole, keep its head elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from roundtable.errors import Problem
    from roundtable.ledger.audit import Event, Verdict

audit = typer.Typer(
    name="audit",
    help="The chain of everything that was read, decided, exported or administered.\n\n"
    "Example: `roundtable audit verify north-yorkshire`",
    no_args_is_help=True,
)
#: What `verify` ends with when the chain or a checkpoint is not whole.
NOT_WHOLE = 1
#: Under which names events say which post it was, and which other agreed.
_POSTS = ("by", "post", "asked_by", "second", "released_by")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@audit.command()
def verify(
    folder: Folder,
    kept: Annotated[
        list[Path] | None,
        typer.Option(
            help="A checkpoint file, or a folder of them, that was kept elsewhere. May be repeated."
        ),
    ] = None,
    public_key: Annotated[
        str | None, typer.Option(help="The key that signed them, where this machine does not hold it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read the whole chain: find an event that was changed, taken out, put in, or cut off the end.

    Ends with 1 when anything is wrong. Without a checkpoint, a tail that was cut off cannot be seen, and it
    says so. Changes nothing.

    Example: `roundtable audit verify north-yorkshire --kept /mnt/partner/checkpoints`
    """
    from roundtable.governance.checkpoints import checkpoints_at, heads, read_checkpoints
    from roundtable.ledger import audit as chain
    from roundtable.ledger.database import ledger_id
    from roundtable.settings import checkpoints_folder

    _opened(folder)
    usual = checkpoints_folder()
    places = kept or ([usual] if usual is not None and usual.is_dir() else [])
    files = [file for place in places for file in checkpoints_at(place)]
    key = (public_key or _public_key(folder)) if files else ""
    found, problems = read_checkpoints(files, ledger_id(), key)
    verdict = chain.verify(heads(found))
    wrong = (*problems, *verdict.problems)
    _print_verdict(verdict, len(found), wrong, as_json=as_json)
    if wrong:
        raise typer.Exit(NOT_WHOLE)


@audit.command()
def checkpoint(
    folder: Folder,
    to: Annotated[Path, typer.Option(help="The folder to write it to: on another machine, if you can.")],
    as_json: AsJson = False,
) -> None:
    """Sign the end of the chain and write it somewhere else.

    Example: `roundtable audit checkpoint north-yorkshire --to /mnt/partner/checkpoints`
    """
    from roundtable.cli.printing import print_json
    from roundtable.governance.checkpoints import KEY_USE, keep_head
    from roundtable.governance.clock import trusted_clock
    from roundtable.governance.keys import needed_keyring
    from roundtable.ledger.database import ledger_id

    _opened(folder)
    keyring = needed_keyring(folder)
    path = keep_head(to, keyring.derive(KEY_USE, keyring.first), ledger_id(), trusted_clock())
    if as_json:
        print_json({"written": path})
    else:
        typer.echo(f"Written: {path}" if path else "Nothing has happened since the last checkpoint.")


@audit.command()
def key(folder: Folder) -> None:
    """Print the public key that checkpoints are verified with: for the minutes, and for each partner.

    Example: `roundtable audit key north-yorkshire`
    """
    _opened(folder)
    typer.echo(_public_key(folder))


@audit.command()
def show(
    folder: Folder,
    act: Annotated[str | None, typer.Option(help="Only this act, or acts beginning so: delivery.")] = None,
    about: Annotated[str | None, typer.Option(help="Only events about this.")] = None,
    after: Annotated[int, typer.Option(help="Only events with a higher number.")] = 0,
    last: Annotated[int | None, typer.Option(help="Only the last so many.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print what was done, in order. That somebody read it is itself an event.

    Example: `roundtable audit show north-yorkshire --act delivery. --last 20`
    """
    from roundtable.cli.printing import print_json
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger import audit as chain

    _opened(folder)
    wanted = [one for one in chain.events(after) if _is_wanted(one, act, about)]
    wanted = wanted if last is None else wanted[-last:]
    chain.append("audit.read", "the audit chain", {"events": len(wanted)}, trusted_clock())
    if as_json:
        print_json([_values(one) for one in wanted])
        return
    for one in wanted:
        run = "" if one.run is None else f"  run {one.run}"
        by = f"  by {' and '.join(posts)}" if (posts := _posts(one)) else ""
        typer.echo(f"{one.sequence:>6}  {one.at:%Y-%m-%d %H:%M:%S}  {one.action:<22} {one.about}{by}{run}")


def _opened(folder: Path) -> None:
    from roundtable.errors import Place, Problem, StoreUnusable
    from roundtable.ledger.database import ledger_exists, open_ledger

    if not ledger_exists(folder):
        what, remedy = "there is no ledger here yet", "start with `roundtable run` or `roundtable receive`"
        raise StoreUnusable(Problem(Place(str(folder)), "ledger-missing", what, remedy))
    open_ledger(folder)


def _public_key(folder: Path) -> str:
    from roundtable.governance.checkpoints import KEY_USE, public_key
    from roundtable.governance.keys import needed_keyring

    keyring = needed_keyring(folder)
    return public_key(keyring.derive(KEY_USE, keyring.first))


def _is_wanted(event: Event, act: str | None, about: str | None) -> bool:
    return (act is None or event.action.startswith(act)) and (about is None or event.about == about)


def _posts(event: Event) -> list[str]:
    """The posts that did it, as its detail names them; none for what the system does."""
    named = (event.detail.get(key) for key in _POSTS)
    return list(dict.fromkeys(str(post) for post in named if post))


def _values(event: Event) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "at": event.at,
        "act": event.action,
        "about": event.about,
        "by": _posts(event),
        "detail": event.detail,
        "run": event.run,
        "attempt": event.attempt,
        "hash": event.hash,
    }


def _print_verdict(
    verdict: Verdict, checkpoints: int, problems: tuple[Problem, ...], *, as_json: bool
) -> None:
    from roundtable.cli.printing import print_json, problem_values

    if as_json:
        head = {"sequence": verdict.head.sequence, "hash": verdict.head.hash}
        wrong = [problem_values(one) for one in problems]
        print_json({"events": verdict.events, "head": head, "checkpoints": checkpoints, "problems": wrong})
        return
    typer.echo(f"{verdict.events:,} events; the last is {verdict.head.sequence}, hash {verdict.head.hash}.")
    for one in problems:
        typer.secho(f"{one.place}: {one.what}", fg="red")
        typer.echo(f"    {one.remedy}")
    if checkpoints == 0:
        typer.echo(
            "No checkpoint that was kept elsewhere could be compared: events cut off the end, or a chain "
            "written anew, would not be seen. `roundtable audit checkpoint` makes one."
        )
    elif not problems:
        typer.echo(f"The chain is whole, and holds every one of {checkpoints} checkpoints kept elsewhere.")

"""`roundtable keys`: the keys of the identity vault, which stand outside the partnership folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.governance.keys import Keyring

keys = typer.Typer(
    name="keys",
    help="The keys of the identity vault: make them, look at them, add a new version.\n\n"
    "Example: `roundtable keys init north-yorkshire`",
    no_args_is_help=True,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
_LOST = (
    "Keep a copy where nobody who can read the partnership folder can read it. Without it, nobody will ever "
    "read the vault again: there is no other way in."
)


@keys.command()
def init(folder: Folder) -> None:
    """Make the keys of a partnership's identity vault, once.

    They are written outside the partnership folder, where ROUNDTABLE_KEYS says; only their owner may read
    them.

    Example: `roundtable keys init north-yorkshire`
    """
    from roundtable.governance.clock import trusted_clock
    from roundtable.governance.keys import key_file, make_keys
    from roundtable.ledger import audit
    from roundtable.ledger.lock import writer_lock

    _opened(folder)
    now = trusted_clock()
    with writer_lock(folder):
        made = make_keys(folder, now.date())
        audit.append("keys.made", "version 1", {"version": 1, "fingerprint": made.fingerprint(1)}, now)
    typer.echo(f"{key_file(made.owner)}: written.")
    typer.echo(_LOST)


@keys.command()
def show(folder: Folder, as_json: AsJson = False) -> None:
    """Say which versions of the keys there are and how many files each has sealed. Shows no key.

    Example: `roundtable keys show north-yorkshire`
    """
    from roundtable.cli.printing import print_json
    from roundtable.data.lake import Lake
    from roundtable.data.vault.rotating import versions_of
    from roundtable.governance.keys import key_file, needed_keyring

    _opened(folder)
    held = needed_keyring(folder)
    told = _told(held, versions_of(Lake(folder, held)))
    if as_json:
        print_json({"file": str(key_file(held.owner)), "versions": told})
        return
    typer.echo(str(key_file(held.owner)))
    typer.echo(f"{'version':>7}  {'made':<10}  {'fingerprint':<16}  files")
    for one in told:
        typer.echo(f"{one['version']:>7}  {one['made']}  {one['fingerprint']}  {one['files']}")


@keys.command()
def rotate(
    folder: Folder,
    erase_old: Annotated[
        bool,
        typer.Option("--erase-old", help="Destroy what earlier snapshots hold under older versions too."),
    ] = False,
) -> None:
    """Add a version of the keys and encrypt every file of the vault, and every raw delivery, with it.

    Ids of records and addresses stay as they are; pseudonyms made from now on are new ones. Earlier
    snapshots keep their files under the old version, unless --erase-old destroys them.

    Example: `roundtable keys rotate north-yorkshire`
    """
    from roundtable.data.lake import Lake
    from roundtable.data.vault.rotating import rotate as rotated
    from roundtable.governance.clock import trusted_clock
    from roundtable.governance.keys import needed_keyring
    from roundtable.ledger.lock import writer_lock

    _opened(folder)
    held = needed_keyring(folder)
    with writer_lock(folder):
        Lake(folder, held).collect_orphans()
        done = rotated(folder, held, trusted_clock(), erase_old=erase_old)
    begun = (
        f"Version {done.keyring.newest} was added" if done.added else "An unfinished rotation was finished"
    )
    typer.echo(f"{begun}; {done.files:,} files were sealed with it and {done.erased:,} old ones destroyed.")
    typer.echo(f"{done.raw:,} deliveries that stand encrypted were sealed with it too.")
    if done.added:
        typer.echo(_LOST)


def _opened(folder: Path) -> None:
    from roundtable.ledger.database import open_ledger
    from roundtable.partnership.loading import load_partnership

    open_ledger(folder, load_partnership(folder).charter.id)


def _told(held: Keyring, files: dict[int, int]) -> list[dict[str, object]]:
    return [
        {
            "version": one.number,
            "made": one.made.isoformat(),
            "fingerprint": held.fingerprint(one.number),
            "files": files.get(one.number, 0),
        }
        for one in held.versions
    ]

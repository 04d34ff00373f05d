"""`roundtable`: the command line. It holds no rule of the domain; it asks the wings and prints."""

from __future__ import annotations

import gc
import sys

import typer

from roundtable import __version__
from roundtable.cli.audit import audit
from roundtable.cli.brief import brief
from roundtable.cli.check import check
from roundtable.cli.county import county
from roundtable.cli.deliveries import deliveries
from roundtable.cli.demo import demo
from roundtable.cli.diff import diff
from roundtable.cli.disagreement import disagreement
from roundtable.cli.drafts import draft
from roundtable.cli.erase import copies, erase, retention
from roundtable.cli.exchange import export, import_
from roundtable.cli.findings import findings
from roundtable.cli.flags import flags
from roundtable.cli.init import init
from roundtable.cli.keys import keys
from roundtable.cli.levers import levers
from roundtable.cli.links import links
from roundtable.cli.lookup import lookup
from roundtable.cli.map import map
from roundtable.cli.pack import pack
from roundtable.cli.policy import policy
from roundtable.cli.printing import print_error
from roundtable.cli.quarantine import quarantine
from roundtable.cli.receive import receive
from roundtable.cli.registers import registers
from roundtable.cli.review import review
from roundtable.cli.run import run
from roundtable.cli.schema import schema
from roundtable.cli.seal import seal
from roundtable.cli.status import status
from roundtable.cli.subject import subject
from roundtable.errors import UserError

app = typer.Typer(
    name="roundtable",
    help="Turn what partner agencies agree around a table into a running, governed system.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"roundtable {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Turn what partner agencies agree around a table into a running, governed system."""


for command in (init, check, findings, levers, brief, pack, diff, schema, receive, run, status, demo):
    app.command()(command)

app.add_typer(map, name="map")
app.add_typer(audit, name="audit")
app.add_typer(keys, name="keys")
app.add_typer(registers, name="registers")
app.add_typer(deliveries, name="deliveries")
app.add_typer(quarantine, name="quarantine")
app.command()(export)
app.command("import")(import_)
app.command()(draft)
app.command()(disagreement)
app.command()(county)
app.command()(policy)
app.command()(flags)
app.command()(lookup)
app.add_typer(subject, name="subject")
app.add_typer(seal, name="seal")
app.command()(erase)
app.command()(retention)
app.command()(copies)
app.add_typer(links, name="links")
app.add_typer(review, name="review")


def main() -> None:
    """Entry point: a user's mistake ends in its message and its exit code, a bug in a traceback."""
    try:
        app()
    except UserError as error:
        print_error(error)
        sys.exit(error.exit_code)
    finally:
        # The process ends here: to look through all that it has made for garbage would be in vain.
        gc.freeze()

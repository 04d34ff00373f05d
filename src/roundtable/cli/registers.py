"""`roundtable registers`: every register as a workbook or CSV files, and the edits made there back again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roundtable.cli.exchange import print_plan
from roundtable.cli.first_word import UNNAMED, FolderFirst

if TYPE_CHECKING:
    from roundtable.partnership.exchange.registers.grid import Registers

registers = typer.Typer(
    cls=FolderFirst,
    no_args_is_help=True,
    help="""Edit every register in a spreadsheet: `registers DIR --to FILE`, then `registers import FILE`.

    Example: `roundtable registers north-yorkshire --to registers.xlsx`
    """,
)


@registers.command(UNNAMED)
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    to: Annotated[
        Path, typer.Option(help="A workbook (registers.xlsx), or a folder for one CSV file a register.")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over files that stand there already.")
    ] = False,
) -> None:
    """Write every register to a workbook or to a folder of CSV files. The word `export` may be left out.

    Example: `roundtable registers export north-yorkshire --to registers.xlsx`
    """
    from roundtable.partnership.exchange.registers.csv_folder import csv_files, write_csv_folder
    from roundtable.partnership.exchange.registers.rows import registers_of
    from roundtable.partnership.exchange.registers.workbook import write_workbook
    from roundtable.partnership.exchange.writing import refuse_unfit

    workbook = to.suffix.lower() == ".xlsx"
    if not workbook:
        _refuse_other_endings(to)
    refuse_unfit(to, folder, files=None if workbook else csv_files(to), replace=replace)
    found = registers_of(folder)
    if workbook:
        write_workbook(found, to)
    else:
        write_csv_folder(found, to)
    rows = sum(len(grid.rows) for grid in found.grids.values())
    typer.echo(f"{to}: {len(found.grids)} registers, {rows:,} rows. 'Read me' says how to edit them.")


@registers.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook, or the folder of CSV files.")],
    into: Annotated[Path, typer.Option(help="The partnership folder; an empty one becomes a partnership.")],
    write: Annotated[bool, typer.Option("--write", help="Write the changes and not only show them.")] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take out what has no row any more; else it is told and stays.")
    ] = False,
    anyway: Annotated[
        bool,
        typer.Option("--anyway", help="Change files that have changed since the registers were written."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
) -> None:
    """Show what the edited registers would change in the folder; with --write, change it.

    Comments and the order of the files stay. Nothing is written unless the folder would still load.

    Example: `roundtable registers import registers.xlsx --into north-yorkshire --write`
    """
    from roundtable.cli.printing import print_json
    from roundtable.partnership.exchange.registers.importing import plan_import

    plan = plan_import(_read(file), into, remove=remove, anyway=anyway)
    if write:
        plan.write()
    if as_json:
        print_json(
            {
                "written": write,
                "changes": [vars(one) for one in plan.changes],
                "kept": plan.kept,
                "told": plan.told,
            }
        )
    else:
        print_plan(plan, written=write)


def _read(file: Path) -> Registers:
    from roundtable.partnership.exchange.faults import unusable
    from roundtable.partnership.exchange.registers.csv_folder import read_csv_folder
    from roundtable.partnership.exchange.registers.workbook import read_workbook

    if not file.exists():
        raise unusable(str(file), "no-such-file", "there is no such file", "Check its name.")
    return read_csv_folder(file) if file.is_dir() else read_workbook(file)


def _refuse_other_endings(to: Path) -> None:
    from roundtable.errors import Place, Problem, SettingUnusable
    from roundtable.partnership.exchange.writing import refuse_ending_alone

    refuse_ending_alone(to)
    if to.suffix and not to.is_dir():
        what = f"registers cannot be written as '{to.suffix}'"
        remedy = "Give a workbook (registers.xlsx), or the name of a folder for CSV files."
        raise SettingUnusable(Problem(Place("--to"), "unknown-format", what, remedy))

"""`roundtable export` and `import`: the folder in the formats of published standards, and back."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.partnership.exchange.exported import Exported
    from roundtable.partnership.exchange.plan import Plan
    from roundtable.partnership.model.whole import Partnership


class Standard(StrEnum):
    """What an export is written as."""

    ODCS = "odcs"
    OPEN_REFERRAL = "open-referral"
    DCAT = "dcat"
    DEA_REGISTER = "dea-register"


#: How the names of the files end that each standard is written to.
_ENDINGS = {
    Standard.OPEN_REFERRAL: (".json",),
    Standard.DCAT: (".jsonld", ".json"),
    Standard.DEA_REGISTER: (".json", ".csv"),
}


class Readable(StrEnum):
    """What an import is read as."""

    ODCS = "odcs"
    OPEN_REFERRAL = "open-referral"


class RowsAbout(StrEnum):
    """Whom the rows of a dataset are about; the words of a contract's own terms."""

    NONE = "none"
    AREAS = "areas"
    PROPERTIES = "properties"
    PEOPLE = "people"


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    standard: Annotated[Standard, typer.Option("--as", help="The standard to write it in.")],
    to: Annotated[
        Path,
        typer.Option(
            help="The file to write: .jsonld (dcat), .json (open-referral), .json or .csv (dea-register); "
            "for odcs the folder, one contract a file."
        ),
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over files that stand there already.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was written and what is missing as JSON.")
    ] = False,
) -> None:
    """Write the folder's datasets, services or agreements as a published standard has them.

    Whatever the standard asks for and the folder does not say stays blank and is listed.

    Example: `roundtable export north-yorkshire --as odcs --to contracts`
    """
    from roundtable.cli.printing import print_json
    from roundtable.partnership.exchange.exported import told_missing
    from roundtable.partnership.exchange.writing import ending_of, refuse_unfit, write_files
    from roundtable.partnership.loading import load_partnership
    from roundtable.partnership.wording import counted

    if standard is not Standard.ODCS:
        ending_of(to, _ENDINGS[standard], f"an export as {standard}")
    found = _exported(load_partnership(folder), standard, to.name)
    target = to if standard is Standard.ODCS else to.parent
    refuse_unfit(to, folder, files=[target / name for name in found.files], replace=replace)
    write_files(target, dict(found.files))
    if as_json:
        missing = [vars(one) for one in found.missing]
        print_json({"files": sorted(found.files), "missing": missing, "told": found.told})
        return
    for line in found.told:
        typer.echo(line)
    for line in told_missing(found.missing):
        typer.echo(f"missing: {line}")
    files, things = counted(len(found.files), "file"), counted(len(found.missing), "thing")
    typer.echo(f"{to}: {files} written, {things} missing.")


def _exported(partnership: Partnership, standard: Standard, name: str) -> Exported:
    from roundtable.partnership.exchange.dcat import export_dcat
    from roundtable.partnership.exchange.dea_register import export_dea_register
    from roundtable.partnership.exchange.odcs import export_odcs
    from roundtable.partnership.exchange.open_referral import export_open_referral

    if standard is Standard.ODCS:
        return export_odcs(partnership)
    if standard is Standard.OPEN_REFERRAL:
        return export_open_referral(partnership, name)
    return (
        export_dcat(partnership, name)
        if standard is Standard.DCAT
        else export_dea_register(partnership, name)
    )


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A contract (YAML or JSON), or a feed (JSON).")
    ],
    standard: Annotated[Readable, typer.Option("--as", help="The standard that the file is written in.")],
    into: Annotated[Path, typer.Option(help="The partnership folder.")],
    created_by: Annotated[
        str | None,
        typer.Option(help="odcs: the agency that creates the dataset, when the contract does not say."),
    ] = None,
    subjects: Annotated[
        RowsAbout | None, typer.Option(help="odcs: whom the rows are about, when the contract does not say.")
    ] = None,
    provider: Annotated[
        str | None,
        typer.Option(help="open-referral: the agency behind organisations that are no agency here."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the changes and not only show them.")] = False,
) -> None:
    """Show what a file of another tool would add to the folder; with --write, add it.

    Nothing is written unless the folder would still load.

    Example: `roundtable import contract.yaml --as odcs --into north-yorkshire --subjects people`
    """
    from roundtable.partnership.exchange.odcs_import import Completion, plan_odcs
    from roundtable.partnership.exchange.open_referral_import import plan_open_referral
    from roundtable.partnership.model.contract_terms import Subjects

    if standard is Readable.ODCS:
        about = Subjects(subjects.value) if subjects else None
        plan = plan_odcs(file, into, Completion(created_by, about))
    else:
        plan = plan_open_referral(file, into, provider)
    if write:
        plan.write()
    print_plan(plan, written=write)


def print_plan(plan: Plan, *, written: bool) -> None:
    """What would change, what stays, what was left out, and whether anything was written."""
    for change in plan.changes:
        typer.echo(str(change))
    for kept in plan.kept:
        typer.echo(f"keep    {kept} (it has no row; --remove takes it out)")
    for line in plan.told:
        typer.echo(line)
    if not plan.changes and plan.kept:
        typer.echo(f"Nothing else differs. What has no row stays in {plan.folder}: nothing to write.")
    elif not plan.changes:
        typer.echo(f"{plan.folder} says all of this already. Nothing to write.")
    elif written:
        typer.echo(f"{len(plan.contents)} files of {plan.folder} written.")
    else:
        typer.echo(f"{len(plan.contents)} files of {plan.folder} would change. Add --write to write them.")

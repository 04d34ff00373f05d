"""`roundtable pack`: the pages that each has before a meeting."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.partnership.study import Study


class PaperFor(StrEnum):
    """The papers already owed, by whom they are for."""

    COMMUNITY_SAFETY = "community-safety"
    SERIOUS_VIOLENCE = "serious-violence"
    COMMISSIONER = "commissioner"


def pack(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to write the pages.")],
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="ID", help="Write the page of this agency alone.")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="ID", help="Write the page of this scenario alone.")
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since", metavar="OLD", help="The folder as it was at the last round table, for what changed."
        ),
    ] = None,
    paper: Annotated[
        PaperFor | None,
        typer.Option("--for", help="Write the first draft of a paper already owed, in place of the pages."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over pages that stand there already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the names of the files as JSON.")] = False,
) -> None:
    """Write an overview and a page for each agency and each scenario: HTML that reads and prints anywhere.

    With --for, the first draft of a paper that the law or a board already asks for, with its gaps listed.

    Example: `roundtable pack north-yorkshire --to packs`

    Example: `roundtable pack north-yorkshire --to papers --for serious-violence`
    """
    from roundtable.cli.measured import measured_so_far
    from roundtable.cli.printing import print_json
    from roundtable.partnership.changes.two_folders import load_both
    from roundtable.partnership.exchange.writing import refuse_unfit
    from roundtable.partnership.loading import load_partnership
    from roundtable.partnership.packs import Wanted, page_names, write_packs
    from roundtable.partnership.study import Study

    before, partnership = load_both(since, folder) if since else (None, load_partnership(folder))
    study = Study(partnership, measured_so_far(folder))
    if paper is not None:
        written = _write_papers(study, to, paper, replace=replace)
    else:
        wanted = Wanted(agency, scenario)
        names = page_names(partnership, wanted)
        refuse_unfit(to, partnership.folder, files=[to / name for name in names], replace=replace)
        written = write_packs(study, to, wanted=wanted, since=before)
    if as_json:
        print_json([str(path) for path in written])
        return
    typer.echo(f"{len(written)} {'page' if len(written) == 1 else 'pages'} written to {to}.")
    typer.echo(f"Begin with {written[0]}.")


def _write_papers(study: Study, to: Path, paper: PaperFor, *, replace: bool) -> tuple[Path, ...]:
    from roundtable.errors import Place, Problem, SettingUnusable
    from roundtable.partnership.exchange.writing import refuse_unfit, write_files
    from roundtable.partnership.papers.owed import Owed, papers_for
    from roundtable.partnership.papers.page import render

    if to.suffix in (".html", ".htm") and not to.is_dir():
        what = "the papers are written to a folder, and this is the name of a page"
        raise SettingUnusable(
            Problem(
                Place(str(to)), "not-a-folder", what, f"Name a folder, such as --to {to.with_suffix('')}."
            )
        )
    papers = papers_for(study, Owed(paper.value))
    if not papers:
        typer.echo(
            "No commissioning body has recorded a decision in meetings/, so there is no notice to draft."
        )
        raise typer.Exit
    charter = study.partnership.charter
    files = [to / f"{one.name}.html" for one in papers]
    refuse_unfit(to, study.partnership.folder, files=files, replace=replace)
    return write_files(to, {f"{one.name}.html": render(one, charter).encode() for one in papers})

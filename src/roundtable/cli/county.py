"""`roundtable county`: a county that does not exist, as its agencies would send it, and its truth."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from roundtable.county.making import Made, Wanted
    from roundtable.county.standing_folders import Folders
    from roundtable.partnership.model.whole import Partnership


def county(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A partnership folder, or a new one to be laid out.")
    ],
    people: Annotated[int, typer.Option(min=1, help="How many people live in it today.")],
    seed: Annotated[int, typer.Option(min=0, help="Another one makes another county of the same kind.")] = 1,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The county's day; the folder's 'as_of' if left out."),
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="How many work at once; one for each core if left out.")
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(help="Where the truth goes; DIR-truth, beside it, if left out.")
    ] = None,
    nights: Annotated[int, typer.Option(min=0, help="How many nightly files there are at most.")] = 10,
    hold_back: Annotated[
        int, typer.Option(min=0, help="How many of each table's newest files go to DIR-later instead.")
    ] = 0,
    open_data: Annotated[
        bool, typer.Option(help="Make boundaries, population, deprivation and street-level crime too.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Make a synthetic county: what each agency would send of it, and apart from that the truth.

    Nobody in it exists. DIR is laid out from the example where it is new or empty; where it is a
    partnership folder, its agencies send by its own contracts. The same people, seed and day make the same
    files to the byte, however many processes work. An earlier county in DIR is replaced; anything else
    that was delivered there is left alone, and the command refuses.

    Example: `roundtable county our-county --people 30000`
    """
    from roundtable.cli.county_comparison import page_of
    from roundtable.cli.printing import print_json, print_progress
    from roundtable.county.making import make_county
    from roundtable.county.standing_folders import folders_of, refuse_others

    folders = folders_of(folder, truth)
    refuse_others(folders)
    partnership = _partnership(folder)
    day = today.date() if today else partnership.charter.as_of
    wanted = _wanted(partnership, people, seed, day, nights, hold_back, open_data, processes)
    made = make_county(wanted, folders, print_progress)
    page = page_of(wanted.plan, made.comparison, wanted.weights)
    (folders.truth / "comparison.html").write_text(page, encoding="utf-8")
    if as_json:
        print_json(_values(wanted, folders, made))
        return
    _print(folders, made)


def _partnership(folder: Path) -> Partnership:
    """The partnership whose contracts are sent by; laid out from the example where nothing stands."""
    import shutil

    from roundtable.demonstration import example_folder
    from roundtable.partnership.loading import load_partnership

    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        shutil.copytree(example_folder(), folder, dirs_exist_ok=True)
    return load_partnership(folder)


def _wanted(
    partnership: Partnership,
    people: int,
    seed: int,
    today: date,
    nights: int,
    hold_back: int,
    open_data: bool,
    processes: int | None,
) -> Wanted:
    import os

    from roundtable.county.comparison.weights import weights_of
    from roundtable.county.making import Wanted
    from roundtable.county.plan import MOST_SHARDS, SHARD_PEOPLE, CountyPlan
    from roundtable.errors import Place, Problem, SettingUnusable

    if people > MOST_SHARDS * SHARD_PEOPLE:
        what = f"a county has at most {MOST_SHARDS * SHARD_PEOPLE:,} people, and {people:,} were asked for"
        raise SettingUnusable(Problem(Place("--people"), "county-people", what, "Ask for fewer."))
    plan = CountyPlan(people, seed, today)
    workers = processes if processes is not None else os.cpu_count() or 1
    weights = weights_of(partnership.harm_weights)
    return Wanted(plan, tuple(partnership.datasets), nights, hold_back, open_data, workers, weights)


def _values(wanted: Wanted, folders: Folders, made: Made) -> dict[str, Any]:
    from roundtable.cli.county_comparison import values_of

    return {
        "people": wanted.plan.people,
        "seed": wanted.plan.seed,
        "today": wanted.plan.today,
        "deliveries": folders.partnership / "deliveries",
        "later": folders.later if wanted.hold_back else None,
        "truth": folders.truth,
        "rows": made.rows,
        "files": [
            {"dataset": file.dataset, "table": file.table, "name": file.name, "rows": file.rows}
            for file in made.files
        ],
        "truth_rows": made.truth,
        "comparison": values_of(made.comparison),
    }


def _print(folders: Folders, made: Made) -> None:
    tables: dict[tuple[str, str], list[int]] = {}
    for file in made.files:
        tables.setdefault((file.dataset, file.table), []).append(file.rows)
    typer.echo(f"{'rows':>12}{'files':>7}  table")
    for (dataset, table), rows in tables.items():
        typer.echo(f"{sum(rows):>12,}{len(rows):>7}  {dataset} · {table}")
    typer.echo(f"{made.rows:>12,}{len(made.files):>7}  together, in {folders.partnership / 'deliveries'}")
    typer.echo(f"The truth is in {folders.truth}; no step of a run may read it.")
    typer.echo(f"Published figures beside the county's own: {folders.truth / 'comparison.html'}")
    here = folders.partnership
    typer.echo(f"Next: `roundtable keys init {here}`, once, and then `roundtable run {here}`.")

"""`roundtable links`: what linking did to people, how far it can be trusted, and how a move is undone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

links = typer.Typer(
    no_args_is_help=True,
    help="""Say what linking did to people, how far it can be trusted, and undo what it did wrong.

    Example: `roundtable links about our-place --purpose safeguarding_children --post council-dpo`
    """,
)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
ForPurpose = Annotated[
    str, typer.Option("--purpose", metavar="PURPOSE", help="The purpose that records are linked for.")
]
Post = Annotated[str, typer.Option(metavar="POST", help="The id of the post that asks.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@links.command()
def about(folder: Folder, purpose: ForPurpose, post: Post, as_json: AsJson = False) -> None:
    """Say when records were linked, what is expected to be right, and what has to be known of it.

    Example: `roundtable links about our-place --purpose safeguarding_children --post council-dpo`
    """
    from roundtable.cli.choosing import chosen
    from roundtable.cli.links_told import about_values, print_about
    from roundtable.cli.printing import print_json
    from roundtable.data.engine import EngineName
    from roundtable.governance.clock import trusted_clock
    from roundtable.partnership.model.purpose import Purpose
    from roundtable.reviewing.about_links import about_links
    from roundtable.reviewing.desk import open_desk
    from roundtable.settings import engine_setting

    meant, engine = chosen(Purpose, purpose, "--purpose"), EngineName(engine_setting(None))
    with open_desk(folder, meant, trusted_clock, engine, writes=False) as desk:
        told = about_links(desk, post)
    if as_json:
        print_json({"purpose": meant.value, **about_values(told)})
        return
    print_about(told, meant.value, folder)


@links.command()
def moves(
    folder: Folder,
    purpose: ForPurpose,
    post: Post,
    run: Annotated[int | None, typer.Option(metavar="N", help="Only what this run did.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="Only merge, split, move, new or gone; without it the first three, which can be undone.",
        ),
    ] = None,
    number: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Say what runs did to people, newest first: who were joined, parted, won records, are new or gone.

    People are told by the ids of the purpose, and nothing of any record is shown. A move is listed where the
    agreements give the post every record of both people; the others are counted.

    Example: `roundtable links moves our-place --purpose crisis_care --post council-dpo --kind merge`
    """
    from roundtable.cli.choosing import chosen
    from roundtable.cli.links_told import moves_values, print_moves
    from roundtable.cli.printing import print_json
    from roundtable.data.engine import EngineName
    from roundtable.governance.clock import trusted_clock
    from roundtable.linkage.people.link_tables import Kind
    from roundtable.partnership.model.purpose import Purpose
    from roundtable.reviewing.desk import open_desk
    from roundtable.reviewing.moves import moves_told
    from roundtable.settings import engine_setting

    wanted = None if kind is None else chosen(Kind, kind, "--kind")
    meant, engine = chosen(Purpose, purpose, "--purpose"), EngineName(engine_setting(None))
    with open_desk(folder, meant, trusted_clock, engine, writes=False) as desk:
        told = moves_told(desk, post, wanted, run, number)
    if as_json:
        print_json({"purpose": meant.value, **moves_values(told)})
        return
    print_moves(told, post)


@links.command()
def undo(
    folder: Folder,
    run: Annotated[int, typer.Argument(metavar="RUN", help="The run of the move.")],
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The move's number in it.")],
    purpose: ForPurpose,
    post: Post,
    why: Annotated[str, typer.Option(help="Why, in words that name nobody.")],
) -> None:
    """Undo a merge, a split or a move: the next run brings the people of before back, and keeps them.

    What is written down is which records belong together and which do not, with who said so and why. It can
    be taken back only by undoing what the next run makes of it.

    Example: `roundtable links undo our-place 7 2 --purpose safeguarding_children --post council-dpo
    --why "Two sisters."`
    """
    from roundtable.cli.choosing import chosen
    from roundtable.cli.links_told import print_undone
    from roundtable.data.engine import EngineName
    from roundtable.governance.clock import trusted_clock
    from roundtable.partnership.model.purpose import Purpose
    from roundtable.reviewing.desk import open_desk
    from roundtable.reviewing.undoing import take_back_move
    from roundtable.settings import engine_setting

    meant, engine = chosen(Purpose, purpose, "--purpose"), EngineName(engine_setting(None))
    with open_desk(folder, meant, trusted_clock, engine, writes=True) as desk:
        made = take_back_move(desk, post, run, number, why)
    print_undone(made, post, folder)

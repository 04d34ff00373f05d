"""`roundtable review`: whether records are of one person, asked of people, and how good the linking is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from roundtable.linkage.review.estimate import Estimate, Estimates
    from roundtable.linkage.review.reviewed import Reviewed

review = typer.Typer(
    no_args_is_help=True,
    help="""Ask people whether records are of one person: questions out, answers in, and what they tell.

    Example: `roundtable review status our-place --purpose safeguarding_children`
    """,
)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
ForPurpose = Annotated[
    str, typer.Option("--purpose", metavar="PURPOSE", help="The purpose that records are linked for.")
]
Post = Annotated[str, typer.Option(help="The id of the post that reviews.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@review.command("out")
def out(
    folder: Folder,
    purpose: ForPurpose,
    post: Post,
    to: Annotated[Path, typer.Option(metavar="FILE.csv", help="The new file, outside the folder.")],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="'worth' for the pairs worth most, 'sample' to judge by.")
    ] = "worth",
    number: Annotated[int, typer.Option(min=1, max=5_000, help="How many questions at most.")] = 100,
) -> None:
    """Write questions for a post: two records side by side, each pair to be called same or different.

    The file holds what the agreements let this post be given, and nothing of what the model or another post
    thinks. It is noted as a copy. See docs/review.md.

    Example: `roundtable review out our-place --purpose safeguarding_children --post council-dpo
    --kind worth --number 100 --to ~/questions.csv`
    """
    from roundtable.cli.choosing import chosen
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.models import ReviewKind
    from roundtable.partnership.model.purpose import Purpose
    from roundtable.reviewing.desk import open_desk
    from roundtable.reviewing.giving import give_questions

    wanted = chosen(ReviewKind, kind, "--kind")
    meant = chosen(Purpose, purpose, "--purpose")
    with open_desk(folder, meant, trusted_clock, writes=True) as desk:
        given = give_questions(desk, post, wanted, number, to.expanduser())
    typer.echo(f"{to}: {given.questions:,} questions for '{post}'. It is noted as copy {given.copy}.")
    typer.echo("Write same, different or unsure under 'answer', and ask nobody who answers them too.")
    typer.echo(f"Then: `roundtable review in {folder} {to} --post {post}`. Delete the file afterwards.")


@review.command("in")
def in_(
    folder: Folder,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The file with the answers.")],
    post: Post,
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="Leave rows without an answer for another time.")
    ] = False,
) -> None:
    """Take answers in: all of a file, or nothing of it where anything in it is wrong.

    Example: `roundtable review in our-place ~/questions.csv --post council-dpo`
    """
    from roundtable.governance.clock import trusted_clock
    from roundtable.reviewing.desk import opened
    from roundtable.reviewing.taking import take_answers

    with opened(folder, writes=True) as partnership:
        path, now = file.expanduser(), trusted_clock()
        found = take_answers(partnership, path, post, now, unfinished=unfinished)
    typer.echo(f"{len(found.new):,} answers taken in.")
    if found.known:
        typer.echo(f"{found.known:,} were known already.")
    if found.unanswered:
        typer.echo(f"{found.unanswered:,} rows have no answer yet.")
    else:
        typer.echo(f"Delete {file}, and say so: `roundtable copies {folder}` has its number.")


@review.command()
def withdraw(
    folder: Folder,
    post: Post,
    question: Annotated[
        list[str], typer.Option(metavar="Q3-17", help="The question; give it again for more.")
    ],
    why: Annotated[str, typer.Option(help="Why, in words that name nobody.")],
) -> None:
    """Take back answers of a post. They stay, as withdrawn, and no longer count.

    Example: `roundtable review withdraw our-place --post council-dpo --question Q3-17 --why "A slip."`
    """
    from roundtable.governance.clock import trusted_clock
    from roundtable.reviewing.desk import opened
    from roundtable.reviewing.taking import take_back

    with opened(folder, writes=True) as partnership:
        gone = take_back(partnership, post, question, why, trusted_clock())
    typer.echo(f"{gone:,} answer{'' if gone == 1 else 's'} withdrawn.")


@review.command()
def status(folder: Folder, purpose: ForPurpose, as_json: AsJson = False) -> None:
    """Say how far each batch of questions has got. What was answered is not told: others may still answer.

    Example: `roundtable review status our-place --purpose safeguarding_children`
    """
    from roundtable.cli.printing import print_json
    from roundtable.linkage.review.settling import State

    found = _reviewed(folder, purpose)
    rows: list[dict[str, Any]] = [
        {
            "batch": one.number,
            "kind": one.kind.value,
            "made": one.made_at.date(),
            **{state.value: found.states(one.number).get(state, 0) for state in State},
        }
        for one in found.batches
    ]
    if as_json:
        print_json(rows)
        return
    if not rows:
        typer.echo("Nothing has been asked yet.")
    for row in rows:
        told = ", ".join(f"{row[state.value]:,} {state.value}" for state in State if row[state.value])
        typer.echo(f"batch {row['batch']} ({row['kind']}, {row['made']}): {told or 'nothing left of it'}")


@review.command()
def estimate(
    folder: Folder,
    purpose: ForPurpose,
    batch: Annotated[
        int | None, typer.Option(metavar="N", help="This sample; without it, the newest.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say how good the linking was, from a reviewed sample: precision, recall and what was missed.

    Each figure has a 95 % interval, or a sentence that says what is missing.

    Example: `roundtable review estimate our-place --purpose safeguarding_children`
    """
    from roundtable.cli.printing import print_json
    from roundtable.errors import Place, Problem, SettingUnusable
    from roundtable.linkage.review.estimate import estimated

    found = _reviewed(folder, purpose)
    samples = [one for one in found.samples if batch in (None, one.number)]
    if not samples:
        what = "there is no sample yet" if batch is None else f"there is no sample of number {batch}"
        remedy = f"`roundtable review out {folder} --kind sample ...` draws one; `review status` lists them."
        raise SettingUnusable(Problem(Place("command line", key="--batch"), "no-sample", what, remedy))
    sample = samples[-1]
    told = estimated(found.tallies(sample))
    if as_json:
        print_json({"batch": sample.number, "snapshot": sample.snapshot, **_values(told)})
        return
    typer.echo(f"Sample {sample.number} of {sample.made_at.date()}, snapshot {sample.snapshot}:")
    for name, one in _figures(told).items():
        typer.echo(f"  {name}: {_in_words(one)}")
    typer.echo(
        f"  Pairs with no key in common, however loose, are in none of these: of {told.far_asked:,} that "
        f"were settled {told.far_same:,} were of one person. There may be {told.far_at_most:,.0f} at most."
    )


def _reviewed(folder: Path, purpose: str) -> Reviewed:
    from roundtable.cli.choosing import chosen
    from roundtable.linkage.review.reviewed import reviewed
    from roundtable.partnership.model.purpose import Purpose
    from roundtable.reviewing.desk import opened, see_that_linked

    meant = chosen(Purpose, purpose, "--purpose")
    with opened(folder, writes=False) as partnership:
        see_that_linked(partnership, meant)
        return reviewed(meant.value)


def _figures(told: Estimates) -> dict[str, Estimate]:
    return {
        "precision, the pairs put together that are of one person": told.precision,
        "recall, the pairs of one person that were put together": told.recall,
        "missed, the pairs of one person that were never weighed": told.missed,
    }


def _in_words(one: Estimate) -> str:
    return one.why_not if one.value is None else f"{one.value:.1%} ({one.low:.1%} to {one.high:.1%})"


def _values(told: Estimates) -> dict[str, Any]:
    figures = {"precision": told.precision, "recall": told.recall, "missed": told.missed}
    return {
        **{
            name: {"value": one.value, "low": one.low, "high": one.high, "why_not": one.why_not or None}
            for name, one in figures.items()
        },
        "far": {"settled": told.far_asked, "same": told.far_same, "at_most": told.far_at_most},
    }

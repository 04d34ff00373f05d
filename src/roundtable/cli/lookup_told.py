"""What a lookup found, as it is printed: for a reader of a hundred columns, for a machine, or drawn."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from roundtable.linkage.evidence.waterfall import Waterfall
    from roundtable.linkage.lookup.look_up import Candidate
    from roundtable.looking_up import LookedUp, LookingUp

#: How wide a terminal is taken to be.
_WIDE = 100
#: How many records of one person are listed; the others are counted.
_LISTED = 5


def print_lookup(looking: LookingUp, told: LookedUp) -> None:
    """Everything in words; the reasons for the nearest person, and for those about as near."""
    for sentence in told.verdict.said:
        typer.secho(sentence, bold=sentence is told.verdict.said[0])
    for place, person in enumerate(told.found.people):
        typer.echo()
        typer.secho(f"{place + 1}. person {person.person_id}", bold=True, nl=False)
        typer.echo(f"  {_sure(person)}")
        _print_records(person)
        if place < max(1, told.verdict.alike):
            _print_reasons(_why(looking, told, person))
    typer.echo()
    for sentence in _reached(looking):
        typer.echo(textwrap.fill(sentence, _WIDE, break_on_hyphens=False))


def as_values(looking: LookingUp, told: LookedUp) -> dict[str, Any]:
    """The same for a machine, with the reasons for everybody."""
    return {
        "outcome": told.verdict.outcome.value,
        "said": list(told.verdict.said),
        "would_tell": list(told.verdict.would_tell),
        "about_equally_near": told.verdict.alike,
        "people": [_person(looking, told, one) for one in told.found.people],
        "purpose": looking.purpose.value,
        "by": looking.post.id,
        "not_looked_through": list(looking.refused),
    }


def drawn(looking: LookingUp, told: LookedUp) -> str:
    """The reasons for the nearest person as a picture."""
    from roundtable.linkage.evidence.waterfall_picture import draw_waterfall

    return draw_waterfall(_why(looking, told, told.found.people[0]), title="Why this person is the nearest")


def _why(looking: LookingUp, told: LookedUp, person: Candidate) -> Waterfall:
    from roundtable.linkage.lookup.look_up import reasons

    return reasons(looking.index, told.found, person)


def _sure(person: Candidate) -> str:
    return f"weight {person.weight:+.1f} bits, probability {_share(person.probability)}"


def _share(probability: float) -> str:
    """As many figures as mean something: 99.99 % is not said to be certain."""
    if probability > 0.9999:
        return "over 99.99 %"
    return "under 0.01 %" if probability < 0.0001 else f"{probability:.2%}".replace("%", " %")


def _print_records(person: Candidate) -> None:
    sources = Counter((one.source.dataset, one.source.agency) for one in person.records)
    listed = ", ".join(
        f"{dataset} ({agency}) {count}" for (dataset, agency), count in sorted(sources.items())
    )
    typer.echo(
        textwrap.fill(
            f"records that fit: {listed}",
            _WIDE,
            initial_indent="   ",
            subsequent_indent="     ",
            break_on_hyphens=False,
        )
    )
    for one in person.records[:_LISTED]:
        typer.echo(f"     {one.record_id}  {one.source.dataset}, {one.source.agency}  {one.weight:+.1f} bits")
    if len(person.records) > _LISTED:
        typer.echo(f"     and {len(person.records) - _LISTED:,} more; --json lists them all")


def _print_reasons(why: Waterfall) -> None:
    """Each step on a line, its bits first; they add up to the weight."""
    from roundtable.linkage.evidence.waterfall import in_bits, level_and_words

    typer.echo("   why, by the record that fits best, in bits:")
    for step in why.steps:
        _print_folded(f"{in_bits(step.bits):>7}  {step.told}: {level_and_words(step)}", " " * 14)
    for note in why.notes():
        _print_folded(note, " " * 7)


def _print_folded(text: str, beneath: str) -> None:
    typer.echo(textwrap.fill(text, _WIDE, initial_indent="     ", subsequent_indent=beneath))


def _reached(looking: LookingUp) -> tuple[str, ...]:
    mine = ", ".join(sorted({dataset for dataset, _ in looking.reach.hidden}))
    what_for = looking.purpose.value
    told = f"Looked through for {what_for}, as far as agreements let '{looking.post.id}': {mine}."
    others = f"Linked, and not this post's to look up: {', '.join(looking.refused)}."
    return (told, others) if looking.refused else (told,)


def _person(looking: LookingUp, told: LookedUp, person: Candidate) -> dict[str, Any]:
    why = _why(looking, told, person)
    return {
        "person_id": person.person_id,
        "weight": person.weight,
        "probability": person.probability,
        "records": [
            {
                "record_id": one.record_id,
                "dataset": one.source.dataset,
                "table": one.source.table,
                "agency": one.source.agency,
                "weight": one.weight,
                "probability": one.probability,
            }
            for one in person.records
        ],
        "reasons": [
            {"told": one.told, "level": one.level, "bits": one.bits, "total": one.total} for one in why.steps
        ],
        "not_compared": list(why.silent),
    }

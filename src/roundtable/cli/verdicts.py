"""How the three questions that are put to every need are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from roundtable.cli.printing import place_values, pounds_values, print_json

if TYPE_CHECKING:
    from roundtable.partnership.joins.join import Join
    from roundtable.partnership.joins.verdict import NeedVerdict


def print_verdicts(verdicts: Sequence[NeedVerdict], *, as_json: bool = False) -> None:
    """Every need with its three answers, most at stake first."""
    if as_json:
        print_json([_values(one) for one in verdicts])
        return
    for one in verdicts:
        live = "live    " if one.live else "not live"
        typer.secho(f"{live} ", fg="green" if one.live else "yellow", nl=False)
        typer.echo(f"{one.need.decision} [{one.need.id}]")
        for join in one.joins:
            answer = "yes" if join.holds else "no"
            mark = "" if join.verified or not join.holds else " (unverified)"
            typer.echo(f"    {join.question} {answer}{mark}: {join.why}")
        typer.echo(f"    {_stakes(one)}")
    told = sum(one.live for one in verdicts)
    typer.echo(f"Needs: {len(verdicts)}, of which live: {told}.")


def _stakes(one: NeedVerdict) -> str:
    at_stake = str(one.at_stake) if one.at_stake else "not priced"
    avertable = str(one.avertable) if one.avertable else f"not known ({one.stake.why_not})"
    if one.avertable and one.stake.why_not:
        avertable += f", because {one.stake.why_not}"
    return f"At stake: {at_stake}. Avertable: {avertable}."


def _values(one: NeedVerdict) -> dict[str, Any]:
    return {
        "scenario": one.scenario.id,
        "need": one.need.id,
        "agency": one.need.agency,
        "live": one.live,
        "verified": one.verified,
        "first_failing": one.first_failing,
        "joins": [_join_values(join) for join in one.joins],
        "at_stake": pounds_values(one.at_stake),
        "avertable": pounds_values(one.avertable),
        "best_service": one.best_service,
        "stability": one.top_share,
        "unpriced": [{"outcome": left.outcome, "why": left.why} for left in one.stake.unpriced],
    }


def _join_values(join: Join) -> dict[str, Any]:
    return {
        "question": join.question,
        "holds": join.holds,
        "verified": join.verified,
        "why": join.why,
        "evidence": [{**place_values(row.place), "text": row.text} for row in join.evidence],
    }

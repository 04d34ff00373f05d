"""Why not, in words: everything that keeps an agreement from permitting something, each with its remedy.

The engine decides; this says why, from the agreements themselves and not from what was compiled. A property
test holds the two to each other: there is a reason exactly where the engine refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from roundtable.governance.policy.actions import (
    BY_RECIPIENTS,
    BY_THE_HOUSE,
    BY_THE_SYSTEM,
    RUNG_NEEDED,
    Action,
)
from roundtable.governance.policy.explaining_parties import (
    crossing,
    no_giver,
    nobody_receives,
    not_to_this_one,
)
from roundtable.governance.policy.principals import PrincipalKind
from roundtable.governance.policy.question import Question
from roundtable.governance.policy.standing import rung_of
from roundtable.partnership.ladder import RUNGS
from roundtable.partnership.model.agreement import Agreement, Grant, Tier
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import listed


def reasons_against(partnership: Partnership, question: Question, columns: Iterable[str]) -> tuple[str, ...]:
    """Why none of these columns may be used so, in sentences.

    Args:
        partnership: what is agreed.
        question: what was asked.
        columns: those of its columns that are refused; none of them where it names none.

    Returns:
        The reasons; nothing at all where nothing stands against it.
    """
    if question.action in BY_THE_HOUSE:
        return (_house(question),)
    misplaced = _not_by_this_one(question)
    if misplaced is not None:
        return (misplaced,)
    refusing: list[_Refusing] = []
    asked = set(columns)
    willing: dict[str, set[str]] = {}
    named: set[str] = set()
    for agreement in sorted(partnership.agreements, key=lambda one: one.id):
        grants = grants_of(agreement, question.dataset, question.table)
        if not grants:
            continue
        obstacles = tuple(obstacles_of(partnership, agreement, question))
        granted = {column for grant in grants for column in grant.columns}
        named |= granted
        if not obstacles:
            willing[agreement.id] = granted
        elif not asked or granted & asked:
            meant = question.purpose in agreement.purposes and agreement.tier is not Tier.PROTOCOL
            refusing.append(_Refusing(meant, granted & asked, obstacles))
    found = tuple(_worth_telling(refusing))
    if willing:
        beyond = asked - set().union(*willing.values())
        return (_columns_beyond(question, beyond, list(willing)), *found) if beyond else ()
    unnamed = asked - named
    return (*found, *([_nobody_grants(partnership, question, unnamed)] if unnamed or not found else []))


class _Refusing(NamedTuple):
    """An agreement that grants some of what is asked and may not give it."""

    for_this: bool
    columns: set[str]
    obstacles: tuple[str, ...]


def _worth_telling(refusing: Sequence[_Refusing]) -> Iterator[str]:
    """Obstacles; where agreements are for the purpose, those of others only for what these do not grant."""
    meant = set().union(*(one.columns for one in refusing if one.for_this))
    anybody = any(one.for_this for one in refusing)
    for one in refusing:
        if one.for_this or not anybody or one.columns - meant:
            yield from one.obstacles


def grants_of(agreement: Agreement, dataset: str, table: str) -> list[Grant]:
    """What an agreement grants of one table."""
    return [grant for grant in agreement.grants if grant.dataset == dataset and grant.table == table]


def obstacles_of(
    partnership: Partnership, agreement: Agreement, question: Question, *, any_purpose: bool = False
) -> Iterator[str]:
    """Everything that keeps an agreement from permitting, its columns apart.

    Args:
        partnership: what is agreed.
        agreement: one that grants something of the table.
        question: what is asked.
        any_purpose: whether it is asked for whatever the agreement is for.
    """
    if agreement.tier is Tier.PROTOCOL:
        yield (
            f"Agreement '{agreement.id}' is a protocol, and a protocol alone grants nothing: "
            f"write a specific agreement under it."
        )
        return
    yield from _not_in_force(agreement, question)
    if not any_purpose and question.purpose not in agreement.purposes:
        yield _another_purpose(agreement, question)
    yield from no_giver(partnership, agreement, question)
    yield from _too_high(partnership, agreement, question.action)
    if question.principal.kind is PrincipalKind.SYSTEM:
        yield from nobody_receives(partnership, agreement, question)
        asked_for = agreement.purposes if any_purpose else (question.purpose,)
        yield from crossing(partnership, agreement, question, asked_for)
    else:
        yield from not_to_this_one(partnership, agreement, question)


def _not_in_force(agreement: Agreement, question: Question) -> Iterator[str]:
    on = question.on
    if on < agreement.starts:
        yield (
            f"Agreement '{agreement.id}' does not begin until {agreement.starts}: "
            f"wait for that day, or have its parties sign an earlier one."
        )
    if agreement.ends is not None and agreement.ends < on:
        yield (
            f"Agreement '{agreement.id}' ended on {agreement.ends}: "
            f"its parties must renew it and write the new 'ends'."
        )
    if agreement.withdrawn_on is not None and agreement.withdrawn_on <= on:
        yield (
            f"Agreement '{agreement.id}' was withdrawn on {agreement.withdrawn_on}: "
            f"its parties must sign a new one."
        )
    for one in agreement.suspended:
        if one.covers(on):
            until = f" until {one.to}" if one.to else ""
            yield (
                f"Agreement '{agreement.id}' has been suspended since {one.from_}{until} by '{one.by}' "
                f"({one.reason.rstrip('.')}): once it may go on, write the last day as 'to'."
            )


def _another_purpose(agreement: Agreement, question: Question) -> str:
    held = ", ".join(sorted(agreement.purposes))
    return (
        f"Agreement '{agreement.id}' is for {held} and not for {question.purpose}: "
        f"its parties must agree to that purpose and add it."
    )


def _too_high(partnership: Partnership, agreement: Agreement, action: Action) -> Iterator[str]:
    rung, needed = rung_of(partnership, agreement), RUNG_NEEDED[action]
    if rung < needed:
        yield (
            f"Agreement '{agreement.id}' stands on rung {rung.value} of the ladder ({RUNGS[rung]}), and to "
            f"{action.replace('_', ' ')} asks for rung {needed.value} ({RUNGS[needed]}): "
            f"its parties must agree to that rung, with its own impact assessment."
        )


def _not_by_this_one(question: Question) -> str | None:
    """An action that this kind of principal never does, whatever is agreed."""
    doing = question.action.replace("_", " ")
    if question.principal.kind is PrincipalKind.SYSTEM and question.action not in BY_THE_SYSTEM:
        return (
            f"To {doing} is done for an agency or a post and not by the system for itself: "
            f"ask for the one that would receive it."
        )
    if question.principal.kind is not PrincipalKind.SYSTEM and question.action not in BY_RECIPIENTS:
        return f"To {doing} is done by the partnership's own system alone: ask for the system."
    return None


def _house(question: Question) -> str:
    who = ["the system", "the posts that answer for it at the agency that creates it"]
    if question.action is Action.ERASE:
        who.append("those of the controllers that have signed the agreement it came under")
    return f"To {question.action} '{question.dataset}' is for {listed(who)} alone: have one of them do it."


def _columns_beyond(question: Question, asked: set[str], willing: list[str]) -> str:
    names = listed(f"'{column}'" for column in sorted(asked))
    return (
        f"No agreement in force lets {names} of table '{question.table}' of dataset '{question.dataset}' "
        f"through for {question.purpose}: have the parties add it to {' or '.join(willing)}."
    )


def _nobody_grants(partnership: Partnership, question: Question, asked: set[str]) -> str:
    known = {(grant.dataset, grant.table) for a in partnership.agreements for grant in a.grants}
    begun = f"No agreement grants anything of table '{question.table}' of dataset '{question.dataset}'"
    if (question.dataset, question.table) in known:
        names = listed(f"'{column}'" for column in sorted(asked))
        return (
            f"No agreement grants {names} of table '{question.table}' of dataset '{question.dataset}': "
            f"add it to the columns that one grants."
        )
    tables = sorted(name for dataset, name in known if dataset == question.dataset)
    if tables:
        return f"{begun}, only of {', '.join(tables)}: add a grant of it to an agreement."
    near = get_close_matches(question.dataset, sorted({dataset for dataset, _ in known}), n=1)
    hint = f" (the nearest dataset that one grants is '{near[0]}')" if near else ""
    return f"{begun}{hint}: write an agreement in agreements/ with a grant of it."

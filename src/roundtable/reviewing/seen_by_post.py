"""Which records, and what of them, the agreements let a post be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from roundtable.data.shown_columns import PERSON, shown_of
from roundtable.errors import NotPermitted, Place, Problem
from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.deciding import decide
from roundtable.governance.policy.principals import post_asking
from roundtable.governance.policy.question import Question
from roundtable.partnership.model.contract import Table
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership

_PEOPLE = "person_record"
#: Columns of a contract that become columns of a person's record without saying so.
_BESIDE = ("source_id", "recorded_at")


@dataclass(frozen=True)
class SeenByPost:
    """What a post may be given for a purpose.

    Attributes:
        hidden: each table of a dataset whose people it may be given, with the columns of their records that
            it may not.
    """

    hidden: Mapping[tuple[str, str], frozenset[str]]

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets, in order."""
        return tuple(sorted({dataset for dataset, _ in self.hidden}))


def seen_by_post(partnership: Partnership, post: str, purpose: Purpose, on: date) -> SeenByPost:
    """Ask the agreements what a post may be given.

    Args:
        partnership: what is agreed.
        post: the id of a post that exists.
        purpose: the purpose that records are linked for.
        on: the trusted clock's day.

    Raises:
        NotPermitted: it may be given nobody; it says why, table by table.
    """
    asking = post_asking(partnership, post)
    hidden: dict[tuple[str, str], frozenset[str]] = {}
    problems = []
    for dataset in partnership.datasets:
        for table in dataset.schema_:
            columns = _of_people(table)
            if not columns:
                continue
            question = Question(asking, Action.EXPORT, dataset.id, table.name, columns, purpose, on)
            decision = decide(partnership, question)
            shown = shown_of(table, decision.columns).get(_PEOPLE)
            if shown is not None and shown.rows:
                hidden[dataset.id, table.name] = frozenset(one.column for one in shown.hidden)
            else:
                what = f"'{dataset.id}' may not be given to '{post}'"
                remedy = decision.refusal or "Its agreement grants nothing that says who somebody is."
                problems.append(Problem(Place(post, key=dataset.id), "not-permitted", what, remedy))
    if not hidden:
        raise NotPermitted(problems or _nobody(partnership))
    return SeenByPost(hidden)


def _of_people(table: Table) -> tuple[str, ...]:
    """The columns of a contract that become columns of a person's record."""
    named = {column.name: column.terms.canonical or "" for column in table.properties}
    if not any(canonical.startswith(PERSON) for canonical in named.values()):
        return ()
    return tuple(
        name for name, canonical in named.items() if canonical.startswith(PERSON) or canonical in _BESIDE
    )


def _nobody(partnership: Partnership) -> Problem:
    what, remedy = "no contract here is about people", "There is nothing to review."
    return Problem(Place(str(partnership.folder)), "not-permitted", what, remedy)

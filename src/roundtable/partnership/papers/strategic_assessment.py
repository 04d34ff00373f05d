"""The community safety partnership's strategic assessment and plan: a first draft.

Crime and Disorder Act 1998, sections 5 to 7, and the Crime and Disorder (Formulation and Implementation
of Strategy) Regulations 2007 (S.I. 2007/1830): what the assessment and the plan must hold. Recalled, and
to be checked against the text in force before the paper is used.
"""

from __future__ import annotations

from collections.abc import Mapping

from roundtable.pages.tables import Column, Table, table
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.papers.paper import Gap, Paper, Part
from roundtable.partnership.papers.registers import (
    causes_table,
    improvements_of,
    improvements_table,
    outcomes_of,
    outcomes_table,
    places_table,
    services_of,
    services_table,
    uncounted,
)
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, listed

BASIS = (
    "Crime and Disorder Act 1998, sections 5 to 7, and the Formulation and Implementation of Strategy "
    "Regulations 2007. Not verified by a named post."
)


def strategic_assessment(study: Study) -> Paper:
    """The draft, over every scenario of the partnership."""
    partnership = study.partnership
    return Paper(
        name="strategic-assessment-and-plan",
        title=f"{partnership.charter.name}: strategic assessment and partnership plan",
        basis=BASIS,
        parts=(
            _who(partnership),
            _levels(study),
            _changes(partnership),
            _why(partnership),
            _last_plan(partnership),
            _priorities(partnership),
            _people(),
            _plan(partnership),
        ),
        signed_by=("Chair of the community safety partnership",),
        as_of=partnership.charter.as_of,
    )


def _who(partnership: Partnership) -> Part:
    living = [one for one in partnership.agencies if one.existed_on(partnership.charter.as_of)]
    names = listed(one.name for one in living)
    return Part(
        "Who we are",
        paragraphs=(partnership.charter.charter, f"{len(living)} bodies take part: {names}."),
        gaps=(
            Gap("Which of them are responsible authorities, and the strategy group's chair.", "the chair"),
        ),
    )


def _levels(study: Study) -> Part:
    outcomes = study.partnership.charter.outcomes
    places = places_table(study.facts)
    gaps = list(uncounted(study.facts, outcomes))
    if places is None:
        gaps.append(Gap("Where it happens: nothing has been measured.", "`roundtable run`"))
    gaps.append(Gap("Substance misuse and reoffending, where no outcome above counts them.", "the analysts"))
    tables = (outcomes_table(study.partnership, study.facts, outcomes), *((places,) if places else ()))
    return Part(
        "Levels and patterns of crime, disorder and harm",
        asked_by="2007 Regulations, regulation 7",
        tables=tables,
        gaps=tuple(gaps),
    )


def _changes(partnership: Partnership) -> Part:
    told = [
        f"{scenario.title}: the question was '{one.was}', and became '{one.became}' on {day(one.on)}, "
        f"because {one.why[0].lower()}{one.why[1:]}"
        for scenario in partnership.scenarios
        for one in scenario.reframings
    ]
    return Part(
        "What has changed since the last assessment",
        asked_by="2007 Regulations, regulation 7",
        paragraphs=tuple(told),
        gaps=(Gap("The trend of each outcome over the years.", "the analysts; it needs earlier runs"),),
    )


def _why(partnership: Partnership) -> Part:
    return Part(
        "Why: what the table says causes it",
        asked_by="2007 Regulations, regulation 7",
        paragraphs=(
            "Each line is asserted by the agencies named and not by the partnership as a whole; where one "
            "does not agree, it is named.",
        ),
        tables=(causes_table(partnership, partnership.scenarios),),
    )


def _last_plan(partnership: Partnership) -> Part:
    actions = [action for meeting in partnership.meetings for action in meeting.actions]
    done = [action for action in actions if action.done_on is not None]
    late = [a for a in actions if a.done_on is None and a.due < partnership.charter.as_of]
    told = (
        f"Of {len(actions)} actions that meetings recorded, {len(done)} are done and {len(late)} are overdue."
    )
    return Part(
        "How far last year's plan was carried out",
        asked_by="2007 Regulations, regulation 7",
        paragraphs=(told,) if actions else (),
        gaps=(Gap("What last year's plan promised, and how much of it was done.", "the chair"),),
    )


def _priorities(partnership: Partnership) -> Part:
    return Part(
        "Priorities: where the partners' points lie",
        asked_by="2007 Regulations, regulation 7",
        paragraphs=(
            "Each agency shares a hundred points between the outcomes. The sum is not a vote and settles "
            "nothing: it shows where agreement is free and where there is something to talk about.",
        ),
        tables=(_points(partnership),),
    )


def _points(partnership: Partnership) -> Table:
    by_outcome: Mapping[str, list[tuple[float, str]]] = {
        one.id: sorted(
            (
                (priority.points, agency.name)
                for agency in partnership.agencies
                for priority in agency.priorities
                if priority.outcome == one.id
            ),
            key=lambda pair: (-pair[0], pair[1]),
        )
        for one in partnership.charter.outcomes
    }
    names = {one.id: one.name for one in partnership.charter.outcomes}
    order = sorted(by_outcome, key=lambda one: (-sum(points for points, _ in by_outcome[one]), one))
    columns = (
        Column("Outcome", header=True),
        Column("Agencies that name it", numeric=True),
        Column("Points in all", numeric=True),
        Column("Most from"),
    )
    rows = [
        (
            names[one],
            f"{len(by_outcome[one])}",
            f"{sum(points for points, _ in by_outcome[one]):g}",
            f"{by_outcome[one][0][1]} ({by_outcome[one][0][0]:g})" if by_outcome[one] else "nobody",
        )
        for one in order
    ]
    return table("points", "Points that agencies give each outcome", columns, rows)


def _people() -> Part:
    return Part(
        "What people who live and work here want done first",
        asked_by="2007 Regulations, regulations 7 and 12",
        gaps=(
            Gap("What residents were asked, how many answered, and what they said.", "the engagement lead"),
        ),
    )


def _plan(partnership: Partnership) -> Part:
    scenarios = partnership.scenarios
    return Part(
        "The plan",
        asked_by="2007 Regulations, regulations 10 and 11",
        tables=(
            improvements_table(partnership, improvements_of(partnership, scenarios)),
            services_table(partnership, services_of(partnership, scenarios)),
        ),
        gaps=(
            Gap(
                "The resources that each responsible authority gives to it.", "each authority's finance lead"
            ),
            *_no_target(partnership),
        ),
    )


def _no_target(partnership: Partnership) -> tuple[Gap, ...]:
    without = [one.name for one in outcomes_of(partnership, partnership.scenarios) if one.target == "unknown"]
    if not without:
        return ()
    return (Gap(f"How success would be measured for {listed(without)}.", "partnership.yaml, 'target'"),)

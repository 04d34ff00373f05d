"""What the truth folder says of itself: every table it holds, and how to judge later work against it."""

from __future__ import annotations

from collections.abc import Iterable

from roundtable.county.plan import CountyPlan
from roundtable.county.truth.tables import PLANTED_MISHAPS, TRUTH_TABLES

#: The tables that come from the population, in a line each.
_PEOPLE = {
    "persons": "Who is who: birth, death, sex, parents, twins, when in the county.",
    "names": "Which name each bore from when to when, and why it changed.",
    "stays": "Who lived where, with whom (`household`), and in what way.",
    "households": "One row a household at one address.",
    "addresses": "Every address, its place, area, deprivation and tenure.",
    "reach": "Telephone numbers and e-mail addresses, from when to when.",
    "relations": "Partners, former partners, parents, carers and twins.",
    "traits": "The latent ranks, 0 to 1, that needs come from.",
    "protections": "Who must be sealed, why, and from when to when.",
}
#: Those that say what became of the truth in the deliveries.
_DELIVERIES = {
    "record_identity": "Which person and which address each delivered record is truly about, by its key.",
    "person_groups": "Which groups with error rates of their own each person belongs to.",
    "planted_mishaps": PLANTED_MISHAPS.description,
    "planted_breach": "Each value that breaks its contract on purpose: file, row, column and how.",
}
_OPENING = """# The truth of a synthetic county

Nothing here describes anybody: every person, address and happening is made up. The folder stands apart from
the partnership so that later work can be judged against it. No step of a run may read it.

People on {today}: {people:,}. Years before that: {years}. Seed: {seed}. The same command gives the same
bytes. `county.json` says it for a program.

## How to judge against it

- *Linkage*: `record_identity` says which person each delivered record is truly about, `persons` and
  `stays` who lives with whom. `person_groups` says who belongs to the groups whose records go wrong more
  often: judge each group by itself.
- *Need*: `needs` and `home_needs` hold the true yearly rate of each person and household, before any service.
  A score is good if it ranks people as these rates do, not if it ranks them as last year's events do.
- *A service*: `services` holds the true rate ratio from the start of a course on, `courses` who began one and
  when, `prevented` what would have happened otherwise. Those who took a service up differ from those who
  declined: a plain comparison must miss. One service does nothing.
- *A pilot*: `pilot_areas` holds the areas, the day and the true rate ratio. One pilot does nothing.
- *Near repeats*: `near_repeat` says which burglary brought on which; `effects` how far and how long.
- *Recording*: `officers` holds each officer's true pace, `unrecorded` what the police and the crisis team
  knew and did not record, `under_recording` of which groups, and how often of them beside others.

## The tables
"""


def truth_readme(plan: CountyPlan, tables: Iterable[str]) -> str:
    """The README of a truth folder that holds these tables."""
    opening = _OPENING.format(
        today=plan.today.isoformat(), people=plan.people, years=plan.years, seed=plan.seed
    )
    return opening + "\n" + "".join(f"- `{name}.parquet`: {_about(name)}\n" for name in sorted(tables))


def _about(name: str) -> str:
    if name in TRUTH_TABLES:
        return TRUTH_TABLES[name].description
    return (_PEOPLE | _DELIVERIES).get(name, "Not described.")

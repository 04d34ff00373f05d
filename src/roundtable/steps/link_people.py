"""The steps that put records of people together: one for each purpose that they may be linked for.

Each purpose sees the records and the columns that it may, and calls people by ids of its own. What a purpose
may not see was not there when its records were linked.
"""

from __future__ import annotations

from collections.abc import Callable

from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.linking import linked_purposes
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.steps.step import Bench, Made, Step

#: What a step sees of people: their records, what those were part of and when, and where homes are.
READS = ("person_record", "involvement", "event", "contact", "address_record")
WRITES = (
    "person_link",
    "person_move",
    "person_moved",
    "link_index",
    "linked_address",
    "person_address",
    "household",
    "household_member",
    "link_quality",
    "link_curve",
    "link_model",
    "link_shape",
    "link_drift",
    "link_told",
)
#: What it goes on from: who was whom, and everything that a night needs.
GOES_ON_FROM = (
    "person_link",
    "person_move",
    "person_moved",
    "link_index",
    "household_member",
    "link_shape",
    "link_model",
)


def link_steps(partnership: Partnership) -> tuple[Step, ...]:
    """A step for each purpose that people are linked for, in order."""
    return tuple(_step(purpose) for purpose in linked_purposes(partnership))


def _step(purpose: Purpose) -> Step:
    return Step(
        f"link people for {purpose.value}",
        "find which records are of one person, who lives with whom, and how sure that is",
        READS,
        WRITES,
        _linking(purpose),
        purpose=purpose,
        action=Action.LINK,
        goes_on_from=GOES_ON_FROM,
    )


def _linking(purpose: Purpose) -> Callable[[Bench], Made]:
    def make(bench: Bench) -> Made:
        # Whoever has no records of people need not wait for what linkage is made of to be loaded.
        from roundtable.linkage.linking import link_for

        return link_for(bench, purpose)

    return make

"""What the council's children's services send: each spell of a child at one level of help."""

from __future__ import annotations

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, ended

CHILDREN_CARE = Producers()


@CHILDREN_CARE.sends("childrens-services-cases", "cases", "children-care")
def cases(case: Case) -> Drawn:
    """One row a spell."""
    need = case.of("child_in_need")
    return need.drawn(
        {
            "status": need.text("code"),
            "status_since": need.instants("at"),
            "status_until": ended(need.days("until")),
            "main_factor": need.text("main_factor"),
            "school_known": need.flags("school_known"),
        }
    )

"""What probation and the youth justice service send: orders, and cases of children."""

from __future__ import annotations

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, ended

JUSTICE = Producers()


@JUSTICE.sends("probation-supervision", "supervision", "probation")
def supervision(case: Case) -> Drawn:
    """One row an order or licence."""
    order = case.of("probation")
    return order.drawn(
        {
            "programme": order.text("programme"),
            "starts_on": order.instants("at"),
            "ends_on": ended(order.days("until")),
            "weeks_waiting": order.numbers("weeks_waiting"),
            "completed": order.flags("completed"),
        }
    )


@JUSTICE.sends("youth-justice-cases", "cases", "youth-justice")
def cases(case: Case) -> Drawn:
    """One row a case."""
    child = case.of("youth_justice")
    return child.drawn(
        {
            "route": child.text("code"),
            "opened_on": child.instants("at"),
            "closed_on": ended(child.days("until")),
            "exploitation_referral": child.flags("exploitation_referral"),
            "education_status": child.text("education_status"),
        }
    )

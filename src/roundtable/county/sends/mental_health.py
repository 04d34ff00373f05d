"""What the mental-health trust sends: contacts with its crisis team."""

from __future__ import annotations

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers

MENTAL_HEALTH = Producers()


@MENTAL_HEALTH.sends("crisis-contacts", "contacts", "mental-health")
def contacts(case: Case) -> Drawn:
    """One row a contact."""
    contact = case.of("crisis_contact")
    return contact.drawn(
        {
            "contact_at": contact.instants("at"),
            "route": contact.text("code"),
            "crisis_plan": contact.flags("crisis_plan"),
            "plan_reviewed_on": contact.days("plan_reviewed"),
            "next_step": contact.text("next_step"),
        }
    )

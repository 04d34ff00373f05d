"""What the council's adult social care sends: care that it arranges, and safeguarding concerns."""

from __future__ import annotations

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, ended, recoded, yes_no

ADULT_CARE = Producers()
_SENDER = "adult-care"


@ADULT_CARE.sends("adult-social-care-cases", "cases", _SENDER, twice=False, registered=True)
def cases(case: Case) -> Drawn:
    """One row a spell of care, ended ones too: the register as it stood."""
    care = case.of("social_care_adult")
    return care.drawn(
        {
            "care_level": care.text("code"),
            "started_on": care.instants("at"),
            "ended_on": ended(care.days("until")),
            "lives_alone": care.flags("lives_alone"),
            "unpaid_carer": care.flags("unpaid_carer"),
            "care_visits_week": care.numbers("visits_week"),
            "safeguarding_enquiry_12m": care.flags("safeguarding_12m"),
        }
    )


@ADULT_CARE.sends("safeguarding-concerns", "concerns", _SENDER)
def concerns(case: Case) -> Drawn:
    """One row a concern."""
    concern = case.of("safeguarding_adult")
    return concern.drawn(
        {
            "raised_on": concern.instants("at"),
            "abuse_type": recoded(concern.text("code"), {"domestic": "domestic abuse"}),
            "source_of_concern": recoded(concern.text("referrer"), {"ambulance": "health"}),
            "enquiry_made": yes_no(concern.flags("enquiry"), "Y", "N"),
        }
    )

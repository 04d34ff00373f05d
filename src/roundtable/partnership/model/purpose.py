"""What data may be used for."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """What data may be used for. A closed list: a purpose that is not here cannot be granted."""

    HARM_BY_PLACE = "harm_by_place"
    PREVENTION_OF_FIRE_AND_FALLS = "prevention_of_fire_and_falls"
    SAFEGUARDING_ADULTS = "safeguarding_adults"
    SAFEGUARDING_CHILDREN = "safeguarding_children"
    DOMESTIC_ABUSE_RESPONSE = "domestic_abuse_response"
    CRISIS_CARE = "crisis_care"
    SERIOUS_VIOLENCE_DUTY = "serious_violence_duty"
    EMERGENCY_RESPONSE = "emergency_response"
    EVALUATION = "evaluation"

"""No-score zones: what data are never taken in for and nothing is ever scored, proposed or linked for.

They are hard-coded. No agreement, reference table or setting of a partnership opens one.
"""

from __future__ import annotations

from enum import StrEnum


class Zone(StrEnum):
    """The zones. A closed list, and each beats every agreement."""

    OFFENDING = "offending"
    """Predicting that a named person will offend."""
    CUSTODY_CHARGING_REMOVAL = "custody_charging_removal"
    """Decisions about custody, charging, or taking children from their family."""
    IMMIGRATION = "immigration"
    FAITH = "faith"
    BENEFIT_FRAUD = "benefit_fraud"
    UNBORN = "unborn"


#: What each zone is, in words that finish "this is about ...".
ZONES_IN_WORDS = {
    Zone.OFFENDING: "predicting that a named person will offend",
    Zone.CUSTODY_CHARGING_REMOVAL: "custody, charging, or taking children from their family",
    Zone.IMMIGRATION: "immigration",
    Zone.FAITH: "faith",
    Zone.BENEFIT_FRAUD: "benefit fraud",
    Zone.UNBORN: "unborn children",
}

"""What the council's housing options and its revenues send: homelessness, and council tax that is owed."""

from __future__ import annotations

from roundtable.county.plan import SHARD_IDS
from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, ended, recoded, yes_no
from roundtable.county.sends.numbering import references

COUNCIL_HOUSING = Producers()

_OUTCOMES = {"home secured": "accommodation secured", "main duty": "other", "open": None}
_REASONS = {
    "end of private tenancy": "end of tenancy",
    "family or friends no longer able": "family or friends no longer willing",
    "rent arrears": "arrears",
    "left institution": "left an institution",
    "relationship ended": "other",
}


@COUNCIL_HOUSING.sends("homelessness-cases", "applications", "housing-options")
def homelessness(case: Case) -> Drawn:
    """One row an application."""
    homeless = case.of("homelessness")
    return homeless.drawn(
        {
            "applied_on": homeless.instants("at"),
            "closed_on": ended(homeless.days("until")),
            "duty": homeless.text("code"),
            "outcome": recoded(homeless.text("outcome"), _OUTCOMES),
            "lost_home_because": recoded(homeless.text("reason"), _REASONS),
            "rough_sleeping": yes_no(homeless.flags("rough_sleeping"), "Yes", "No"),
        }
    )


@COUNCIL_HOUSING.sends("council-tax-arrears", "accounts", "council-tax", twice=False)
def council_tax(case: Case) -> Drawn:
    """One row for the step that an account's debt of a year went to."""
    owed = case.of("council_tax_arrears")
    accounts = owed.numbers("account") - case.shard * SHARD_IDS
    return owed.drawn(
        {
            "account_ref": references(case.plan.seed, case.shard, accounts, "council-tax accounts", "CT"),
            "step": owed.text("code"),
            "step_on": owed.instants("at"),
            "owed": owed.numbers("balance"),
        }
    )

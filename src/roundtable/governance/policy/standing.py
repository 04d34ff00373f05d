"""On which days an agreement stands, who may give and receive under it, and how high it reaches.

All as spans of days: `explaining.py` says the same of one day, in sentences, and a property test holds the
two to each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from roundtable.governance.policy.actions import RUNG_NEEDED, Action
from roundtable.governance.policy.days import ALWAYS, NEVER, Days, before, join, meet, span, without
from roundtable.governance.policy.law import authorised_on, carried_on, crossing_on
from roundtable.partnership.model.agreement import CONTROLLERS, Agreement, Party, Tier
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.scenario import Rung
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.flows import is_personal


def in_force(agreement: Agreement) -> Days:
    """The days on which it has begun, has not ended, is not withdrawn and not suspended."""
    begun = meet(span(agreement.starts, agreement.ends), before(agreement.withdrawn_on))
    return without(begun, join(span(one.from_, one.to) for one in agreement.suspended))


def givers_of(partnership: Partnership, agreement: Agreement, dataset_id: str) -> list[Party]:
    """The parties whose word lets this dataset through: its creator alone, when it is a party."""
    givers = [party for party in agreement.parties if party.gives]
    creator = next((d.terms.created_by for d in partnership.datasets if d.id == dataset_id), None)
    return [party for party in givers if party.agency == creator] or givers


def receivers_of(agreement: Agreement) -> list[Party]:
    """The parties that receive under it."""
    return [party for party in agreement.parties if party.receives]


def users_of(agreement: Agreement, giver: Party) -> list[str]:
    """The agencies for whom the system would use what a party gives: itself, where nobody receives."""
    return [party.agency for party in receivers_of(agreement)] or [giver.agency]


def controllers_of(agreement: Agreement) -> list[Party]:
    """The parties that decide together or each for themselves: they answer to people for the data."""
    return [party for party in agreement.parties if party.role in CONTROLLERS]


def bound(partnership: Partnership, agreement: Agreement, party: Party) -> Days:
    """The days on which a party has signed, is there and has not left, whether or not the agreement runs."""
    return _party(partnership, agreement, party)


def rung_of(partnership: Partnership, agreement: Agreement) -> Rung:
    """How far up the ladder it reaches: its own rung, and never above those of the scenarios it names."""
    known = {one.id: one.rung for one in partnership.scenarios}
    rungs = [known[name] for name in agreement.scenarios if name in known]
    return min(agreement.rung, max(rungs)) if rungs else agreement.rung


def actions_on(rung: Rung, among: Iterable[Action]) -> tuple[Action, ...]:
    """Those of the actions that happen on a rung or below it."""
    return tuple(action for action in among if RUNG_NEEDED[action] <= rung)


def to_the_system(partnership: Partnership, agreement: Agreement, dataset_id: str, purpose: Purpose) -> Days:
    """The days on which the partnership's own system may hold the dataset for the parties, for a purpose.

    Where that purpose is under another regime than the data, it has to be authorised for one of them.
    """
    receivers = receivers_of(agreement)
    somebody = join(_there(partnership, party) for party in receivers) if receivers else ALWAYS
    days = (
        meet(
            _party(partnership, agreement, giver),
            *(
                crossing_on(partnership, agreement, dataset_id, (giver.agency, receiver.agency))
                for receiver in receivers
            ),
            join(
                authorised_on(partnership, agreement, dataset_id, (giver.agency, user), purpose)
                for user in users_of(agreement, giver)
            ),
        )
        for giver in givers_of(partnership, agreement, dataset_id)
    )
    return meet(in_force(agreement), somebody, join(days))


def to_a_party(
    partnership: Partnership, agreement: Agreement, dataset_id: str, party: Party, purpose: Purpose
) -> Days:
    """The days on which a party that receives may have the dataset for a purpose."""
    receiver = party.agency
    days = (
        meet(
            _party(partnership, agreement, giver),
            carried_on(partnership, agreement, dataset_id, (giver.agency, receiver), purpose),
        )
        for giver in givers_of(partnership, agreement, dataset_id)
    )
    return meet(in_force(agreement), _party(partnership, agreement, party), join(days))


def to_anybody(partnership: Partnership, agreement: Agreement, dataset_id: str) -> Days:
    """The days on which an open licence serves whoever asks. It reaches no personal data."""
    personal = any(is_personal(one) for one in partnership.datasets if one.id == dataset_id)
    if agreement.tier is not Tier.OPEN_LICENCE or personal:
        return NEVER
    givers = givers_of(partnership, agreement, dataset_id)
    return meet(in_force(agreement), join(_party(partnership, agreement, one) for one in givers))


def _party(partnership: Partnership, agreement: Agreement, party: Party) -> Days:
    """The days on which a party exists, has signed where that is asked, and has not withdrawn."""
    there = _there(partnership, party)
    if agreement.tier is Tier.OPEN_LICENCE:
        return there
    return meet(there, span(party.signed_on)) if party.signed_on is not None else NEVER


def _there(partnership: Partnership, party: Party) -> Days:
    """The days on which a party exists and has not withdrawn."""
    body = partnership.agency(party.agency)
    return meet(span(body.from_, body.to), before(party.withdrawn_on))

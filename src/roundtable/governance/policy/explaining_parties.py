"""Why not, in words, where it lies with a party: who gives, who receives, and the law between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roundtable.governance.policy import law
from roundtable.governance.policy.question import Question
from roundtable.governance.policy.standing import givers_of, receivers_of, users_of
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement, Party, Tier
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.faults import Fault
from roundtable.partnership.sharing.flows import is_personal


def no_giver(partnership: Partnership, agreement: Agreement, question: Question) -> Iterator[str]:
    """Why nobody who may still give this dataset has signed; nothing when somebody has."""
    givers = givers_of(partnership, agreement, question.dataset)
    if not givers:
        yield (
            f"Agreement '{agreement.id}' names no party that gives: "
            f"write 'gives: true' for the party whose data it lets through."
        )
        return
    found = [
        sentence
        for party in givers
        if (sentence := _cannot_give(partnership, agreement, party, question)) is not None
    ]
    if len(found) == len(givers):
        yield from found


def _cannot_give(
    partnership: Partnership, agreement: Agreement, party: Party, question: Question
) -> str | None:
    giver, on = partnership.agency(party.agency), question.on
    if not giver.existed_on(on):
        return _ended(partnership, agreement, giver, question)
    if party.has_withdrawn_by(on):
        return (
            f"Agreement '{agreement.id}' was given by {giver.name}, which withdrew from it on "
            f"{party.withdrawn_on}: have it sign a new one, if it is to give again."
        )
    if agreement.tier is Tier.OPEN_LICENCE:
        return None
    if party.signed_on is None or on < party.signed_on:
        return (
            f"Agreement '{agreement.id}' has not been signed for {giver.name}: "
            f"have it signed and write 'signed_on'."
        )
    return None


def _ended(partnership: Partnership, agreement: Agreement, giver: Agency, question: Question) -> str:
    if giver.from_ is not None and question.on < giver.from_:
        return (
            f"Agreement '{agreement.id}' was given by {giver.name}, which does not exist until "
            f"{giver.from_}: wait for that day, or have the body that holds the data now sign."
        )
    begun = f"Agreement '{agreement.id}' was given by {giver.name}, which ended on {giver.to}: "
    if giver.successor is None:
        return begun + "have the body that holds its powers now sign a new one, and name it as 'successor'."
    successor = partnership.agency(giver.successor)
    return begun + f"have its successor {successor.name} ('{successor.id}') sign a new one."


def nobody_receives(partnership: Partnership, agreement: Agreement, question: Question) -> Iterator[str]:
    """Every party that received has withdrawn or is no longer there: the data are held for nobody."""
    receivers = receivers_of(agreement)
    if receivers and not any(
        partnership.agency(party.agency).existed_on(question.on) and not party.has_withdrawn_by(question.on)
        for party in receivers
    ):
        yield (
            f"Agreement '{agreement.id}' has nobody who receives: every party that did has withdrawn or does "
            f"not exist on {question.on}. Have those that need it now sign a new one."
        )


def crossing(
    partnership: Partnership, agreement: Agreement, question: Question, purposes: Iterable[Purpose | None]
) -> Iterator[str]:
    """Why the data may serve none of these purposes: each takes them into another regime unauthorised.

    Either the agreement is under part 3 and serves parties whom that does not reach, or the data were
    collected under the one regime and would be used under the other.
    """
    found: list[str] = []
    for purpose in purposes:
        for giver in _able_givers(partnership, agreement, question):
            faults = _crossing(partnership, agreement, question, giver, purpose)
            if not faults:
                return
            found += [_said(agreement, fault) for fault in faults]
    yield from dict.fromkeys(found)


def _crossing(
    partnership: Partnership, agreement: Agreement, question: Question, giver: Party, purpose: Purpose | None
) -> list[Fault]:
    """Why what one party gives may not serve a purpose; where it may for one of its users, nothing."""
    dataset, on = question.dataset, question.on
    found = [
        fault
        for receiver in receivers_of(agreement)
        for fault in law.crossing(partnership, agreement, dataset, (giver.agency, receiver.agency), on)
    ]
    if purpose is None or purpose not in agreement.purposes:
        return found
    each = [
        law.unauthorised(partnership, agreement, dataset, (giver.agency, user), purpose, on)
        for user in users_of(agreement, giver)
    ]
    return [*found, *(fault for faults in each for fault in faults)] if all(each) else found


def not_to_this_one(partnership: Partnership, agreement: Agreement, question: Question) -> Iterator[str]:
    """Why it does not reach whoever asks; nothing where it does."""
    agency = partnership.agency(question.principal.agency or "")
    if agreement.tier is Tier.OPEN_LICENCE:
        if any(is_personal(one) for one in partnership.datasets if one.id == question.dataset):
            yield (
                f"Agreement '{agreement.id}' is an open licence, and none reaches personal data: "
                f"write a specific agreement with {agency.name}."
            )
        return
    parties = [party for party in receivers_of(agreement) if party.agency == agency.id]
    if not parties:
        yield (
            f"Agreement '{agreement.id}' lets nothing through to {agency.name}: "
            f"its parties must agree to that, and it must sign as a party with 'receives: true'."
        )
        return
    found = [tuple(_cannot_receive(partnership, agreement, agency, party, question)) for party in parties]
    if all(found):
        yield from dict.fromkeys(sentence for sentences in found for sentence in sentences)


def _cannot_receive(
    partnership: Partnership, agreement: Agreement, agency: Agency, party: Party, question: Question
) -> Iterator[str]:
    on = question.on
    if not agency.existed_on(on):
        yield (
            f"Agreement '{agreement.id}' is with {agency.name}, which does not exist on {on}: "
            f"have the body that holds its powers then sign."
        )
    if party.has_withdrawn_by(on):
        yield (
            f"{agency.name} withdrew from agreement '{agreement.id}' on {party.withdrawn_on}: "
            f"have it sign a new one, if it is to receive again."
        )
    if party.signed_on is None or on < party.signed_on:
        yield (
            f"Agreement '{agreement.id}' has not been signed for {agency.name}: "
            f"have it signed and write 'signed_on'."
        )
    yield from _law(partnership, agreement, agency, question)


def _law(partnership: Partnership, agreement: Agreement, agency: Agency, question: Question) -> Iterator[str]:
    """Why the law carries it from none of those who can give; nothing where it does from one."""
    found: list[str] = []
    for giver in _able_givers(partnership, agreement, question):
        between = (giver.agency, agency.id)
        faults = law.against(partnership, agreement, question.dataset, between, question.purpose, question.on)
        if not faults:
            return
        found += [_said(agreement, fault) for fault in faults]
    yield from dict.fromkeys(found)


def _able_givers(partnership: Partnership, agreement: Agreement, question: Question) -> list[Party]:
    """Those who can give today; all of them where none can, which is told by itself."""
    givers = givers_of(partnership, agreement, question.dataset)
    able = [one for one in givers if _cannot_give(partnership, agreement, one, question) is None]
    return able or givers


def _said(agreement: Agreement, fault: Fault) -> str:
    return f"Agreement '{agreement.id}': {fault.what} {fault.change}"

"""Taking a bad delivery in, and seeing that nothing but the refusal comes of it."""

from __future__ import annotations

from roundtable.ledger import deliveries
from roundtable.ledger.models import DeliveryStatus
from tests.factories_intake import DropOff


def refused(drop_off: DropOff, rule: str) -> str:
    """Take everything in where one file stands; why it was refused. A second call must write nothing."""
    before = drop_off.without_refusals()
    receipt = drop_off.receive_one()
    assert receipt.status is DeliveryStatus.REFUSED, str(receipt)
    assert {problem.rule for problem in receipt.problems} == {rule}
    assert drop_off.without_refusals() == before
    kept = deliveries.known(receipt.delivery_id)
    assert kept is not None and kept.status is DeliveryStatus.REFUSED
    state = drop_off.state()
    again = drop_off.receive_one()
    assert (again.fresh, again.status) == (False, DeliveryStatus.REFUSED)
    assert {problem.rule for problem in again.problems} == {rule}
    assert drop_off.state() == state, "a refusal that stands is written once"
    return str(receipt)


def unrecorded(drop_off: DropOff, rule: str) -> str:
    """Take everything in where one thing stands of which there is nothing to remember; why it was refused."""
    before = drop_off.state()
    receipt = drop_off.receive_one()
    assert receipt.refused and {problem.rule for problem in receipt.problems} == {rule}
    assert drop_off.state() == before
    return str(receipt)

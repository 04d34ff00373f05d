"""Retention: what is due goes on time, and what a hold keeps stays."""

from datetime import timedelta

import pytest

from roundtable.errors import SettingUnusable
from roundtable.ledger import deliveries, erasures
from roundtable.ledger.models import DeliveryStatus
from roundtable.rights import requesting
from roundtable.rights.retaining import expire, retention
from tests.factories_rights import NOW, People
from tests.unit.rights.desk import desk

OVER = NOW + timedelta(days=366)


def test_a_delivery_goes_when_its_time_is_over_and_not_before(people: People) -> None:
    people.incident("c1", surname="Ash")
    people.quarantined(1, "{}")
    people.deliver()
    raw = people.folder / "deliveries" / "police" / "0.csv"
    raw.parent.mkdir(parents=True)
    raw.write_text("id\nc1\n")
    assert retention(desk(people, OVER - timedelta(days=1))).due == ()
    assert expire(desk(people, OVER - timedelta(days=1)), "dpo") is None
    certificate = expire(desk(people, OVER), "dpo")
    assert certificate is not None
    assert certificate["proved"] is True
    assert not raw.exists()
    assert list((people.folder / ".roundtable" / "lake").glob("*/*.*")) == []
    (record,) = deliveries.every_delivery()
    assert record.status is DeliveryStatus.EXPIRED
    assert retention(desk(people, OVER)).expiries == ()
    assert [job.order.cause for job in erasures.every_erasure()] == ["retention"]


def test_a_legal_hold_keeps_the_delivery_and_says_so(people: People) -> None:
    record = people.incident("c1", surname="Ash")
    people.deliver()
    people.incident("c2", surname="Elm")
    people.deliver()
    requesting.hold(desk(people), [record], "siro", "an inquest", NOW.date() + timedelta(days=900))
    found = retention(desk(people, OVER))
    assert found.held == {"0000000000000000": (1,)}
    certificate = expire(desk(people, OVER), "dpo")
    assert certificate is not None
    assert certificate["deliveries"] == ["0000000000000001"]
    assert expire(desk(people, OVER), "dpo") is None


def test_an_agreement_without_a_limit_keeps_what_it_let_through(people: People) -> None:
    people.incident("c1", surname="Ash")
    people.deliver()
    (one,) = retention(desk(people, NOW + timedelta(days=9999), retention_days=None)).expiries
    assert (one.last_day, one.why) == (None, "no agreement and no contract limits it")
    with pytest.raises(SettingUnusable, match="there is no post"):
        expire(desk(people, OVER), "nobody")

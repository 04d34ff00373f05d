"""Ten times the usual rows wait for a person; a tenth of them is told of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from roundtable.data.intake.receipts import Receipt
from roundtable.data.intake.releasing import release_delivery
from roundtable.errors import SettingUnusable
from roundtable.ledger import audit, deliveries
from roundtable.ledger.models import DeliveryStatus
from tests.factories import agency
from tests.factories_intake import DropOff, good_rows, zipped

ACCEPTED, WAITING = DeliveryStatus.ACCEPTED, DeliveryStatus.WAITING
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
POST = {"id": "police-data", "title": "Data manager", "kind": "data_steward"}


def months(drop_off: DropOff, **rows: int) -> dict[str, Receipt]:
    for month, number in rows.items():
        name = month.replace("m", "2024-")
        drop_off.deliver("crimes", f"{name}.csv", good_rows(number, name))
    return {name.removeprefix("crimes/"): receipt for name, receipt in drop_off.receive().items()}


def test_ten_times_the_usual_rows_wait_and_none_of_them_is_taken(drop_off: DropOff) -> None:
    receipts = months(drop_off, m01=40, m02=50, m03=60, m04=500)
    waits = receipts["2024-04.csv"]
    assert (waits.status, waits.rows_received, waits.rows_kept, waits.problems) == (WAITING, 500, 0, ())
    assert waits.told == (
        "It waits for a person: 500 rows came, and the usual is 50 rows (the median of the 3 earlier "
        "deliveries of its kind). If that is right, a post releases it: `roundtable deliveries release DIR "
        f"{waits.delivery_id} --post POST --reason WHY`.",
    )
    assert len(drop_off.rows("event")) == 150
    state = drop_off.state()
    assert drop_off.receive()["crimes/2024-04.csv"].fresh is False
    assert drop_off.state() == state


@pytest.mark.parametrize(
    "rows",
    [
        {"m01": 40, "m02": 50, "m03": 499},
        {"m01": 40, "m02": 50, "m03": 60, "m04": 499},
        {"m01": 1, "m02": 1, "m03": 1, "m04": 99},
    ],
)
def test_fewer_do_not_nor_the_first_few_nor_small_numbers(drop_off: DropOff, rows: dict[str, int]) -> None:
    assert {receipt.status for receipt in months(drop_off, **rows).values()} == {ACCEPTED}


def test_an_archive_of_many_months_is_compared_by_the_month(drop_off: DropOff) -> None:
    months(drop_off, m01=40, m02=50, m03=60)
    year = {f"2025-{n:02d}.csv": good_rows(50, f"2025-{n:02d}") for n in range(1, 13)}
    drop_off.deliver("crimes", "2025.zip", zipped(year))
    assert drop_off.receive()["crimes/2025.zip"].status is ACCEPTED


def test_a_history_that_the_sender_drew_up_first_is_compared_with_nothing(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2020-01.csv", good_rows(900, "2020-01"))
    assert {receipt.status for receipt in months(drop_off, m01=40, m02=50, m03=60).values()} == {ACCEPTED}


def test_one_that_was_taken_when_nothing_was_usual_yet_waits_once_it_is_known(drop_off: DropOff) -> None:
    assert months(drop_off, m04=500)["2024-04.csv"].status is ACCEPTED
    receipts = months(drop_off, m01=40, m02=50, m03=60)
    assert receipts["2024-04.csv"].status is WAITING
    assert len(drop_off.rows("event")) == 150


def test_a_post_releases_it_and_it_is_taken_in(drop_off: DropOff) -> None:
    drop_off.parts.append(agency("police", kind="police", roles=[POST]))
    waits = months(drop_off, m01=40, m02=50, m03=60, m04=500)["2024-04.csv"]
    why = "The force sent a year at once."
    release_delivery(drop_off.partnership, waits.delivery_id, "police-data", why, NOW)
    event = list(audit.events())[-1]
    assert (event.action, event.about) == ("delivery.released", waits.delivery_id)
    assert event.detail == {"post": "police-data", "reason": why, "rows": 500}
    receipt = drop_off.receive()["crimes/2024-04.csv"]
    assert (receipt.status, receipt.fresh, receipt.rows_kept) == (ACCEPTED, True, 500)
    with pytest.raises(SettingUnusable, match="does not wait for a person: it is accepted"):
        release_delivery(drop_off.partnership, waits.delivery_id, "police-data", why, NOW)


@pytest.mark.parametrize(
    ("post", "reason", "says"),
    [
        ("nobody", "Why.", "there is no post 'nobody'"),
        ("police-data", "  ", "no reason is given"),
        ("police-data", "Ask somebody@example.org", "looks like an e-mail address"),
    ],
)
def test_nobody_unknown_releases_and_nobody_without_a_reason(
    drop_off: DropOff, post: str, reason: str, says: str
) -> None:
    drop_off.parts.append(agency("police", kind="police", roles=[POST]))
    waits = months(drop_off, m01=40, m02=50, m03=60, m04=500)["2024-04.csv"]
    with pytest.raises(SettingUnusable, match=says):
        release_delivery(drop_off.partnership, waits.delivery_id, post, reason, NOW)
    assert deliveries.released_deliveries() == frozenset()


def test_a_tenth_of_the_usual_rows_is_taken_and_told_of(drop_off: DropOff) -> None:
    receipt = months(drop_off, m01=400, m02=500, m03=600, m04=50)["2024-04.csv"]
    assert receipt.status is ACCEPTED
    assert receipt.told == (
        "Far fewer rows than usual: 50 rows came, and the usual is 500 rows (the median of the 3 earlier "
        "deliveries of its kind). Ask the sender whether this is all of it.",
    )


def test_a_correction_that_waits_leaves_what_it_corrects(drop_off: DropOff) -> None:
    months(drop_off, m01=40, m02=50, m03=60, m04=55)
    drop_off.deliver("crimes", "2024-04-b.csv", good_rows(900, "2024-04"), note="corrects: 2024-04.csv")
    receipts = drop_off.receive()
    assert receipts["crimes/2024-04-b.csv"].status is WAITING
    assert receipts["crimes/2024-04.csv"].status is ACCEPTED
    assert len(drop_off.rows("event")) == 205


def test_a_delivery_without_a_note_is_compared_with_those_that_have_one(drop_off: DropOff) -> None:
    """Who forgets the note is who sends ten times the rows."""
    for month in ("01", "02", "03"):
        note = f"as_at: '2024-{month}-28T12:00:00Z'\n"
        drop_off.deliver("crimes", f"2024-{month}.csv", good_rows(50, f"2024-{month}"), note)
    drop_off.deliver("crimes", "2024-05.csv", good_rows(600, "2024-05"))
    assert drop_off.receive()["crimes/2024-05.csv"].status is WAITING

"""When a request must be answered."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.governance.rights import law
from roundtable.governance.rights.deadlines import deadline, may_be_extended, months_after
from roundtable.governance.rights.law import exemptions, reach_of, time_limits
from roundtable.ledger.models import Right
from roundtable.ledger.requests import RequestRecord, Stop
from roundtable.partnership.model.agreement import Regime


def _asked(right: Right = Right.ACCESS, on: date = date(2026, 11, 3), **fields: object) -> RequestRecord:
    return RequestRecord(1, right, "", on, "dpo", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 3), date(2026, 12, 3)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_a_month_is_a_calendar_month(received: date, due: date) -> None:
    found = deadline(_asked(on=received), Regime.UK_GDPR, received)
    assert found is not None
    assert found.due == due


def test_two_months_more_when_it_was_extended() -> None:
    found = deadline(_asked(extended_on=date(2026, 11, 20)), Regime.UK_GDPR, date(2026, 11, 20))
    assert found is not None
    assert found.due == date(2027, 2, 3)
    assert "extended by 2 months" in found.told


def test_the_clock_stands_still_while_an_identity_is_checked() -> None:
    waiting = _asked(stops=(Stop(date(2026, 11, 5), None, "who are you"),))
    found = deadline(waiting, Regime.UK_GDPR, date(2027, 5, 1))
    assert found is not None
    assert found.due is None
    assert found.stopped
    assert not found.is_past(date(2030, 1, 1))
    answered = _asked(stops=(Stop(date(2026, 11, 5), date(2026, 11, 15), "who are you"),))
    found = deadline(answered, Regime.UK_GDPR, date(2026, 11, 15))
    assert found is not None
    assert found.due == date(2026, 12, 13)


def test_a_complaint_is_acknowledged_within_thirty_days_once_the_law_says_so() -> None:
    found = deadline(_asked(Right.COMPLAINT), Regime.UK_GDPR, date(2026, 11, 3))
    assert found is not None
    assert found.due == date(2026, 12, 3)
    assert "acknowledged within 30 days" in found.told
    assert "not verified by a post" in found.told
    assert deadline(_asked(Right.COMPLAINT, date(2026, 1, 1)), Regime.UK_GDPR, date(2026, 1, 1)) is None


def test_nobody_can_object_under_part_3() -> None:
    assert deadline(_asked(Right.OBJECTION), Regime.LAW_ENFORCEMENT, date(2026, 11, 3)) is None
    reach = reach_of(Right.OBJECTION, "part_3")
    assert reach is not None
    assert reach.applies == "no"


def test_the_law_of_the_day_of_receipt_decides_whether_part_3_can_be_extended() -> None:
    before, since = date(2026, 2, 4), date(2026, 2, 5)
    assert may_be_extended(_asked(on=since), Regime.LAW_ENFORCEMENT, since) is None
    assert may_be_extended(_asked(on=before), Regime.LAW_ENFORCEMENT, before) is not None
    for on in (before, since):
        found = deadline(_asked(on=on), Regime.LAW_ENFORCEMENT, on)
        assert found is not None
        assert found.due == months_after(on, 1)


def test_it_can_be_extended_once_in_time_and_where_the_law_lets_it() -> None:
    today = date(2026, 11, 20)
    assert may_be_extended(_asked(), Regime.UK_GDPR, today) is None
    assert (
        may_be_extended(_asked(), Regime.UK_GDPR, date(2026, 12, 4))
        == "the person had to be told by 2026-12-03"
    )
    assert may_be_extended(_asked(extended_on=today), Regime.UK_GDPR, today) == "it has been extended already"
    assert (
        may_be_extended(_asked(Right.COMPLAINT), Regime.UK_GDPR, today) == "the law allows no longer for this"
    )


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(0, 48))
def test_months_never_skip_one(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day


def test_every_row_of_the_law_says_where_it_is_from_and_that_nobody_checked_it() -> None:
    rows = [(row.provision, row.status) for row in time_limits()]
    rows += [(row.provision, row.status) for row in exemptions().values()]
    assert len(rows) > 30
    assert all(provision for provision, _ in rows)
    assert {status for _, status in rows} <= {"read", "recalled"}, "nobody has verified one"
    assert {row.right for row in time_limits()} == set(Right)


@pytest.mark.parametrize("name", ["time_limits", "exemptions", "rights_by_basis"])
def test_what_was_read_gives_the_address_and_the_day_and_what_was_not_claims_none(name: str) -> None:
    path = Path(law.__file__).parent / "reference" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert row["source"].startswith("http") is (row["status"] == "read"), row
        assert date.fromisoformat(row["dated"]) <= date(2026, 11, 23)

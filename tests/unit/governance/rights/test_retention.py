"""Until when a delivery may be kept."""

from datetime import date

import pytest

from roundtable.governance.rights.retention import Kept, due, expiry
from tests.factories import agreement, dataset

KEPT = Kept("d", "crimes", "f.csv", date(2026, 1, 1), ("a", "b"))


def _until(*days: int | None, levels: list[dict[str, object]] | None = None) -> date | None:
    named = dict(zip(("a", "b"), days, strict=False))
    agreements = {name: agreement(name, retention_days=length) for name, length in named.items()}
    contract = dataset("crimes", "fire", slaProperties=levels or [])
    return expiry(KEPT, agreements, contract).last_day


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ((30,), date(2026, 1, 31)),
        ((30, 60), date(2026, 3, 2)),
        ((30, None), None),
        ((None, None), None),
        ((), None),
    ],
)
def test_the_longest_of_its_agreements_counts(days: tuple[int | None, ...], last: date | None) -> None:
    assert _until(*days) == last


@pytest.mark.parametrize(
    ("level", "last"),
    [
        ({"property": "retention", "value": 10}, date(2026, 1, 11)),
        ({"property": "Retention", "value": "2", "unit": "weeks"}, date(2026, 1, 15)),
        ({"property": "retention", "value": 1, "unit": "y"}, date(2026, 1, 31)),
        ({"property": "retention", "value": "a while"}, date(2026, 1, 31)),
        ({"property": "frequency", "value": 1}, date(2026, 1, 31)),
    ],
)
def test_a_contract_can_only_cut_it_short(level: dict[str, object], last: date) -> None:
    assert _until(30, levels=[level]) == last


def test_the_last_day_is_not_yet_over() -> None:
    one = expiry(KEPT, {"a": agreement("a", retention_days=30)}, None)
    assert due([one], date(2026, 1, 31)) == ()
    assert due([one], date(2026, 2, 1)) == (one,)

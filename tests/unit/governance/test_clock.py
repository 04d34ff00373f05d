"""The trusted clock is the machine's, in UTC."""

from datetime import UTC, datetime

from roundtable.governance.clock import trusted_clock


def test_it_tells_the_time_now_with_its_zone() -> None:
    before = datetime.now(UTC)
    now = trusted_clock()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() is not None and not now.utcoffset()

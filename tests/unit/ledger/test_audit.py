"""The audit chain: whoever touches it is found out, but for a tail cut off while nobody kept the head."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roundtable.ledger import audit, runs
from roundtable.ledger.audit import Head
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.models import AuditEvent

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def five(ledger: Path) -> Head:
    """A chain of five events, and its head as somebody noted it."""
    for number in range(1, 6):
        audit.append("thing.done", f"thing {number}", {"number": number, "word": "Ünïcode \x00 '"}, NOON)
    return audit.head()


def _told(kept: Head | None = None) -> list[str]:
    return [problem.what for problem in audit.verify(kept).problems]


def test_events_come_back_as_they_were_written(five: Head) -> None:
    events = list(audit.events())
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5]
    assert events[2].about == "thing 3"
    assert dict(events[2].detail) == {"number": 3, "word": "Ünïcode \x00 '"}
    assert events[2].at == NOON
    assert [event.sequence for event in audit.events(after=3)] == [4, 5]


def test_a_chain_that_nobody_touched_is_whole(five: Head) -> None:
    verdict = audit.verify(five)
    assert verdict.problems == ()
    assert (verdict.events, verdict.head) == (5, five)


def test_an_empty_chain_is_whole(ledger: Path) -> None:
    assert audit.verify() == audit.Verdict(0, Head(0, "0" * 64), ())


@pytest.mark.parametrize(
    "change",
    [
        {"action": "thing.undone"},
        {"about": "thing 4"},
        {"detail": '{"number":4,"word":"x"}'},
        {"at": NOON + timedelta(microseconds=1)},
        {"run": 7},
        {"attempt": 2},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_event_that_was_changed_is_found(five: Head, change: dict[str, object]) -> None:
    AuditEvent.objects.filter(sequence=3).update(**change)
    assert _told() == ["audit event 3 has been changed since it was written"]


def test_an_event_changed_together_with_its_hash_is_found(five: Head) -> None:
    row = AuditEvent.objects.get(sequence=3)
    row.about = "thing 33"
    row.hash = audit._hash(row)
    row.save()
    assert _told() == ["audit event 4 does not follow from the event before it"]


def test_an_event_that_was_taken_out_is_found(five: Head) -> None:
    AuditEvent.objects.filter(sequence=3).delete()
    assert _told() == ["audit event 3 is missing: the next one there is number 4"]


def test_an_event_taken_out_and_the_rest_moved_up_is_found(five: Head) -> None:
    AuditEvent.objects.filter(sequence=3).delete()
    for sequence in (4, 5):
        AuditEvent.objects.filter(sequence=sequence).update(sequence=sequence - 1)
    assert "audit event 3 does not follow from the event before it" in _told()


def test_everything_wrong_is_told_at_once(five: Head) -> None:
    AuditEvent.objects.filter(sequence=1).update(about="nothing")
    AuditEvent.objects.filter(sequence=4).delete()
    assert len(_told()) == 2


def test_a_tail_that_was_cut_off_is_found_only_by_a_head_kept_elsewhere(five: Head) -> None:
    AuditEvent.objects.filter(sequence__gt=3).delete()
    assert _told() == []
    assert _told(five) == ["audit event 5 was kept elsewhere as the head, and is gone with all after it"]


def test_a_chain_written_anew_is_found_only_by_a_head_kept_elsewhere(five: Head) -> None:
    AuditEvent.objects.all().delete()
    for _ in range(6):
        audit.append("thing.done", "a better story", {}, NOON)
    assert _told() == []
    assert _told(five) == ["audit event 5 is not the event whose head was kept elsewhere"]


def test_a_longer_chain_still_holds_the_head_that_was_kept(five: Head) -> None:
    audit.append("thing.done", "thing 6", {})
    assert _told(five) == []


def test_an_event_of_a_transaction_that_failed_never_was(five: Head) -> None:
    with pytest.raises(ZeroDivisionError), ledger_transaction():
        audit.append("thing.done", "thing 6", {})
        raise ZeroDivisionError
    assert audit.head() == five
    audit.append("thing.done", "thing 6", {})
    assert audit.head().sequence == 6


def test_an_event_knows_its_run(ledger: Path) -> None:
    run = runs.begin_or_resume("a" * 64, {})
    audit.append("thing.done", "within", {})
    runs.finish(run)
    audit.append("thing.done", "after", {})
    found = [(event.about, event.run, event.attempt) for event in audit.events()]
    assert found == [("run 1", 1, 1), ("within", 1, 1), ("run 1", 1, 1), ("after", None, None)]


def test_a_detail_that_is_no_json_is_a_mistake_of_ours(ledger: Path) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        audit.append("thing.done", "thing", {"share": float("nan")})

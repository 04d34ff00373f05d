"""A post at work in the quarantine: what it sees, mends, releases and dismisses, and what is kept of that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from roundtable.data.quarantine.held import held, held_rows
from roundtable.data.quarantine.working import Desk
from roundtable.errors import NotPermitted, SettingUnusable, StoreUnusable
from roundtable.ledger import audit, deliveries, quarantine
from tests.factories_intake import DropOff, good_rows, licence, zipped
from tests.factories_people import incident, incident_file, incidents

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WHY = "The sender confirmed it in writing."
FILE = "2024-01.csv"


def desk(drop_off: DropOff, post: str = "police-data") -> Desk:
    return Desk(drop_off.partnership, drop_off.lake, post, NOW)


def crimes_with(drop_off: DropOff, *rows: bytes) -> str:
    drop_off.deliver("crimes", FILE, good_rows(3) + b"".join(row + b"\n" for row in rows))
    return drop_off.receive_one().delivery_id


def counted(delivery: str) -> tuple[int, int, int, int]:
    record = deliveries.known(delivery)
    assert record is not None
    found = (record.rows_received, record.rows_kept, record.rows_quarantined, record.rows_dismissed)
    assert found[0] == sum(found[1:])
    return found


def acts() -> list[str]:
    return [event.action for event in audit.events() if event.action.startswith("quarantine.")]


def test_what_is_held_is_counted_by_dataset_rule_and_delivery_with_its_age(drop_off: DropOff) -> None:
    delivery = crimes_with(drop_off, b"a,2024-01,,,Arson,", b"b,2024-01,,,Arson,", b"c,January,,,Robbery,")
    found = held(drop_off.lake, NOW + timedelta(days=9))
    assert [(one.rule, one.rows, one.days) for one in found] == [("code", 2, 9), ("date-format", 1, 9)]
    assert {one.delivery_id for one in found} == {delivery}
    assert {(one.dataset, one.agency) for one in found} == {("crimes", "police")}


def test_a_mended_row_enters_when_it_is_released_and_no_sooner(drop_off: DropOff) -> None:
    delivery = crimes_with(drop_off, b"a,2024-01,,,Arson,")
    at = desk(drop_off)
    at.mend(at.row(delivery, 5), delivery, "kind", "Robbery", WHY)
    assert drop_off.receive_one().fresh is False
    assert counted(delivery) == (4, 3, 1, 0)
    assert at.release(delivery, WHY) == 1
    receipt = drop_off.receive_one()
    assert (receipt.fresh, receipt.rows_kept, receipt.rows_quarantined) == (True, 4, 0)
    assert drop_off.rows("quarantine") == []
    assert [(row["event_id"], row["code"]) for row in drop_off.rows("event")][-1] == ("2024-01/4", "Robbery")
    assert drop_off.receive_one().fresh is False


def test_a_mend_that_does_not_fit_leaves_the_row_where_it_is(drop_off: DropOff) -> None:
    delivery = crimes_with(drop_off, b"a,January,,,Arson,")
    at = desk(drop_off)
    at.mend(at.row(delivery, 5), delivery, "kind", "Robbery", WHY)
    at.release(delivery, WHY)
    drop_off.receive()
    assert counted(delivery) == (4, 3, 1, 0)
    (row,) = held_rows(drop_off.lake, delivery)
    assert (row.rule, row.column) == ("date-format", "month")
    at.mend(at.row(delivery, 5), delivery, "month", "2024-01", WHY)
    at.release(delivery, WHY)
    drop_off.receive()
    assert counted(delivery) == (4, 4, 0, 0)


def test_the_trail_says_who_when_why_and_which_rule(drop_off: DropOff) -> None:
    delivery = crimes_with(drop_off, b"a,2024-01,,,Arson,", b"b,2024-01,,,Arson,")
    at = desk(drop_off)
    at.shown(delivery, "The monthly look.")
    at.mend(at.row(delivery, 5), delivery, "kind", "Robbery", WHY)
    at.dismiss(at.row(delivery, 6), delivery, "A test record.")
    at.release(delivery, "Checked twice.")
    events = [event for event in audit.events() if event.action.startswith("quarantine.")]
    assert [event.action for event in events] == [
        "quarantine.read",
        "quarantine.mended",
        "quarantine.dismissed",
        "quarantine.released",
    ]
    assert {(event.about, event.at, event.detail["post"]) for event in events} == {
        (delivery, NOW, "police-data")
    }
    assert events[1].detail["rule"] == "code" and events[1].detail["reason"] == WHY
    assert events[3].detail["mends"] == [[5, "kind", "code"]]
    assert "Robbery" not in repr([event.detail for event in events])


def test_a_dismissed_row_stays_counted_and_nothing_of_it_is_kept(drop_off: DropOff) -> None:
    delivery = crimes_with(drop_off, b"a,2024-01,,,Arson,secret", b"b,2024-01,,,Robbery,")
    desk(drop_off).dismiss(desk(drop_off).row(delivery, 5), delivery, "A test record, the sender says.")
    receipt = drop_off.receive_one()
    assert counted(delivery) == (5, 4, 0, 1)
    assert "1 dismissed" in str(receipt)
    assert drop_off.rows("quarantine") == []
    assert drop_off.receive_one().fresh is False


def test_a_row_that_cannot_be_told_apart_can_only_be_dismissed(drop_off: DropOff) -> None:
    delivery = crimes_with(drop_off, b"only,two")
    at = desk(drop_off)
    row = at.row(delivery, 5)
    assert row.rule == "columns"
    with pytest.raises(SettingUnusable, match="cannot be told apart"):
        at.mend(row, delivery, "kind", "Robbery", WHY)
    at.dismiss(row, delivery, "Half a line.")
    drop_off.receive()
    assert counted(delivery) == (4, 3, 0, 1)


def test_files_of_an_archive_are_told_apart(drop_off: DropOff) -> None:
    bad = b"a,2024-01,,,Arson,\n"
    files = {f"2024-0{n}.csv": good_rows(2, f"2024-0{n}") + bad for n in (1, 2)}
    drop_off.deliver("crimes", "all.zip", zipped(files))
    delivery = drop_off.receive_one().delivery_id
    at = desk(drop_off)
    with pytest.raises(SettingUnusable, match="several files"):
        at.row(delivery, 4)
    at.mend(at.row(delivery, 4, "2024-02.csv"), delivery, "kind", "Robbery", WHY)
    at.release(delivery, WHY)
    drop_off.receive()
    assert counted(delivery) == (6, 5, 1, 0)
    (left,) = held_rows(drop_off.lake, delivery)
    assert left.file == "2024-01.csv"


def test_what_a_row_says_of_a_person_is_sealed_and_so_is_its_mend(drop_off: DropOff) -> None:
    drop_off.deliver("incidents", "2025-04.csv", incident_file(incident("i1"), incident("i2", born="never")))
    delivery = drop_off.receive_one().delivery_id
    at = desk(drop_off)
    (row,) = at.shown(delivery, "To ask the sender.")
    assert row.said is not None and row.said["family"] == "Featherby"
    assert "note" not in row.said, "no agreement names it"
    at.mend(at.row(delivery, row.line), delivery, "born", "02/03/1990", WHY)
    (one,) = quarantine.decisions(delivery)
    assert one.sealed and "1990" not in one.sealed
    at.release(delivery, WHY)
    drop_off.receive()
    assert counted(delivery) == (2, 2, 0, 0)
    assert {str(row["date_of_birth"]) for row in drop_off.rows("person_record")} == {
        "1981-06-17",
        "1990-03-02",
    }
    drop_off.keyring = None
    with pytest.raises(StoreUnusable):
        drop_off.rows("person_record")


def test_only_what_agreements_name_today_is_shown(drop_off: DropOff) -> None:
    drop_off.deliver("incidents", "2025-04.csv", incident_file(incident("i1"), incident("i2", born="never")))
    delivery = drop_off.receive_one().delivery_id
    fewer = licence(incidents(), columns={"calls": ["ref", "code", "on"]})
    drop_off.parts = [fewer if part == drop_off.parts[2] else part for part in drop_off.parts]
    (row,) = desk(drop_off).shown(delivery, "To ask the sender.")
    assert row.said is not None and set(row.said) == {"ref", "code", "on"}
    with pytest.raises(SettingUnusable, match="no agreement in force lets the column 'born' through"):
        desk(drop_off).mend(desk(drop_off).row(delivery, row.line), delivery, "born", "02/03/1990", WHY)


@pytest.mark.parametrize("post", ["fire-dpo", "police-lead"])
def test_only_posts_of_a_controller_work_a_quarantine_and_a_refused_look_is_in_the_chain(
    drop_off: DropOff, post: str
) -> None:
    """Of another agency, or of its own and answering for no data: neither sees, changes or drops a row."""
    delivery = crimes_with(drop_off, b"a,2024-01,,,Arson,")
    own, other = desk(drop_off), desk(drop_off, post)
    row = own.row(delivery, 5)
    own.mend(row, delivery, "kind", "Robbery", WHY)
    for refused in (
        lambda: other.shown(delivery, WHY),
        lambda: other.mend(row, delivery, "kind", "Burglary", WHY),
        lambda: other.release(delivery, WHY),
        lambda: other.dismiss(row, delivery, WHY),
    ):
        with pytest.raises(NotPermitted, match=r"may not work the quarantine of .*; police-data may\."):
            refused()
    assert acts() == ["quarantine.mended", "quarantine.read"]
    (look,) = [event for event in audit.events() if event.action == "quarantine.read"]
    assert look.detail == {"post": post, "reason": WHY, "rows": 0, "how": "refused"}
    assert [(one.post, one.released) for one in quarantine.decisions(delivery)] == [("police-data", False)]
    assert counted(delivery) == (4, 3, 1, 0)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda at, one: at.row("0" * 16, 1), "no delivery has the id"),
        (lambda at, one: at.row(one, 2), "line 2 of delivery .* is not in quarantine"),
        (lambda at, one: at.release(one, WHY), "has been mended since"),
        (lambda at, one: at.shown(one, " "), "a reason is needed"),
        (lambda at, one: at.shown(one, "Ask at somebody@example.org"), "looks like an e-mail address"),
        (lambda at, one: replace(at, post="nobody"), "there is no post 'nobody'"),
    ],
)
def test_what_cannot_be_done_is_said(drop_off: DropOff, asked, says: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    delivery = crimes_with(drop_off, b"a,2024-01,,,Arson,")
    with pytest.raises(SettingUnusable, match=says):
        asked(desk(drop_off), delivery)
    assert acts() == []


def test_a_delivery_whose_file_is_gone_cannot_be_read_again(drop_off: DropOff) -> None:
    delivery = crimes_with(drop_off, b"a,2024-01,,,Arson,")
    (drop_off.folder / "deliveries" / "crimes" / FILE).unlink()
    with pytest.raises(SettingUnusable, match="is no longer there"):
        desk(drop_off).dismiss(desk(drop_off).row(delivery, 5), delivery, WHY)

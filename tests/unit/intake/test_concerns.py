"""What an officer is told of each partner's data: what is the matter, what it means, what to do next."""

from __future__ import annotations

from datetime import timedelta

from roundtable.data.intake.concerns import Concern, Matter, concerns
from roundtable.ledger import deliveries
from tests.factories_intake import DropOff, crimes, good_rows


def told(drop_off: DropOff, *late: tuple[str, str]) -> dict[Matter, Concern]:
    received = deliveries.received_at()
    found = concerns(drop_off.partnership, deliveries.every_delivery(), late, received=received)
    assert len({one.matter for one in found}) == len(found)
    return {one.matter: one for one in found}


def test_nothing_is_the_matter(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(3))
    drop_off.receive()
    assert told(drop_off) == {}


def test_every_matter_is_told_with_what_it_means_and_what_to_do(drop_off: DropOff) -> None:
    drop_off.agree(crimes(quarantineLimit=0.4))
    for month, rows in enumerate((300, 300, 300, 4000, 20), start=1):
        drop_off.deliver("crimes", f"2024-0{month}.csv", good_rows(rows, f"2024-0{month}"))
    drop_off.deliver("crimes", "2023-01.csv", b"id\n")
    drop_off.deliver("crimes", "2023-02.csv", good_rows(5, "2023-02") + b"bad\n")
    drop_off.deliver("crimes", "2023-03.csv", good_rows(6, "2023-03"))
    drop_off.deliver("crimes", "w.withdraw.note.yaml", b"withdraws: 2023-03.csv\nreason: A test.\n")
    receipts = drop_off.receive()
    found = told(drop_off, ("crimes", "promised every 31 days, last received 40 days ago"))
    assert set(found) == set(Matter)
    assert {(one.agency, one.partner, one.dataset) for one in found.values()} == {
        ("police", "Police", "crimes")
    }
    waits = receipts["crimes/2024-04.csv"].delivery_id
    assert found[Matter.WAITING].delivery_id == waits
    assert (
        f"`roundtable deliveries release DIR {waits} --post POST --reason WHY`" in found[Matter.WAITING].todo
    )
    said = "deliveries/crimes/2023-01.csv: Line 1: the header is not that of table 'street'"
    assert found[Matter.REFUSED].what.startswith(said)
    assert "[header]" not in found[Matter.REFUSED].what
    assert found[Matter.LATE].what == "promised every 31 days, last received 40 days ago"
    assert found[Matter.SHRINKING].what == (
        "deliveries/crimes/2024-05.csv: 20 rows came, and the usual is 300 rows (the median of the 4 earlier "
        "deliveries of its kind)"
    )
    assert "'east' is not there" in found[Matter.DRIFTING].what
    assert (
        f"adopt DIR crimes-{receipts['crimes/2023-01.csv'].delivery_id}.yaml" in found[Matter.DRIFTING].todo
    )
    assert found[Matter.IN_QUARANTINE].what == "1 of 6 rows of deliveries/crimes/2023-02.csv"
    assert found[Matter.WITHDRAWN].what.endswith("w.withdraw.note.yaml: A test")
    assert all(one.means.endswith(".") and one.todo for one in found.values())
    assert found[Matter.LATE].as_json()["next"] == "Ask Police when it will come."


def test_a_refused_file_is_told_until_a_good_one_of_its_name_stands(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(3).replace(b",note", b",notes", 1))
    drop_off.receive()
    assert set(told(drop_off)) == {Matter.REFUSED, Matter.DRIFTING}
    drop_off.today += timedelta(days=1)
    drop_off.deliver("crimes", "2024-01.csv", good_rows(3))
    drop_off.receive()
    assert told(drop_off) == {}
    # And the other way round: a bad file in the place of a good one is told.
    drop_off.today += timedelta(days=1)
    drop_off.deliver("crimes", "2024-01.csv", b"id\n")
    drop_off.receive()
    assert set(told(drop_off)) == {Matter.REFUSED}

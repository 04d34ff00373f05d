"""Whatever the order in which the same deliveries come, and however many at a time, the same rows stand."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from roundtable.data.content_hash import content_hash
from roundtable.data.engine import EngineName, open_engine
from roundtable.data.intake.limits import Limits
from roundtable.data.standing_rows import ROW_IDS, standing_of
from roundtable.data.tables import LAKE_TABLES
from roundtable.ledger import deliveries
from roundtable.ledger.address import private_folder, sqlite_file
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from roundtable.partnership.model.contract import Dataset
from tests.factories_intake import DropOff, column, contract, crimes, csv_rows, good_rows, table
from tests.factories_people import KEYRING, STAMP, incident, incident_file, incidents, register

Sent = tuple[str, str, bytes, str | None]
#: Each example is a folder's whole life, so that few are tried and none is made smaller.
FEW = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
BOOKS = "id,changed,state,name"


def whole_register() -> Dataset:
    """People on the books, sent whole each month."""
    columns = [
        column("id", "source_id", primaryKey=True, required=True),
        column("changed", "recorded_at", **STAMP),
        column("name", "person.full_name", required=True),
    ]
    terms = {"canonical": "person_record", "arrives": "whole", "periodPattern": r"(?P<period>\d{4}-\d{2})"}
    return contract("books", table("people", columns, **terms), subjects="people")


def night(*rows: str) -> bytes:
    return csv_rows(*rows, header=BOOKS)


def books(*names: str) -> bytes:
    return csv_rows(*(f"{number},,{name}" for number, name in enumerate(names)), header="id,changed,name")


#: Late, corrected, corrected again, withdrawn, repeated, contradictory, refused; increments and registers.
SENT: tuple[Sent, ...] = (
    ("crimes", "2024-01.csv", good_rows(2), None),
    ("crimes", "2024-02.csv", good_rows(3, "2024-02") + b"bad row\n", None),
    ("crimes", "2024-02-b.csv", good_rows(4, "2024-02"), "corrects: 2024-02.csv"),
    ("crimes", "2024-02-c.csv", good_rows(5, "2024-02"), "corrects: 2024-02-b.csv"),
    ("crimes", "a-copy-2024-01.csv", good_rows(2), None),
    ("crimes", "2024-03.csv", good_rows(6, "2024-03"), None),
    ("crimes", "2024-03-other.csv", good_rows(7, "2024-03"), None),
    ("crimes", "2024-04.csv", good_rows(1, "2024-04"), "as_at: '2024-05-01T00:00:00Z'"),
    ("crimes", "2024-04-new.csv", good_rows(2, "2024-04"), "as_at: '2024-05-02T00:00:00Z'"),
    ("crimes", "2024-05.csv", good_rows(3, "2024-05"), None),
    ("crimes", "2024-05-b.csv", good_rows(4, "2024-05"), "corrects: 2024-05.csv"),
    ("crimes", "wrong.withdraw.note.yaml", b"withdraws: 2024-05-b.csv\n", None),
    ("crimes", "2024-06.csv", b"refused\n", None),
    ("incidents", "2025-04.csv", incident_file(incident("i1"), incident("i2", given="Ann")), None),
    ("incidents", "2025-04-b.csv", incident_file(incident("i1", weapon="none")), "corrects: 2025-04.csv"),
    ("register", "n1.csv", night("1,2024-01-01 00:00:00,,Ann Ode", "2,,,Bo Moss"), "period: 2024-01-01"),
    ("register", "n2.csv", night("1,2024-01-02 00:00:00,,Ann Code"), "period: 2024-01-02"),
    ("register", "n3.csv", night("2,,deleted,", "3,,,Cy Reed"), "as_at: '2024-01-03T03:00:00Z'"),
    ("register", "n4.csv", night("3,,,Cy Weed", "4,,,Di Vale"), "as_at: '2024-01-03T03:00:00Z'"),
    ("register", "n5.csv", night("4,,deleted,"), "as_at: '2024-01-05T03:00:00Z'"),
    ("register", "n6.csv", night("4,,,Di Dale"), "as_at: '2024-01-06T03:00:00Z'"),
    ("register", "n7.csv", night("1,,,Wrong Name"), "as_at: '2024-01-07T03:00:00Z'"),
    ("register", "n7.withdraw.note.yaml", b"withdraws: n7.csv\nreason: It was a test.\n", None),
    ("books", "2024-01.csv", books("Ann Ode"), None),
    ("books", "2024-03.csv", books("Ann Ode", "Cy Reed"), None),
    ("books", "2024-02.csv", books("Bo Moss"), None),
)  # fmt: skip


@contextmanager
def drop_off(ledger_file: Path) -> Iterator[DropOff]:
    """A new folder for each order."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        private_folder(folder).mkdir()
        shutil.copyfile(ledger_file, sqlite_file(folder))
        open_ledger(folder, "test")
        with writer_lock(folder):
            made = DropOff(folder, limits=Limits(group_rows=3), keyring=KEYRING)
            made.agree(crimes(quarantineLimit=1), incidents(), register(), whole_register())
            yield made
        close_ledger()


def standing(made: DropOff) -> dict[str, str]:
    """The content hash of the rows that stand, table by table."""
    lake = made.lake
    found = {"quarantine": content_hash(made.table("quarantine"))}
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, KEYRING) as engine:
        what_stands = standing_of(lake)
        for name in ROW_IDS:
            table = LAKE_TABLES[name]
            rows = engine.scan(table, [file.path for file in lake.files(name)])
            found[name] = content_hash(engine.to_arrow(what_stands.of(rows, table, engine), table))
    return found


def statuses(made: DropOff) -> dict[str, str]:
    return {receipt.file: receipt.status.value for receipt in made.receive().values()}


def after(ledger_file: Path, order: Sequence[Sent], calls: set[int]) -> tuple[dict[str, str], dict[str, str]]:
    """What stands, and what became of each file, when they came in this order."""
    with drop_off(ledger_file) as made:
        for number, (dataset, name, content, note) in enumerate(order):
            made.deliver(dataset, name, content, note)
            if number in calls:
                made.receive()
        made.receive()
        wanted = standing(made)
        state, told = made.state(), statuses(made)
        assert made.state() == state, "a call with nothing new writes nothing"
        for record in deliveries.every_delivery():
            counted = record.rows_kept + record.rows_quarantined + record.rows_dismissed
            assert not record.stands or counted == record.rows_received
        return wanted, told


@pytest.fixture(scope="module")
def all_at_once(ledger_file: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What stands, and what became of each file, when everything came at once."""
    return after(ledger_file, SENT, set())


@FEW
@given(order=st.permutations(SENT), calls=st.sets(st.integers(0, len(SENT) - 1), max_size=8))
def test_the_order_of_arrival_and_how_many_come_at_a_time_change_nothing(
    ledger_file: Path,
    all_at_once: tuple[dict[str, str], dict[str, str]],
    order: list[Sent],
    calls: set[int],
) -> None:
    assert after(ledger_file, order, calls) == all_at_once


def test_one_at_a_time_in_either_direction(
    ledger_file: Path, all_at_once: tuple[dict[str, str], dict[str, str]]
) -> None:
    every = set(range(len(SENT)))
    wanted, told = all_at_once
    assert after(ledger_file, SENT, every) == (wanted, told)
    assert after(ledger_file, SENT[::-1], every) == (wanted, told)
    short = {name.removeprefix("deliveries/"): status for name, status in told.items()}
    assert short == {
        "crimes/2024-01.csv": "accepted",
        "crimes/a-copy-2024-01.csv": "repeated",
        "crimes/2024-02.csv": "superseded",
        "crimes/2024-02-b.csv": "superseded",
        "crimes/2024-02-c.csv": "accepted",
        "crimes/2024-03.csv": "accepted",
        "crimes/2024-03-other.csv": "refused",
        "crimes/2024-04.csv": "superseded",
        "crimes/2024-04-new.csv": "accepted",
        "crimes/2024-05.csv": "accepted",
        "crimes/2024-05-b.csv": "withdrawn",
        "crimes/wrong.withdraw.note.yaml": "withdrawn",
        "crimes/2024-06.csv": "refused",
        "incidents/2025-04.csv": "superseded",
        "incidents/2025-04-b.csv": "accepted",
        **{f"register/n{number}.csv": "accepted" for number in range(1, 7)},
        "register/n7.csv": "withdrawn",
        "register/n7.withdraw.note.yaml": "withdrawn",
        "books/2024-01.csv": "superseded",
        "books/2024-02.csv": "superseded",
        "books/2024-03.csv": "accepted",
    }


#: Ten times the usual rows, contradictory corrections, an archive beside its months.
TANGLED: tuple[Sent, ...] = (
    ("crimes", "2024-01.csv", good_rows(30), None),
    ("crimes", "2024-02.csv", good_rows(30, "2024-02"), None),
    ("crimes", "2024-03.csv", good_rows(30, "2024-03"), None),
    ("crimes", "2024-04.csv", good_rows(400, "2024-04"), None),
    ("crimes", "2024-04-b.csv", good_rows(20, "2024-04"), "corrects: 2024-04.csv"),
    ("crimes", "2024-04-c.csv", good_rows(500, "2024-04"), "corrects: 2024-04.csv"),
)


def test_what_waits_and_what_contradicts_is_the_same_in_every_order(ledger_file: Path) -> None:
    orders = list(permutations(TANGLED))
    random.Random(4).shuffle(orders)
    every = set(range(len(TANGLED)))
    wanted = after(ledger_file, TANGLED, set())
    for order in orders[:6]:
        assert after(ledger_file, order, every) == wanted


def test_the_newest_row_of_a_thing_stands_and_a_withdrawn_one_does_not(ledger_file: Path) -> None:
    with drop_off(ledger_file) as made:
        for dataset, name, content, note in SENT:
            made.deliver(dataset, name, content, note)
        made.receive()
        lake, people = made.lake, LAKE_TABLES["person_record"]
        with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, KEYRING) as engine:
            rows = engine.scan(people, [file.path for file in lake.files("person_record")])
            stands = engine.to_arrow(standing_of(lake).of(rows, people, engine), people)
        named = {
            (row["dataset"], row["source_id"]): row["full_name"]
            for row in stands.to_pylist()
            if row["dataset"] == "register"
        }
        at_one_time = {"n3.csv": "Cy Reed", "n4.csv": "Cy Weed"}
        ids = {
            record.file.rpartition("/")[2]: record.delivery_id for record in deliveries.standing("register")
        }
        later = max(at_one_time, key=lambda name: ids[name])
        assert named == {
            ("register", "1"): "Ann Code",
            ("register", "3"): at_one_time[later],
            ("register", "4"): "Di Dale",
        }

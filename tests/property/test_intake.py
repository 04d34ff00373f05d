"""Whatever is sent: nothing falls over, no row is lost, and the order of arrival changes nothing."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundtable.data.intake.limits import Limits
from roundtable.ledger.address import private_folder, sqlite_file
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from roundtable.ledger.models import DeliveryStatus
from tests.factories_intake import CODES, HEADER, DropOff, crimes, good_rows

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
#: Blocks so small that every example has several.
SMALL = Limits(block=16, record=64, group_rows=3)
ROOMY = Limits(block=16, group_rows=3)


@contextmanager
def drop_off(ledger_file: Path) -> Iterator[DropOff]:
    """A new folder for each example."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        private_folder(folder).mkdir()
        shutil.copyfile(ledger_file, sqlite_file(folder))
        open_ledger(folder, "test")
        with writer_lock(folder):
            made = DropOff(folder, limits=ROOMY)
            made.agree(crimes(quarantineLimit=1))
            yield made
        close_ledger()


LETTERS = st.sampled_from(list(b',"\n\raB1-.')).map(lambda one: bytes([one]))
WORDS = LETTERS | st.sampled_from([b"\r\n", b"2024-01", b"Burglary", b"-1.5", b"\xc3\xa9", b"\xff"])
ANYTHING = st.one_of(st.binary(max_size=200), st.lists(WORDS, max_size=60).map(b"".join))


@FEW
@given(content=ANYTHING, with_header=st.booleans())
def test_any_bytes_are_taken_whole_or_refused(ledger_file: Path, content: bytes, with_header: bool) -> None:
    with drop_off(ledger_file) as made:
        made.limits = SMALL
        made.deliver("crimes", "2024-01.csv", f"{HEADER}\n".encode() + content if with_header else content)
        receipt = made.receive_one()
        assert receipt.status in (DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED)
        assert receipt.rows_received == receipt.rows_kept + receipt.rows_quarantined
        assert receipt.rows_kept == len(made.rows("event"))
        assert receipt.rows_quarantined == len(made.rows("quarantine"))
        again = made.receive_one()
        assert (again.fresh, again.status) == (False, receipt.status)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(",\"\n\r;'"), max_size=12)
ROWS = st.lists(
    st.tuples(
        TEXT,
        st.integers(1, 12),
        st.none() | st.tuples(st.decimals(-180, 180, places=6), st.decimals(-90, 90, places=6)),
        st.sampled_from(CODES),
        TEXT,
    ),
    max_size=12,
)


@FEW
@given(
    rows=ROWS,
    end=st.sampled_from(["\n", "\r\n"]),
    quoted=st.booleans(),
)
def test_good_rows_come_out_as_they_went_in(
    ledger_file: Path,
    rows: list[tuple[str, int, tuple[Decimal, Decimal] | None, str, str]],
    end: str,
    quoted: bool,
) -> None:
    text = io.StringIO(newline="")
    # Python's writer leaves a lone carriage return without quotes, and then it ends a line.
    quoted = quoted or any("\r" in row[0] + row[4] for row in rows)
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow(HEADER.split(","))
    for source_id, month, point, code, note in rows:
        writer.writerow([source_id, f"2024-{month:02d}", *(point or ("", "")), code, note])
    with drop_off(ledger_file) as made:
        made.deliver("crimes", "2024-01.csv", text.getvalue().encode())
        receipt = made.receive_one()
        assert receipt.rows_kept == len(rows), str(receipt)
        assert [row["source_id"] or "" for row in made.rows("event")] == [row[0] for row in rows]
        assert [row["occurred_from"].month for row in made.rows("event")] == [row[1] for row in rows]
        points = [(row["longitude"], row["latitude"]) for row in made.rows("event")]
        assert points == [row[2] or (None, None) for row in rows]
        assert [row["code"] for row in made.rows("event")] == [row[3] for row in rows]


#: Months by file: two that stand alone, one that is corrected twice, and one that is sent twice.
SENT = (
    ("2024-01.csv", good_rows(2), None),
    ("2024-02.csv", good_rows(3, "2024-02") + b"bad row\n", None),
    ("2024-03.csv", good_rows(4, "2024-03"), None),
    ("2024-03-b.csv", good_rows(5, "2024-03"), "corrects: 2024-03.csv"),
    ("2024-03-c.csv", good_rows(1, "2024-03"), "corrects: 2024-03-b.csv"),
    ("again/2024-01.csv", good_rows(2), None),
    ("2024-04.csv", b"refused\n", None),
)


@settings(FEW, max_examples=25)
@given(order=st.permutations(SENT), calls=st.sets(st.integers(0, len(SENT) - 1)))
def test_the_order_of_arrival_changes_nothing(
    ledger_file: Path, order: list[tuple[str, bytes, str | None]], calls: set[int]
) -> None:
    with drop_off(ledger_file) as made:
        for name, content, note in SENT:
            made.deliver("crimes", name, content, note)
        made.receive()
        wanted = made.hashes()
    with drop_off(ledger_file) as made:
        for number, (name, content, note) in enumerate(order):
            made.deliver("crimes", name, content, note)
            if number in calls:
                made.receive()
        made.receive()
        assert made.hashes() == wanted
        state = made.state()
        made.receive()
        assert made.state() == state


@settings(FEW, max_examples=40)
@given(rows=st.integers(0, 40), block=st.integers(4, 300), group=st.integers(1, 50))
def test_how_much_is_read_at_a_time_changes_nothing(
    ledger_file: Path, rows: int, block: int, group: int
) -> None:
    hashes = []
    for limits in (Limits(), Limits(block=block, group_rows=group)):
        with drop_off(ledger_file) as made:
            made.limits = limits
            made.deliver("crimes", "2024-01.csv", good_rows(rows) + b'x,"2024\n-01",,,Burglary,\nbad\n')
            made.receive()
            hashes.append([(file.table, file.sha256) for file in made.lake.listed()])
    assert hashes[0] == hashes[1]

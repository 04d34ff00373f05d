"""Notes that come apart from their files, late and changed, beside corrections, newer ones and withdrawals.

Whatever the order, the same rows stand in the end, and the same becomes of every file.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import note as event
from hypothesis import strategies as st

from tests.factories_intake import good_rows
from tests.property.sendings import Act, sending, woven
from tests.property.test_any_order import FEW, drop_off, standing, statuses

Outcome = tuple[dict[str, str], dict[str, str]]


def after(ledger: Path, acts: Sequence[Act], calls: set[int]) -> Outcome:
    """What stands, and what became of each file, when these things happened and `receive` came in between."""
    with drop_off(ledger) as made:
        for number, act in enumerate(acts):
            act.do(made)
            if number in calls:
                made.receive()
        made.receive()
        state, told = made.state(), statuses(made)
        assert made.state() == state, "a call with nothing new writes nothing"
        return standing(made), told


@settings(FEW, max_examples=8)
@given(random=st.randoms(use_true_random=False))
def test_in_whatever_order_they_come(ledger_file: Path, random: Random) -> None:
    threads = sending(random)
    order = woven(random, threads)
    calls = {number for number in range(len(order)) if random.random() < 0.6}
    for number, act in enumerate(order):
        event(f"{act.name}, received {number in calls}: {act.content!r}")
    at_once = after(ledger_file, [act for thread in threads for act in thread], set())
    assert after(ledger_file, order, calls) == at_once


A, B, COPY = "2024-01-a.csv", "2024-01-b.csv", "2024-01-a-copy.csv"
FIRST, SECOND = b"as_at: '2024-03-01T00:00:00Z'\n", b"as_at: '2024-03-02T00:00:00Z'\n"


def crime(name: str, rows: int, said: bytes | None = None) -> tuple[Act, ...]:
    """A file of crimes in January, and its note as a thing of its own."""
    file = Act("crimes", name, good_rows(rows))
    return (file,) if said is None else (file, note(name, said))


def note(name: str, said: bytes | None) -> Act:
    return Act("crimes", f"{name}.note.yaml", said)


def correcting(name: str) -> bytes:
    return b"corrects: " + name.encode() + b"\n"


WITHDRAWAL = Act("crimes", "w.withdraw.note.yaml", b"withdraws: " + A.encode() + b"\n" + FIRST)
#: Each with what must become of its files, in every order of its acts.
CASES: dict[str, tuple[tuple[Act, ...], dict[str, str]]] = {
    "a note that makes a superseded delivery the newer one": (
        (*crime(A, 2, SECOND), *crime(B, 3, FIRST)),
        {A: "accepted", B: "superseded"},
    ),
    "a note that gives a withdrawn delivery a time after its withdrawal": (
        (*crime(A, 2, SECOND), WITHDRAWAL),
        {A: "accepted", WITHDRAWAL.name: "withdrawn"},
    ),
    "a note that says what a delivery corrects": (
        (*crime(A, 2), *crime(B, 3, correcting(A))),
        {A: "superseded", B: "accepted"},
    ),
    "a note of another file": (crime(A, 2, b"sha256: " + b"0" * 64), {A: "refused"}),
    "a note that cannot be read": (crime(A, 2, b"nobody: knows"), {A: "refused"}),
    "a correction that calls a delivery by the name of a copy": (
        (*crime(A, 2), *crime(COPY, 2), *crime(B, 3, correcting(COPY))),
        {A: "superseded", COPY: "repeated", B: "accepted"},
    ),
    "a copy under a name by which nothing can be taken": (
        (*crime(A, 2), *crime("0.csv", 2)),
        {A: "accepted", "0.csv": "repeated"},
    ),
    "a file that cannot be read, and a later one for the same period": (
        (Act("crimes", A, b"refused\n"), note(A, FIRST), *crime(B, 3, SECOND)),
        {A: "superseded", B: "accepted"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_by_one(ledger_file: Path, case: str) -> None:
    acts, wanted = CASES[case]
    at_once = after(ledger_file, acts, set())
    assert at_once[1] == {f"deliveries/crimes/{name}": status for name, status in wanted.items()}
    orders = list(permutations(acts))
    Random(4).shuffle(orders)
    for order in (acts[::-1], *orders[:4]):
        assert after(ledger_file, order, set(range(len(acts)))) == at_once


@pytest.mark.parametrize("said", [SECOND, None])
def test_a_note_that_changes_or_goes_might_never_have_been(ledger_file: Path, said: bytes | None) -> None:
    early = (*crime(A, 2, FIRST), *crime(B, 3, SECOND))
    late = (note(B, FIRST), note(A, said))
    never = (*crime(A, 2, said), *crime(B, 3, FIRST))
    assert after(ledger_file, (*early, *late), set(range(6))) == after(ledger_file, never, set())

"""Durable ids, case by case; what holds of all cases stands among the properties."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from roundtable.governance.pseudonyms import keyed
from roundtable.linkage.people.durable import Assigned, assign
from tests.unit.linkage.people.town import KEY, groups


def run(number: int, *people: str, before: Assigned | None = None, others: tuple[str, ...] = ()) -> Assigned:
    """A run of these people, each the letters of their records."""
    records = [record for records in people for record in records]
    labels = np.array([place for place, records in enumerate(people) for _ in records], np.int64)
    previous = before.link if before else None
    return assign(
        previous, labels, pa.array(records, pa.string()), KEY, number, pa.array(others, pa.string())
    )


def named(made: Assigned) -> dict[str, str]:
    """The id of each person, by their records."""
    return {"".join(sorted(records)): person for person, records in groups(made.link).items()}


def test_a_new_person_has_the_keyed_id_of_the_smallest_record() -> None:
    assert named(run(1, "ba", "c")) == {"ab": keyed(KEY, "a"), "c": keyed(KEY, "c")}


def test_the_larger_overlap_keeps_the_id_and_of_equals_the_older_records_do() -> None:
    first = run(1, "ab", "cde")
    assert named(run(2, "abcde", before=first))["abcde"] == named(first)["cde"]
    old = run(2, "abx", "cde", before=run(1, "ab", "cde"))
    # Of x, who came later, and a, who was there before, a takes the id with him.
    assert (
        named(run(3, "a", "x", "cde", before=run(3, "ax", "b", "cde", before=old)))["a"] == named(old)["abx"]
    )


def test_a_record_whose_id_is_in_use_founds_somebody_under_the_next_or_a_number() -> None:
    first = run(1, "abc")
    parted = named(run(2, "a", "bc", before=first))
    assert parted["bc"] == keyed(KEY, "a")
    assert parted["a"] == keyed(KEY, "a\x1f1")
    with_another = named(run(2, "az", "bc", before=first))
    assert with_another["az"] == keyed(KEY, "z")
    assert named(run(2, "a", "bc", before=first, others=(keyed(KEY, "a\x1f1"),)))["a"] == keyed(KEY, "a\x1f2")


def test_the_old_id_comes_back_to_one_part_only() -> None:
    first = run(1, "xy", "abc")
    merged = run(2, "abcxy", before=first)
    back = run(3, "abcx", "y", before=merged)
    assert named(back)["y"] == named(first)["xy"]
    # The person of old lives again in y, so that x is somebody new.
    apart = named(run(4, "abc", "x", "y", before=back))
    assert apart["y"] == named(first)["xy"]
    assert len(set(apart.values())) == 3
    # The same where whoever lives is not among those handed over.
    elsewhere = run(3, "abc", "xy", before=merged, others=(named(first)["xy"],))
    assert named(elsewhere)["xy"] != named(first)["xy"]


@pytest.mark.parametrize("records", [["a", "a"], ["b", "a", "b"]])
def test_a_record_that_stands_there_twice_is_refused(records: list[str]) -> None:
    with pytest.raises(ValueError, match="once"):
        assign(None, np.arange(len(records)), pa.array(records), KEY, 1)


def test_another_number_of_labels_is_refused() -> None:
    with pytest.raises(ValueError, match="as many labels"):
        assign(None, np.arange(2), pa.array(["a"]), KEY, 1)

"""Finding a person's records before anything is linked: a post looks, sees, and picks which are theirs.

By a source's own number, an NHS number, a property's number, or a name and a date of birth, exactly but for
case, accents and the order of the words. What is under seal is not found, and nothing tells that from not
being there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake import Lake
from roundtable.data.subjects.hidden import hidden_rows
from roundtable.data.subjects.records import PERSON, batches_of, isin
from roundtable.data.subjects.rectified import rectified
from roundtable.governance.rights.folding import digits_of, folded_name
from roundtable.governance.rights.sealing import LeftOut


@dataclass(frozen=True)
class Sought:
    """What is known of the person. Every part that is given must fit.

    Attributes:
        dataset: look in this dataset alone.
        source_id: the source's own id of the row.
        person_number: the source's own number for the person.
        nhs_number: ten digits, spaces allowed.
        uprn: the number of the property that the record gives as theirs.
        name: the whole name, its words in any order.
        born: the date of birth; asked for with a name.
        records: ids of records.
    """

    dataset: str | None = None
    source_id: str | None = None
    person_number: str | None = None
    nhs_number: str | None = None
    uprn: str | None = None
    name: str | None = None
    born: date | None = None
    records: frozenset[str] = frozenset()

    @property
    def says_enough(self) -> bool:
        """Whether it could be about one person: a number, a property, or a name with a date of birth."""
        named = self.name is not None and self.born is not None
        numbers = (self.source_id, self.person_number, self.nhs_number, self.uprn)
        return named or bool(self.records) or any(number is not None for number in numbers)


def find(lake: Lake, sought: Sought, left_out: LeftOut) -> tuple[dict[str, Any], ...]:
    """The records that fit, each as it stands now and once, in order of dataset and id; none for too little.

    Args:
        lake: with the keys.
        sought: what is known.
        left_out: what may not be seen.

    Raises:
        StoreUnusable: this process has no key to the vault.
    """
    if not sought.says_enough:
        # Without this, whoever asks for no record at all is shown everybody.
        return ()
    fitting = [
        row
        for batch in batches_of(lake, lake.files(PERSON))
        for row in batch.rows.filter(_may_fit(batch.rows, sought)).to_pylist()
        if _fits(row, sought) and _may_be_seen(row, left_out)
    ]
    # The record that came with an event under seal says when it was, and that there is one.
    hidden = hidden_rows(lake, left_out).get("detail", frozenset()) if fitting else frozenset()
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(fitting, key=_age):
        if (row["delivery_id"], row["row_id"]) not in hidden:
            found[row["record_id"]] = row
    put_right = rectified(lake, found.values())
    return tuple(sorted(put_right, key=lambda row: (row["dataset"], row["record_id"])))


def _may_fit(rows: pa.Table, sought: Sought) -> pa.Array:
    """The cheap part of the question, asked of a whole column at a time."""
    mask = pa.chunked_array([pa.repeat(True, rows.num_rows)])
    for column, wanted in _exact(sought):
        mask = pc.and_kleene(mask, pc.equal(rows.column(column), pa.scalar(wanted, rows.column(column).type)))
    if sought.records:
        mask = pc.and_kleene(mask, isin(rows.column("record_id"), sought.records))
    return mask


def _exact(sought: Sought) -> Iterator[tuple[str, Any]]:
    if sought.dataset is not None:
        yield "dataset", sought.dataset
    if sought.source_id is not None:
        yield "source_id", sought.source_id
    if sought.person_number is not None:
        yield "source_person_id", sought.person_number
    if sought.uprn is not None:
        yield "uprn", digits_of(sought.uprn).lstrip("0")
    if sought.born is not None:
        yield "date_of_birth", sought.born


def _fits(row: dict[str, Any], sought: Sought) -> bool:
    if sought.nhs_number is not None and digits_of(row["nhs_number"]) != digits_of(sought.nhs_number):
        return False
    if sought.name is None:
        return True
    wanted = folded_name(sought.name, None, None)
    names = (
        folded_name(row["full_name"], row["given_name"], row["surname"]),
        folded_name(None, row["given_name"], row["former_surname"]),
        folded_name(None, row["known_as"], row["surname"]),
    )
    return wanted in names


def _may_be_seen(row: dict[str, Any], left_out: LeftOut) -> bool:
    return row["record_id"] not in left_out.records and row["address_id"] not in left_out.addresses


def _age(row: dict[str, Any]) -> tuple[bool, Any, str]:
    known = row["recorded_at"]
    return known is not None, known.timestamp() if known is not None else 0.0, row["delivery_id"]


def known_records(lake: Lake, wanted: Iterable[str]) -> frozenset[str]:
    """Which of these ids are those of records in the lake."""
    ids = frozenset(wanted)
    found: set[str] = set()
    for batch in batches_of(lake, lake.files(PERSON), ["record_id"]):
        column = batch.rows.column("record_id")
        found |= set(column.filter(isin(column, ids)).to_pylist())
    return frozenset(found)

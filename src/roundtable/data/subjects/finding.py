"""Finding a person's records before anything is linked: a post looks, sees, and picks which are theirs.

By a source's own number, an NHS number, a property's number, or a name and a date of birth, exactly but for
case, accents and the order of the words. What is under seal is not found, and nothing tells that from not
being there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.data.subjects.belonging import RowId
from roundtable.data.subjects.hidden import hidden_rows
from roundtable.data.subjects.records import PERSON, batches_of, isin
from roundtable.data.subjects.rectified import laid_over, overrides
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


def find(
    lake: Lake,
    sought: Sought,
    left_out: LeftOut,
    within: Container[str] | None = None,
    hidden: Mapping[str, frozenset[RowId]] | None = None,
) -> tuple[dict[str, Any], ...]:
    """The records that fit, each as it stands now and once, in order of dataset and id; none for too little.

    Args:
        lake: with the keys.
        sought: what is known.
        left_out: what may not be seen.
        within: the deliveries to look through, by id; without it, all.
        hidden: the rows that are left out, where they have been looked for already.

    Raises:
        StoreUnusable: this process has no key to the vault.
    """
    if not sought.says_enough:
        # Without this, whoever asks for no record at all is shown everybody.
        return ()
    files = [file for file in lake.files(PERSON) if within is None or file.source in within]
    right = overrides(lake)
    fitting = [
        row
        for rows in _likely(lake, files, sought, frozenset(record for record, _ in right))
        for row in rows.to_pylist()
        if any(_fits(one, sought) for one in (row, laid_over(row, right))) and _may_be_seen(row, left_out)
    ]
    # The record that came with an event under seal says when it was, and that there is one.
    if hidden is None:
        hidden = hidden_rows(lake, left_out, ["detail"]) if fitting else {}
    gone = hidden.get("detail", frozenset())
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(fitting, key=_age):
        if (row["delivery_id"], row["row_id"]) not in gone:
            found[row["record_id"]] = row
    put_right = [laid_over(row, right) for row in found.values()]
    return tuple(sorted(put_right, key=lambda row: (row["dataset"], row["record_id"])))


def _likely(
    lake: Lake, files: Iterable[LakeFile], sought: Sought, changed: frozenset[str]
) -> Iterator[pa.Table]:
    """The rows that could fit: of files in which none does, only the columns that tell are opened.

    Records of which something was put right could fit by that, whatever their source sent.
    """
    telling = sorted({"record_id", *(column for column, _ in _exact(sought))} | _told_by(sought))
    for file in files:
        told = batches_of(lake, [file], telling)
        if any(pc.any(_may_fit(batch.rows, sought, changed)).as_py() for batch in told):
            for batch in batches_of(lake, [file]):
                yield batch.rows.filter(_may_fit(batch.rows, sought, changed))


def _told_by(sought: Sought) -> set[str]:
    return {"nhs_number"} if sought.nhs_number is not None else set()


def _may_fit(rows: pa.Table, sought: Sought, changed: frozenset[str]) -> pa.Array:
    """The cheap part of the question, asked of a whole column at a time."""
    mask = pa.chunked_array([pa.repeat(True, rows.num_rows)])
    for column, wanted in _exact(sought):
        mask = pc.and_kleene(mask, pc.equal(rows.column(column), pa.scalar(wanted, rows.column(column).type)))
    if sought.nhs_number is not None:
        digits = pc.replace_substring_regex(rows.column("nhs_number"), "[^0-9]", "")
        mask = pc.and_kleene(mask, pc.equal(digits, digits_of(sought.nhs_number)))
    if sought.records:
        mask = pc.and_kleene(mask, isin(rows.column("record_id"), sought.records))
    return pc.or_kleene(mask, isin(rows.column("record_id"), changed)) if changed else mask


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
    if any(row[column] != wanted for column, wanted in _exact(sought)):
        return False
    if sought.records and row["record_id"] not in sought.records:
        return False
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

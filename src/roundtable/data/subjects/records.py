"""Records of people as they stand in the vault: read a batch at a time, and what each says it is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import open_lake_file
from roundtable.governance.rights.keyed import Identity

PERSON = "person_record"
#: What an Identity is made of.
IDENTIFYING = (
    "record_id",
    "dataset",
    "source_person_id",
    "full_name",
    "given_name",
    "surname",
    "former_surname",
    "known_as",
    "date_of_birth",
    "nhs_number",
    "phone",
    "address",
    "postcode",
    "address_id",
)


@dataclass(frozen=True)
class FileBatch:
    """Some rows of one file of the lake."""

    file: LakeFile
    rows: pa.Table


def batches_of(
    lake: Lake, files: Iterable[LakeFile], columns: Sequence[str] | None = None
) -> Iterator[FileBatch]:
    """The rows of files, in order, with these columns or all of them.

    Raises:
        StoreUnusable: a file is in the vault and this process has no key, or it is damaged.
    """
    for file in files:
        with open_lake_file(file.path, LAKE_TABLES[file.table], lake.keyring) as opened:
            for number in range(opened.num_row_groups):
                yield FileBatch(file, opened.read_row_group(number, columns=columns))


def identities(rows: pa.Table) -> list[Identity]:
    """What rows of `person_record` say, each as a value."""
    return [Identity(**one) for one in rows.select(list(IDENTIFYING)).to_pylist()]


def isin(column: Any, values: Iterable[Any]) -> Any:
    """Whether each value of a column is one of these; a null is none of them."""
    import pyarrow.compute as pc

    return pc.is_in(column, value_set=pa.array(sorted(values), column.type))

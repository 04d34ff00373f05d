"""Public benchmark data as the linkage of the house reads them: cleaned records, and who is who.

The records go through the same cleaning as an agency's. What is not British in them, or not written as in
Britain, is put in place afterwards as it was typed: postcodes, numbers and addresses of other countries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.lines import DataMissing
from roundtable.linkage.cleaning.cleaned import cleaned
from roundtable.linkage.cleaning.letters import folded

HISTORICAL = "historical_figures_with_errors_50k.parquet"
FEBRL3 = "dataset3.csv"


@dataclass(frozen=True)
class Labelled:
    """Cleaned records, and the person of each.

    Attributes:
        records: CLEANED, with what else the data have.
        truth: for each row a number of the person; equal where two records are of one person.
    """

    records: pa.Table
    truth: NDArray[np.int64]


def historical(path: Path) -> Labelled:
    """historical_50k of splink_datasets: 50,578 records of 5,156 people, with `birth_place` and `occupation`.

    Args:
        path: its Parquet file, or the folder that it stands in.
    """
    sent = pq.read_table(_file(path, HISTORICAL))
    renamed = {
        "record_id": "unique_id",
        "given_name": "first_name",
        "surname": "surname",
        "full_name": "full_name",
        "date_of_birth": "dob",
        "sex": "gender",
        "postcode": "postcode_fake",
        "birth_place": "birth_place",
        "occupation": "occupation",
    }
    records = _records("historical", {name: _text(sent[its]) for name, its in renamed.items()})
    found = cleaned(records, further=("birth_place", "occupation")).table
    order = pc.index_in(found["record_id"], sent["unique_id"])
    typed = _text(records["postcode"]).take(order)
    found = _with(found, "postcode", pc.replace_substring(pc.utf8_upper(typed), " ", ""))
    found = _with(found, "outward", pc.replace_substring_regex(pc.utf8_upper(typed), " .*$", ""))
    return Labelled(found, _numbered(sent["cluster"].take(order)))


def febrl3(path: Path) -> Labelled:
    """FEBRL 3: 5,000 records of 2,000 people, made up, as in Australia; `soc_sec_id` is `other_number`.

    Args:
        path: its CSV file, or the folder that it stands in.
    """
    sent = _csv(_file(path, FEBRL3))
    lines = ("street_number", "address_1", "address_2", "suburb")
    # Nulls become empty first: Arrow's own way of skipping them loses rows in which all are null.
    address = [pc.fill_null(sent[name], "") for name in lines]
    columns = {name: sent[name] for name in ("given_name", "surname", "date_of_birth")}
    found = cleaned(_records("febrl3", {"record_id": sent["rec_id"], **columns})).table
    order = pc.index_in(found["record_id"], sent["rec_id"])
    written = _folded(pc.binary_join_element_wise(*address, " "))
    others = {
        "other_number": pc.binary_join_element_wise("febrl3", sent["soc_sec_id"], "␟"),
        "address_key": written,
        "postcode": sent["postcode"],
        "outward": sent["state"],
    }
    for name, column in others.items():
        found = _with(found, name, column.take(order))
    person = pc.replace_substring_regex(sent["rec_id"], "^rec-([0-9]+)-.*$", r"\1")
    return Labelled(found, _numbered(person.take(order)))


def county(records: Path, truth: Path) -> Labelled:
    """A synthetic county's person records, and who they are of.

    Args:
        records: person records as in the lake, as Parquet.
        truth: `record_id` and `person`, as Parquet; a record without a row in it is nobody else's.
    """
    found = cleaned(pq.read_table(records)).table
    known = pq.read_table(truth, columns=["record_id", "person"])
    place = pc.index_in(found["record_id"], known["record_id"])
    person = known["person"].cast(pa.int64()).take(place).to_numpy()
    alone = np.asarray(pc.is_null(place).to_numpy())
    numbered = np.where(alone, 0, np.nan_to_num(person)).astype(np.int64)
    numbered[alone] = -1 - np.arange(int(alone.sum()))
    return Labelled(found, numbered)


def _file(path: Path, name: str) -> Path:
    found = path / name if path.is_dir() else path
    if not found.is_file():
        raise DataMissing(f"{name} is not in {path}")
    return found


def _csv(path: Path) -> pa.Table:
    """A CSV with a space after each comma; what is empty is null."""
    lines = path.read_bytes().replace(b", ", b",")
    header = lines.split(b"\n", 1)[0].decode().strip().split(",")
    read = pacsv.read_csv(
        pa.py_buffer(lines),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=True, null_values=[""]
        ),
    )
    return pa.table({name: _text(read[name]) for name in header})


def _records(dataset: str, columns: Mapping[str, pa.ChunkedArray | pa.Array]) -> pa.Table:
    """Person records of one dataset; what the data do not have is left out."""
    rows = len(columns["record_id"])
    same = {
        name: pa.array([dataset]).take(pa.array(np.zeros(rows, np.int64))) for name in ("dataset", "agency")
    }
    return pa.table({**columns, **same, "source_table": same["dataset"]})


def _text(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A column in one piece, null where it is empty."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    trimmed = pc.utf8_trim_whitespace(whole.cast(pa.string()))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _folded(column: pa.Array) -> pa.Array:
    return pa.array([None if one is None else folded(one) or None for one in column.to_pylist()], pa.string())


def _with(table: pa.Table, name: str, column: pa.Array | pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), table.schema.field(name), column)


def _numbered(people: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    codes = pc.rank(people, tiebreaker="dense") if len(people) else pa.array([], pa.uint64())
    return np.asarray(codes.to_numpy(), dtype=np.int64) - 1

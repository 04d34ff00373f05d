"""Taking a person, or whole deliveries, out of every file of the lake that there has ever been.

Files of the last snapshot are written anew without the rows; the next snapshot has them instead. Then the
bytes of the old ones, and of every older file that held any of it, are destroyed, and snapshots that needed
them say so. Each part does nothing when it is done again, so that an erasure which was killed just goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile, StagedFile
from roundtable.data.subjects.belonging import KNOWN_BY, Belonging
from roundtable.data.subjects.needles import Needles
from roundtable.data.subjects.quarantined import PLACE, SAID, STOOD, place_id
from roundtable.data.subjects.records import batches_of, isin
from roundtable.ledger import snapshots
from roundtable.ledger.erasures import forget_decisions

#: Tables that a step makes of everybody's records, in which one person's part cannot be told apart: they go
#: whole, and the next run makes them anew.
MADE_OF_EVERYBODY = frozenset(
    {"link_index", "linked_address", "person_address", "household", "household_member"}
)
_INDEX = "link_index"


@dataclass(frozen=True)
class Forgotten:
    """What was done to the lake, in one go or in several.

    Attributes:
        rewritten: files of the last snapshot that were written anew or left out.
        destroyed: files whose bytes are gone.
        rows: rows that the last snapshot no longer has.
    """

    rewritten: int
    destroyed: int
    rows: int


def forget_person(lake: Lake, own: Belonging, needles: Needles, why: str, at: datetime) -> Forgotten:
    """Take a person out of every file.

    Args:
        lake: with the keys; this process may write.
        own: what belongs to the person.
        needles: by what rows in quarantine are known, which have no ids.
        why: what the ledger says of the files; names nobody.
        at: when.
    """
    files = lake.ever_listed()
    places = _quarantined(lake, files, needles)
    held = [file for file in files if _holds(lake, file, own, places)]
    # Who the records were put to says which moves are the person's, so it goes last: killed, it starts again.
    touched = sorted(held, key=lambda file: file.table == "person_link")
    standing = {_name(file) for file in lake.listed()}
    now = [file for file in touched if _name(file) in standing]
    adds = [staged for file in now if (staged := _anew(lake, file, own, places)) is not None]
    _set_aside(places)
    return _replaced(lake, adds, now, touched, why, at)


def rows_left(lake: Lake, own: Belonging) -> list[str]:
    """The files in which a row of the person is left, whatever it says: the other half of the proof."""
    files = lake.ever_listed()
    picked = _quarantined(lake, files, Needles(ids=own.records))
    return [f"lake/{file.table}/{file.path.name}" for file in files if _holds(lake, file, own, picked)]


def forget_deliveries(lake: Lake, wanted: Iterable[str], why: str, at: datetime) -> Forgotten:
    """Take whole deliveries out of every file: what they brought, and what was quarantined of them.

    The index of linkage goes too: what they said stands among its words, also when nothing else does.
    """
    sources = frozenset(wanted)
    touched = [file for file in lake.ever_listed() if file.source in sources or file.table == _INDEX]
    standing = {_name(file) for file in lake.listed()}
    now = [file for file in touched if _name(file) in standing]
    return _replaced(lake, [], now, touched, why, at)


def _replaced(
    lake: Lake,
    adds: Sequence[StagedFile],
    removes: Sequence[LakeFile],
    destroys: Sequence[LakeFile],
    why: str,
    at: datetime,
) -> Forgotten:
    if removes:
        lake.publish(why, adds, removes, None, at)
    kept = {(file.table, file.sha256) for file in lake.listed()}
    bytes_gone = [file for file in destroys if (file.table, file.sha256) not in kept]
    if bytes_gone:
        lake.erase(bytes_gone, why, at)
    return _forgotten(why)


def _forgotten(why: str) -> Forgotten:
    """What the ledger says was done, however many attempts it took."""
    removed, added, erased = snapshots.changed_because(why)
    return Forgotten(len(removed), erased, sum(removed) - sum(added))


def _name(file: LakeFile) -> tuple[str, str, str]:
    return file.table, file.sha256, file.source


def _holds(lake: Lake, file: LakeFile, own: Belonging, places: pa.Table) -> bool:
    if file.table in MADE_OF_EVERYBODY:
        return bool(own.records)
    columns = list(PLACE) if file.table in (SAID, STOOD) else list(KNOWN_BY.get(file.table, ()))
    if not columns:
        return False
    return any(_any(_mask(file, batch.rows, own, places)) for batch in batches_of(lake, [file], columns))


def _anew(lake: Lake, file: LakeFile, own: Belonging, places: pa.Table) -> StagedFile | None:
    """The file without the person's rows; None where nothing is left of it."""
    if file.table in MADE_OF_EVERYBODY:
        return None
    path, left = lake.stage(), 0

    def without() -> Iterator[pa.RecordBatch]:
        nonlocal left
        for batch in batches_of(lake, [file]):
            kept = batch.rows.filter(pc.invert(_mask(file, batch.rows, own, places)))
            left += kept.num_rows
            yield from kept.to_batches()

    lake.write(file.table, without(), path)
    if not left:
        path.unlink()
        return None
    return lake.seal(file.table, path, file.source)


def _mask(file: LakeFile, rows: pa.Table, own: Belonging, places: pa.Table) -> pa.ChunkedArray:
    if file.table in (SAID, STOOD):
        return _at(rows, places)
    found = own.mask(file.table, rows)
    return found if found is not None else pa.chunked_array([pa.repeat(False, rows.num_rows)])


def _any(mask: pa.ChunkedArray) -> bool:
    return bool(pc.any(mask).as_py())


def _quarantined(lake: Lake, files: Iterable[LakeFile], needles: Needles) -> pa.Table:
    """Where the quarantined rows stood that name the person, or that a post has picked as theirs."""
    found: list[dict[str, object]] = []
    columns = [*PLACE, "row"]
    for batch in batches_of(lake, [file for file in files if file.table in (SAID, STOOD)], columns):
        for row in batch.rows.to_pylist():
            if _picked(lake, row, needles) or (row["row"] and needles.texts & _values_in(row["row"])):
                found.append({name: row[name] for name in PLACE})
    schema = pa.schema([("delivery_id", pa.string()), ("file", pa.string()), ("line", pa.int64())])
    return pa.Table.from_pylist(found, schema=schema)


def _picked(lake: Lake, row: dict[str, Any], needles: Needles) -> bool:
    if lake.keyring is None:
        return False
    return place_id(lake.keyring, row["delivery_id"], row["file"], row["line"]) in needles.ids


def _values_in(row: str) -> set[str]:
    """The values of a quarantined row, which is kept as JSON."""
    try:
        held = json.loads(row)
    except ValueError:
        return {row}
    values = held.values() if isinstance(held, dict) else [held]
    return {str(value).strip() for value in values} | {str(value).replace(" ", "") for value in values}


def _at(rows: pa.Table, places: pa.Table) -> pa.ChunkedArray:
    wanted = {tuple(row[name] for name in PLACE) for row in places.to_pylist()}
    if not wanted:
        return pa.chunked_array([pa.repeat(False, rows.num_rows)])
    mask = isin(rows.column("delivery_id"), {str(one[0]) for one in wanted})
    likely = mask.to_pylist()
    listed = zip(*(rows.column(name).to_pylist() for name in PLACE), strict=True)
    return pa.chunked_array(
        [pa.array([near and one in wanted for near, one in zip(likely, listed, strict=True)], pa.bool_())]
    )


def _set_aside(places: pa.Table) -> None:
    """Forget what posts decided about those rows: a mended value is the person's too."""
    for row in places.to_pylist():
        forget_decisions(row["delivery_id"], row["file"], row["line"])

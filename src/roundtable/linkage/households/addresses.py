"""Records into addresses: however a home was written, it is one address.

A record with a UPRN is of that UPRN. One that only writes its address is of the UPRN that the gazetteer gives
the same house and postcode, or else other records do, where they agree; without any, the written form is an
address of its own. Records that say no more than a postcode are of no address here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.households.codes import NONE, Codes, coded, picked, together
from roundtable.linkage.households.limits import Limits, communal_kinds

_BETWEEN = "\x1f"
#: What puts a record at an address, the best first.
UPRN, WRITTEN, POSTCODE, KIN = 0, 1, 2, 3
BASES = ("uprn", "written", "postcode", "kin")


@dataclass(frozen=True)
class Places:
    """The addresses, and which of them each record is of.

    Attributes:
        of_record: the address of each record, -1 where it says none.
        basis: what puts it there: UPRN or WRITTEN.
        name: what each address is known by in memory: its `address_id`, or its written form.
        has_uprn: whether the name is an `address_id`.
        written_forms: how many written forms of each address there are.
        postcode: the number of each address's postcode, -1 where none is known.
        postcode_of_record: the same number for each record, -1 where it says none.
        registered: whether the gazetteer says that it is communal.
    """

    of_record: Codes
    basis: NDArray[np.int8]
    name: list[str]
    has_uprn: NDArray[np.bool_]
    written_forms: NDArray[np.int64]
    postcode: Codes
    postcode_of_record: Codes
    registered: NDArray[np.bool_]


def places_of(cleaned: pa.Table, gazetteer: pa.Table | None, limits: Limits) -> Places:
    """Find the address of each record.

    Args:
        cleaned: the columns `address_id`, `address_key` and `postcode` of `CLEANED`.
        gazetteer: the same columns, and `kind`, of the address register as far as it may be seen; None
            without one.
        limits: what is clear enough.
    """
    rows = cleaned.num_rows
    both = [cleaned] if gazetteer is None else [cleaned, gazetteer]
    known, known_ids = coded(pa.chunked_array([one for part in both for one in part["address_id"].chunks]))
    written, forms = coded(pa.chunked_array([_written(part) for part in both]))
    zones, _ = coded(pa.chunked_array([one for part in both for one in part["postcode"].chunks]))
    belongs = _belongs(known, written, rows, len(forms), limits.clear_share)
    place = np.where(known >= 0, known, picked(belongs, written))
    own = (place < 0) & (written >= 0)
    place = np.where(own, written + len(known_ids), place).astype(np.int32)
    name = known_ids + forms
    return _used(
        Places(
            of_record=place[:rows],
            basis=np.where(known[:rows] >= 0, UPRN, WRITTEN).astype(np.int8),
            name=name,
            has_uprn=np.arange(len(name)) < len(known_ids),
            written_forms=_forms(place, written, len(name)),
            postcode=_most(place, zones, len(name)),
            postcode_of_record=zones[:rows],
            registered=_registered(gazetteer, place[rows:], len(name)),
        )
    )


def _written(part: pa.Table) -> pa.Array:
    """House and postcode as one text; null where either is missing."""
    key, postcode = (part[name].combine_chunks() for name in ("address_key", "postcode"))
    return pc.binary_join_element_wise(postcode, key, _BETWEEN)


def _belongs(known: Codes, written: Codes, rows: int, forms: int, clear: float) -> Codes:
    """The UPRN that each written form belongs to, -1 where none is clear; the register has the first word."""
    found = np.full(forms, NONE, dtype=np.int32)
    for part in (slice(0, rows), slice(rows, None)):
        ids, texts = known[part], written[part]
        told = (ids >= 0) & (texts >= 0)
        pairs, votes = np.unique(together(texts[told], ids[told]), return_counts=True)
        width = int(ids[told].max(initial=0)) + 1
        form, one = pairs // width, pairs % width
        every = np.bincount(form, weights=votes, minlength=forms)
        order = np.lexsort((-one, votes))
        best = np.zeros(forms, dtype=np.int64)
        best[form[order]] = votes[order]
        winner = np.full(forms, NONE, dtype=np.int32)
        winner[form[order]] = one[order]
        sure = (every > 0) & (best >= clear * every)
        found = np.where(sure, winner, found)
    return found


def _forms(place: Codes, written: Codes, count: int) -> NDArray[np.int64]:
    told = (place >= 0) & (written >= 0)
    pairs = np.unique(together(place[told], written[told]))
    return np.bincount(pairs // (int(written[told].max(initial=0)) + 1), minlength=count)


def _most(place: Codes, zones: Codes, count: int) -> Codes:
    """The postcode that most records of each address give; of equals the first."""
    found = np.full(count, NONE, dtype=np.int32)
    told = (place >= 0) & (zones >= 0)
    pairs, votes = np.unique(together(place[told], zones[told]), return_counts=True)
    width = int(zones[told].max(initial=0)) + 1
    order = np.lexsort((-pairs, votes))
    found[(pairs // width)[order]] = (pairs % width)[order]
    return found


def _registered(gazetteer: pa.Table | None, place: Codes, count: int) -> NDArray[np.bool_]:
    found = np.zeros(count, dtype=np.bool_)
    if gazetteer is not None and "kind" in gazetteer.column_names:
        words = pc.replace_substring(pc.utf8_lower(gazetteer["kind"]), "'", "")
        communal = np.asarray(pc.fill_null(pc.is_in(words, pa.array(sorted(communal_kinds()))), False))
        found[place[communal & (place >= 0)]] = True
    return found


def _used(places: Places) -> Places:
    """The same without addresses that no record is of: most of a gazetteer."""
    count = len(places.name)
    used = np.zeros(count, dtype=np.bool_)
    used[places.of_record[places.of_record >= 0]] = True
    kept = np.flatnonzero(used)
    number = np.full(count, NONE, dtype=np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    return Places(
        of_record=picked(number, places.of_record),
        basis=places.basis,
        name=[places.name[one] for one in kept],
        has_uprn=places.has_uprn[kept],
        written_forms=places.written_forms[kept],
        postcode=places.postcode[kept],
        postcode_of_record=places.postcode_of_record,
        registered=places.registered[kept],
    )

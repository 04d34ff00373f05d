"""How a shard's addresses are written: UPRN, house and street, locality, post town and postcode.

The UPRNs are made up: twelve digits that begin 9990; the other eight are a permutation by the county's seed,
so that neither the kind of an address nor its place can be read from them. The postcodes have the right form
and are in areas (ZY, ZX, ZW, ZV) that the Royal Mail does not use.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.places.county_map import CountyMap
from roundtable.county.places.dwellings import (
    CARE_HOME,
    FLAT,
    HOSTEL,
    KINDS,
    POSTCODE_ADDRESSES,
    REFUGE,
    SITE,
    STREET_ADDRESSES,
    TENURES,
    Dwellings,
)
from roundtable.county.places.settlements import settlements
from roundtable.county.places.stock import stock_figure
from roundtable.county.plan import Shard
from roundtable.county.reference_table import reference_rows
from roundtable.county.scrambling import scrambled

UPRN_PREFIX = "9990"
_UPRN_DIGITS = 8
#: Addresses that a shard may have.
_SHARD_UPRNS = 50_000
POSTCODE_AREAS = ("ZY", "ZX", "ZW", "ZV")
#: The letters that the second half of a postcode uses.
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
#: Districts of a postcode area times sectors of a district: an area of the map has a sector to itself.
_SECTORS = 990
#: Streets that make up one village.
_VILLAGE_STREETS = 5
#: Flats in a house.
_FLATS = 6

Texts = npt.NDArray[np.object_]


def addresses_table(
    rng: np.random.Generator,
    seed: int,
    shard: Shard,
    county_map: CountyMap,
    stock: Dwellings,
    schema: pa.Schema,
) -> pa.Table:
    """The shard's addresses in the form of `population.tables.ADDRESSES`, numbered from its first id."""
    count = len(stock)
    areas = county_map.areas.slice(shard.areas.start, len(shard.areas))
    rural = areas["rural"].to_numpy(zero_copy_only=False)[stock.area]
    streets = int(stock.street.max()) + 1
    street_names = _street_names(rng, len(areas) * streets)
    street = stock.area * streets + stock.street
    villages = _combined(rng, "village", "village_last", "", len(areas) * (streets // _VILLAGE_STREETS + 1))
    village = stock.area * (streets // _VILLAGE_STREETS + 1) + stock.street // _VILLAGE_STREETS
    towns = {place.name: place.post_town for place in settlements()}
    return pa.table(
        {
            "address": shard.first_id + np.arange(count),
            "uprn": _uprns(seed, shard, count),
            "line": _lines(rng, stock, street_names.take(pa.array(street)), rural),
            "locality": pc.if_else(pa.array(rural), villages.take(pa.array(village)), None),
            "town": pa.array([towns[name] for name in areas["settlement"].to_pylist()]).take(
                pa.array(stock.area)
            ),
            "postcode": _postcodes(shard, stock),
            "longitude": stock.longitude,
            "latitude": stock.latitude,
            "area": areas["area"].combine_chunks().take(pa.array(stock.area)),
            "decile": stock.decile,
            "rural": rural,
            "kind": pa.array(KINDS).take(pa.array(stock.kind)),
            "tenure": pa.array(TENURES).take(pa.array(stock.tenure)),
        },
        schema=schema,
    )


def _uprns(seed: int, shard: Shard, count: int) -> pa.Array:
    """A number for each address: those of all shards are shuffled together."""
    first = shard.number * _SHARD_UPRNS
    found = scrambled(first + np.arange(count), _UPRN_DIGITS, seed, "uprns")
    digits = pc.utf8_lpad(pa.array(found).cast(pa.string()), _UPRN_DIGITS, "0")
    return pc.binary_join_element_wise(UPRN_PREFIX, digits, "")


def _postcodes(shard: Shard, stock: Dwellings) -> pa.Array:
    """A postcode for each half street; its district and sector are the area's own."""
    area = shard.areas.start + stock.area
    letters, rest = np.divmod(area, _SECTORS)
    district, sector = np.divmod(rest, 10)
    halves = STREET_ADDRESSES // POSTCODE_ADDRESSES
    unit = (stock.street * halves + stock.place // POSTCODE_ADDRESSES) % len(_INWARD) ** 2
    outward = pa.array(
        [POSTCODE_AREAS[letter % len(POSTCODE_AREAS)] for letter in range(int(letters.max()) + 1)]
    )
    units = pa.array([first + last for first in _INWARD for last in _INWARD])
    first = pc.binary_join_element_wise(
        outward.take(pa.array(letters)), pa.array(district + 1).cast(pa.string()), ""
    )
    last = pc.binary_join_element_wise(pa.array(sector).cast(pa.string()), units.take(pa.array(unit)), "")
    return pc.binary_join_element_wise(first, last, " ")


@cache
def _parts(part: str) -> tuple[pa.Array, npt.NDArray[np.float64]]:
    rows = [row for row in reference_rows("places", "street_words") if row["part"] == part]
    weights = np.array([float(row["weight"]) for row in rows])
    return pa.array([row["word"] for row in rows]), weights / weights.sum()


def _street_names(rng: np.random.Generator, count: int) -> pa.Array:
    """Names of streets, no two alike while there are enough: Station Road, Mill Lane."""
    (first, often), (last, share) = _parts("first"), _parts("last")
    pairs = len(first) * len(last)
    weights = np.outer(often, share).ravel()
    chosen = rng.choice(pairs, min(count, pairs // 2), replace=False, p=weights)
    chosen = np.resize(chosen, count)
    return pc.binary_join_element_wise(
        first.take(pa.array(chosen // len(last))), last.take(pa.array(chosen % len(last))), " "
    )


def _combined(rng: np.random.Generator, first: str, last: str, between: str, count: int) -> pa.Array:
    """Words of one part joined to words of another, at random."""
    (heads, _), (tails, _) = _parts(first), _parts(last)
    return pc.binary_join_element_wise(
        heads.take(pa.array(rng.integers(0, len(heads), count))),
        tails.take(pa.array(rng.integers(0, len(tails), count))),
        between,
    )


def _lines(
    rng: np.random.Generator, stock: Dwellings, street: pa.Array, rural: npt.NDArray[np.bool_]
) -> pa.Array:
    """House and street: `12 Mill Lane`, `Flat 3, 4 Mill Lane`, `Rose Cottage, Mill Lane`."""
    count = len(stock)
    flat = stock.kind == FLAT
    number = pa.array(np.where(flat, stock.place // _FLATS + 101, stock.place + 1)).cast(pa.string())
    numbered = pc.binary_join_element_wise(number, street, " ")
    flats = pc.binary_join_element_wise(
        "Flat ", pa.array(stock.place % _FLATS + 1).cast(pa.string()), ", ", numbered, ""
    )
    names = _combined(rng, "house", "house_last", " ", count)
    residence = pc.binary_join_element_wise("The", _drawn(rng, "residence", count), " ")
    site = pc.binary_join_element_wise(street, "Caravan Site", " ")
    special = np.isin(stock.kind, (CARE_HOME, HOSTEL, REFUGE))
    named = rural & ~flat & (rng.random(count) < stock_figure("named_houses"))
    name = pc.if_else(pa.array(special), residence, pc.if_else(pa.array(stock.kind == SITE), site, names))
    with_name = pc.binary_join_element_wise(name, street, ", ")
    plain = pc.if_else(pa.array(flat), flats, numbered)
    return pc.if_else(pa.array(named | special | (stock.kind == SITE)), with_name, plain)


def _drawn(rng: np.random.Generator, part: str, count: int) -> pa.Array:
    words, weights = _parts(part)
    return words.take(pa.array(rng.choice(len(words), count, p=weights)))

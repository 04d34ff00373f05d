"""A shard's population read into arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.county.happenings.lives import Households, Ints, Lives, Stays, days_of, ends_of, looked_up
from roundtable.county.happenings.places_of import Places, places_of
from roundtable.county.plan import CountyPlan
from roundtable.county.population.tables import MAIN_STAYS, Population, ProtectionKind, StayKind


def lives_of(plan: CountyPlan, population: Population) -> Lives:
    """The people of a shard as arrays."""
    persons = population.persons
    ids = persons["person"].to_numpy()
    after = plan.last_day + 1
    died, left = ends_of(persons["died"]), ends_of(persons["in_to"])
    places = places_of(population.addresses)
    households, place_of_household = _households(plan, population, places)
    stays = _stays(ids, population.stays, places, place_of_household)
    eldest = _eldest(stays, days_of(persons["born"]), len(households.ids))
    traits = population.traits
    order = np.searchsorted(traits["person"].to_numpy(), ids)
    return Lives(
        plan=plan,
        ids=ids,
        born=days_of(persons["born"]),
        start=np.maximum(days_of(persons["in_from"]), plan.first_day),
        end=np.minimum(np.minimum(died, left), after),
        male=persons["sex"].to_numpy(zero_copy_only=False) == "M",
        traits={
            name: traits[name].to_numpy()[order].astype(np.float64)
            for name in traits.column_names
            if name != "person"
        },
        years=np.append(np.linspace(plan.first_day, after, plan.years + 1).astype(np.int64)[:-1], after),
        stays=stays,
        places=places,
        households=Households(
            households.ids,
            households.address,
            households.kind,
            households.start,
            households.end,
            eldest,
            households.private & (eldest >= 0),
        ),
        relations=population.relations,
        protections=_protections(ids, population.protections),
    )


def _protections(ids: Ints, table: pa.Table) -> tuple[Ints, Ints, Ints]:
    """Protected addresses: whose, from which day, and until which."""
    kinds = table["kind"].to_numpy(zero_copy_only=False)
    mine = np.flatnonzero(np.isin(kinds, [str(ProtectionKind.REFUGE), str(ProtectionKind.ADDRESS)]))
    person = looked_up(ids, table["person"].to_numpy()[mine])
    return person, days_of(table["from_day"])[mine], ends_of(table["to_day"])[mine]


def _numbers(column: pa.ChunkedArray) -> Ints:
    found: Ints = column.fill_null(-1).to_numpy()
    return found


def _stays(ids: Ints, table: pa.Table, places: Places, households: Ints) -> Stays:
    kinds = table["kind"].to_numpy(zero_copy_only=False)
    main = np.isin(kinds, [str(kind) for kind in MAIN_STAYS])
    person = looked_up(ids, table["person"].to_numpy())
    start, end = days_of(table["from_day"]), ends_of(table["to_day"])
    kept = np.flatnonzero(main & (person >= 0))
    kept = kept[np.lexsort((start[kept], person[kept]))]
    return Stays(
        person[kept],
        start[kept],
        end[kept],
        looked_up(places.ids, _numbers(table["address"])[kept]),
        looked_up(households, _numbers(table["household"])[kept]),
        (kinds == StayKind.AWAY)[kept],
    )


def _households(plan: CountyPlan, population: Population, places: Places) -> tuple[Households, Ints]:
    table = population.households.sort_by("household")
    ids = table["household"].to_numpy()
    kind: NDArray[Any] = table["kind"].to_numpy(zero_copy_only=False)
    found = Households(
        ids,
        looked_up(places.ids, table["address"].to_numpy()),
        kind,
        np.maximum(days_of(table["from_day"]), plan.first_day),
        np.minimum(ends_of(table["to_day"]), plan.last_day + 1),
        np.full(len(ids), -1),
        ~np.isin(kind, ["care_home", "hostel", "refuge"]),
    )
    return found, ids


def _eldest(stays: Stays, born: Ints, households: int) -> Ints:
    """Who was born first of all who ever lived in each household; -1 where nobody did."""
    kept = np.flatnonzero(stays.household >= 0)
    order = kept[np.lexsort((stays.person[kept], born[stays.person[kept]], stays.household[kept]))]
    found = np.full(households, -1)
    homes, first = np.unique(stays.household[order], return_index=True)
    found[homes] = stays.person[order][first]
    return found

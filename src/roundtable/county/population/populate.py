"""Fill a shard with people, and write them down as tables."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.special import ndtr

from roundtable.county.places.county_map import CountyMap
from roundtable.county.places.written_addresses import addresses_table
from roundtable.county.plan import CountyPlan, Shard, stream
from roundtable.county.population import course
from roundtable.county.population.columns import days, ids, table, words_of
from roundtable.county.population.life import Life
from roundtable.county.population.lives import FEMALE, MALE, NEVER, NOBODY, OTHER_SEX, Who
from roundtable.county.population.name_changes import (
    NewIdentities,
    gender_recognitions,
    names_over_time,
)
from roundtable.county.population.name_texts import names_table
from roundtable.county.population.naming import birth_names
from roundtable.county.population.nhs_numbers import nhs_numbers
from roundtable.county.population.protections import protections_table
from roundtable.county.population.rates import rate
from roundtable.county.population.reach import reach_table
from roundtable.county.population.relations import relations_table
from roundtable.county.population.stays import (
    PERSON,
    custody_stays,
    households_table,
    main_stays,
    second_homes,
    stays_table,
    unions,
)
from roundtable.county.population.tables import ADDRESSES, PERSONS, TRAITS, Population
from roundtable.county.population.traditions import traditions

#: The letters of the sexes, by their code.
_SEXES = ("F", "M", "X")
#: Wider than any day number; see `stays.Spells`.
_WIDE = 4_000_000


def populate(plan: CountyPlan, shard: Shard, county_map: CountyMap) -> Population:
    """The people of a shard and their ten years; the same for the same plan and shard, whoever asks when."""
    life = course.run(plan, shard, county_map)
    first_id = shard.first_id
    main = main_stays(life)
    who = np.unique(main[PERSON])
    couples = unions(life)
    custody = custody_stays(life, main)
    second, second_address = second_homes(life, stream(plan, shard.number, "second homes"), main)
    recognised = gender_recognitions(
        stream(plan, shard.number, "recognition"), life.people, plan.first_day, plan.last_day
    )
    rng = stream(plan, shard.number, "names")
    named = names_over_time(
        rng, life.people, birth_names(rng, life.people), life.diary, recognised, plan.last_day
    )
    named = named[:, np.isin(named[0], who)]
    names = names_table(named, first_id)
    by_death = life.diary.of("unions", 6)
    by_death = by_death[:, by_death[5] == 1]
    ended_by_death = np.concatenate([by_death[side] * _WIDE + by_death[3] for side in (0, 1)])
    return Population(
        persons=_persons(plan, shard, life, who, recognised),
        names=names,
        stays=stays_table(life, main, custody, second, second_address, first_id),
        households=households_table(life, main, couples, first_id),
        addresses=addresses_table(
            stream(plan, shard.number, "addresses"), plan.seed, shard, county_map, life.stock, ADDRESSES
        ),
        reach=reach_table(
            life,
            stream(plan, shard.number, "reach"),
            who,
            _local_parts(stream(plan, shard.number, "e-mail"), named[0], names, who),
            plan.first_day,
            first_id,
        ),
        relations=relations_table(
            life, stream(plan, shard.number, "relations"), who, couples, ended_by_death, first_id
        ),
        traits=_traits(life, who, first_id),
        protections=protections_table(
            life, stream(plan, shard.number, "protections"), main, recognised, plan.first_day, first_id
        ),
    )


def _persons(plan: CountyPlan, shard: Shard, life: Life, who: Who, recognised: NewIdentities) -> pa.Table:
    people, first_id = life.people, shard.first_id
    rng = stream(plan, shard.number, "numbers")
    born_as = people.sex[: people.count].astype(np.int64)
    sex = born_as.copy()
    other = rng.random(people.count) < rate("other_sex")
    sex[other & (plan.last_day - people.born[: people.count] > 18 * 365)] = OTHER_SEX
    renumbered = np.minimum(people.adopted[: people.count].astype(np.int64), NEVER)
    sex[recognised.who] = np.where(born_as[recognised.who] == FEMALE, MALE, FEMALE)
    changed_sex = np.zeros(people.count, dtype=np.bool_)
    changed_sex[recognised.who] = True
    renumbered[recognised.who] = recognised.day
    again = who[renumbered[who] < NEVER]
    numbers = nhs_numbers(rng, shard.number, len(who) + len(again))
    former = np.full(len(who), NOBODY, dtype=np.int64)
    former[np.searchsorted(who, again)] = len(who) + np.arange(len(again))
    former_known = pa.array(former, mask=former < 0)
    return pa.table(
        {
            "person": ids(who, first_id),
            "born": days(people.born[who]),
            "died": days(people.died[who]),
            "sex": words_of(sex[who], _SEXES),
            "tradition": words_of(people.tradition[who], [found.name for found in traditions()]),
            "nhs_number": numbers.slice(0, len(who)),
            "mother": _kin(people.mother, who, first_id),
            "father": _kin(people.father, who, first_id),
            "twin": _kin(people.twin, who, first_id),
            "in_from": days(people.came[who]),
            "in_to": days(people.left[who]),
            "former_sex": pc.if_else(pa.array(changed_sex[who]), words_of(born_as[who], _SEXES), None),
            "former_nhs_number": numbers.take(former_known),
            "renumbered": days(renumbered[who]),
        },
        schema=PERSONS,
    )


def _kin(column: npt.NDArray[np.integer], who: Who, first_id: int) -> pa.Array:
    """A column of kin as ids, null where nobody is known."""
    return ids(column[who], first_id)


def _local_parts(rng: np.random.Generator, whose: Who, names: pa.Table, who: Who) -> pa.Array:
    """What stands before the @ of each person's e-mail address: first letter, surname, a number by chance."""
    first = np.searchsorted(whose, who)
    row = pa.array(first)
    letters = "abcdefghijklmnopqrstuvwxyz"
    initial = pc.utf8_slice_codeunits(pc.utf8_lower(names["given"].combine_chunks().take(row)), 0, 1)
    plain = pc.if_else(pc.is_in(initial, value_set=pa.array(list(letters))), initial, "x")
    surname = pc.utf8_lower(names["surname"].combine_chunks().take(row))
    surname = pc.replace_substring_regex(surname, "[^a-z]+", "")
    # Not worked out from the person's own id, which only the truth may say. Two people of one initial and
    # surname hardly ever get the same.
    number = pa.array(rng.integers(1_000, 100_000_000, len(who))).cast(pa.string())
    return pc.binary_join_element_wise(pc.binary_join_element_wise(plain, surname, "."), number, "")


def _traits(life: Life, who: Who, first_id: int) -> pa.Table:
    """What people lean to, from standard normal to ranks."""
    ranks = ndtr(life.people.leaning[who, :6].astype(np.float64)).astype(np.float32)
    names = TRAITS.names[1:]
    columns = {name: pa.array(ranks[:, place]) for place, name in enumerate(names)}
    return table({"person": ids(who, first_id), **columns}, TRAITS)

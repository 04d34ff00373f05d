"""What holds of every population, whatever its size, seed and day."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan
from roundtable.county.population.nhs_numbers import check_digits
from roundtable.county.population.populate import populate
from roundtable.county.population.tables import Population, StayKind
from tests.factories_population import NEVER, days, made, main_stays, numbers, of_kind, texts

PLANS = st.builds(
    CountyPlan,
    people=st.one_of(st.integers(1, 60), st.integers(100, 900)),
    seed=st.integers(0, 2**32),
    today=st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    years=st.integers(1, 12),
)


def _whole(plan: CountyPlan, population: Population) -> None:
    """Every invariant of a shard's people."""
    _one_main_stay(plan, population)
    _kin(population)
    _names(population)
    _numbers(population)
    _references(population)
    _known_days(plan, population)


def _one_main_stay(plan: CountyPlan, population: Population) -> None:
    """From the day it came to the day it died or left, everyone is somewhere, and at one place at a time."""
    persons, stays = population.persons, main_stays(population)
    who, start, end = numbers(stays, "person"), days(stays, "from_day"), days(stays, "to_day")
    assert (start < end).all()
    again = who[1:] == who[:-1]
    assert (start[1:][again] == end[:-1][again]).all(), "a gap or an overlap"
    first, last = np.append(True, ~again), np.append(~again, True)
    assert (who[first] == numbers(persons, "person")).all()
    assert (start[first] == days(persons, "in_from")).all()
    assert (start[first] >= days(persons, "born")).all()
    assert (end[last] == np.minimum(days(persons, "died"), days(persons, "in_to"))).all()
    homeless = np.isin(texts(stays, "kind"), [StayKind.NO_FIXED_ADDRESS, StayKind.AWAY])
    assert ((numbers(stays, "address") == -1) == homeless).all()
    assert ((numbers(stays, "household") == -1) == homeless).all()
    here = (end == NEVER) & (texts(stays, "kind") != StayKind.AWAY)
    assert here.sum() == plan.people % 5_000 or (plan.people % 5_000 == 0 and here.sum() == 5_000)


def _kin(population: Population) -> None:
    persons = population.persons
    ids, born = numbers(persons, "person"), days(persons, "born")
    for column in ("mother", "father"):
        parent = numbers(persons, column)
        known = parent >= 0
        older = (born[known] - born[np.searchsorted(ids, parent[known])]) / 365.25
        assert ((older >= 15) & (older <= 50)).all()
    twin, mother = numbers(persons, "twin"), numbers(persons, "mother")
    has = np.flatnonzero(twin >= 0)
    other = np.searchsorted(ids, twin[has])
    assert (twin[other] == ids[has]).all()
    assert (born[other] == born[has]).all()
    assert (mother[other] == mother[has]).all()
    # No mother bears again within nine months, but for twins.
    order = np.lexsort((born, mother))
    order = order[mother[order] >= 0]
    between = np.diff(born[order])[mother[order][1:] == mother[order][:-1]]
    assert ((between == 0) | (between > 280)).all()
    assert (between == 0).sum() == len(has[mother[has] >= 0]) / 2


def _names(population: Population) -> None:
    """One name at a time from birth on, as long as the person is known."""
    names, persons = population.names, population.persons
    who, start, end = numbers(names, "person"), days(names, "from_day"), days(names, "to_day")
    again = who[1:] == who[:-1]
    first, last = np.append(True, ~again), np.append(~again, True)
    assert (who[first] == numbers(persons, "person")).all()
    assert (start[first] == days(persons, "born")).all()
    assert (end[:-1][again] == start[1:][again]).all()
    assert (start < end).all()
    assert (end[last] == NEVER).all()
    assert (texts(names, "reason")[first] == "birth").all()
    assert all(text and text == text.strip() for text in texts(names, "given"))
    assert all(text and text == text.strip() for text in texts(names, "surname"))


def _numbers(population: Population) -> None:
    """NHS numbers are valid, in the range for tests and nobody else's; UPRNs too are each one's own."""
    persons, addresses = population.persons, population.addresses
    former = [number for number in texts(persons, "former_nhs_number") if number]
    every = [*texts(persons, "nhs_number"), *former]
    assert len(set(every)) == len(every)
    assert all(len(number) == 10 and number.startswith("999") for number in every)
    number = np.array(every, dtype=np.int64)
    assert (check_digits(number // 10) == number % 10).all()
    uprns = texts(addresses, "uprn")
    assert len(set(uprns)) == len(uprns)
    assert all(len(uprn) == 12 and uprn.startswith("9990") for uprn in uprns)
    renumbered = days(persons, "renumbered") != NEVER
    assert ([number is not None for number in texts(persons, "former_nhs_number")] == renumbered).all()


def _references(population: Population) -> None:
    """What a row names, there is."""
    tables = population.tables
    persons, addresses = numbers(tables["persons"], "person"), numbers(tables["addresses"], "address")
    households = tables["households"]
    for name in ("names", "stays", "reach", "relations", "traits", "protections"):
        assert np.isin(numbers(tables[name], "person"), persons).all(), name
    assert np.isin(numbers(tables["relations"], "other"), persons).all()
    for name in ("stays", "protections", "households"):
        address = numbers(tables[name], "address")
        assert np.isin(address[address >= 0], addresses).all(), name
    stays = tables["stays"]
    housed = numbers(stays, "household") >= 0
    at = np.searchsorted(numbers(households, "household"), numbers(stays, "household")[housed])
    assert (numbers(households, "household")[at] == numbers(stays, "household")[housed]).all()
    assert (numbers(households, "address")[at] == numbers(stays, "address")[housed]).all()
    assert (days(households, "from_day")[at] <= days(stays, "from_day")[housed]).all()
    assert (days(households, "to_day")[at] >= days(stays, "to_day")[housed]).all()


def _known_days(plan: CountyPlan, population: Population) -> None:
    """Nothing is known that lies after today."""
    for name, table in population.tables.items():
        for field in table.schema:
            if str(field.type).startswith("date32"):
                found = days(table, field.name)
                assert (found[found != NEVER] <= plan.last_day).all(), (name, field.name)


@pytest.mark.parametrize("shard", [0, 1])
def test_a_full_shard_is_whole(shard: int) -> None:
    plan, _, population = made(10_000, 11, shard)
    _whole(plan, population)


@settings(max_examples=20, deadline=None)
@given(plan=PLANS)
def test_a_small_county_is_whole_on_any_day(plan: CountyPlan) -> None:
    _whole(plan, populate(plan, plan.shards[-1], county_map(plan)))


@pytest.mark.parametrize("shard", range(4))
def test_second_homes_and_shared_custody_come_on_top_of_a_main_stay_elsewhere(shard: int) -> None:
    _, _, population = made(30_000, 3, shard)
    main: dict[int, list[tuple[int, int, int, str]]] = {}
    stays = main_stays(population)
    columns = (numbers(stays, "household"), days(stays, "from_day"), days(stays, "to_day"))
    for who, home, start, end, kind in zip(
        numbers(stays, "person"), *columns, texts(stays, "kind"), strict=True
    ):
        main.setdefault(int(who), []).append((int(home), int(start), int(end), kind))
    extra = of_kind(population.stays, StayKind.SHARED_CUSTODY, StayKind.SECOND_HOME)
    columns = (numbers(extra, "household"), days(extra, "from_day"), days(extra, "to_day"))
    for who, home, start, end, kind in zip(
        numbers(extra, "person"), *columns, texts(extra, "kind"), strict=True
    ):
        mine = main[int(who)]
        assert mine[0][1] <= start < end <= mine[-1][2]
        meanwhile = [stay for stay in mine if stay[1] < end and stay[2] > start]
        if kind == StayKind.SHARED_CUSTODY:
            assert all(stay[0] != home and stay[3] == StayKind.HOME for stay in meanwhile)
        else:
            assert home == -1
    assert set(texts(extra, "kind")) == {"shared_custody", "second_home"}


def test_nobody_lives_in_two_households_of_an_address_at_once_but_on_sites_and_as_lodgers() -> None:
    """A private house has one household at a time."""
    _, _, population = made()
    addresses = population.addresses
    houses = set(numbers(of_kind(addresses, "house", "flat"), "address"))
    by_address: dict[int, list[tuple[int, int]]] = {}
    for row in zip(
        numbers(population.households, "address"),
        days(population.households, "from_day"),
        days(population.households, "to_day"),
        strict=True,
    ):
        if row[0] in houses:
            by_address.setdefault(int(row[0]), []).append((int(row[1]), int(row[2])))
    shared = sum(
        later[0] < earlier[1]
        for spells in by_address.values()
        for earlier, later in zip(sorted(spells)[:-1], sorted(spells)[1:], strict=True)
    )
    assert shared == 0

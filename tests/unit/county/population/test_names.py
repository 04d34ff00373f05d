"""Names by tradition, and what becomes of them."""

import re
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.county.plan import CountyPlan
from roundtable.county.population.lives import FEMALE, MALE, People
from roundtable.county.population.name_lists import words
from roundtable.county.population.naming import birth_names
from roundtable.county.population.traditions import NameOrder, order_of, traditions
from roundtable.county.reference_table import reference_rows
from tests.factories_population import TODAY, made, numbers, texts


def _family(tradition: str, families: int = 400) -> tuple[np.ndarray, ...]:
    """Fathers, mothers, sons and daughters of one tradition, and the words of their names at birth."""
    people = People(4 * families)
    who = people.add(4 * families).reshape(4, families)
    father, mother, son, daughter = who
    people.tradition[:] = [found.name for found in traditions()].index(tradition)
    people.born[father] = people.born[mother] = 1_000
    people.born[son], people.born[daughter] = 12_000, 13_000
    people.sex[father] = people.sex[son] = MALE
    people.sex[mother] = people.sex[daughter] = FEMALE
    for child in (son, daughter):
        people.father[child], people.mother[child] = father, mother
    names = birth_names(np.random.default_rng(5), people)
    surname = names.surname.copy()
    woman = people.sex[: people.count] == FEMALE
    surname[woman] = words().feminine[surname[woman]]
    text = np.array(words().texts.to_pylist(), dtype=object)
    second = np.where(names.surname_two >= 0, text[names.surname_two], "")
    middle = np.where(names.middle >= 0, text[names.middle], "")
    return who, text[names.given], middle, text[surname], second


def test_there_are_lists_enough_for_collisions_like_those_of_life() -> None:
    given = {(row["name"], row["sex"]) for row in reference_rows("population", "given_names") if row["peak"]}
    surnames = [row for row in reference_rows("population", "surnames") if row["tradition"] == "british"]
    assert len(given) > 600
    assert len(surnames) > 1_000
    assert len({row["surname"] for row in surnames}) == len(surnames)
    weights = [float(row["weight"]) for row in surnames]
    assert weights == sorted(weights, reverse=True)
    assert 0.008 < weights[0] / sum(weights) < 0.02


def test_a_polish_daughter_has_the_feminine_form_of_her_fathers_surname() -> None:
    (father, _, son, daughter), _, _, surname, second = _family("polish")
    plain = second[son] == ""
    pairs = {
        (surname[father[at]], surname[son[at]], surname[daughter[at]])
        for at in np.flatnonzero(plain & (surname[son] == surname[father]))
    }
    assert ("Kowalski", "Kowalski", "Kowalska") in pairs
    assert ("Nowak", "Nowak", "Nowak") in pairs


def test_a_spanish_child_has_the_fathers_first_surname_and_then_the_mothers() -> None:
    (father, mother, son, _), _, _, surname, second = _family("spanish")
    assert (surname[son] == surname[father]).all()
    assert (second[son] == surname[mother]).all()


def test_a_portuguese_child_has_the_mothers_last_surname_and_then_the_fathers() -> None:
    (father, mother, _, daughter), _, _, surname, second = _family("portuguese")
    assert (surname[daughter] == second[mother]).all()
    assert (second[daughter] == second[father]).all()


def test_sikh_men_are_singh_and_women_kaur_by_surname_or_middle_name() -> None:
    (father, _, son, daughter), _, middle, surname, _ = _family("sikh")
    for who, name in ((father, "Singh"), (son, "Singh")):
        assert ((surname[who] == name) | (middle[who] == name)).all()
    assert ((surname[daughter] == "Kaur") | (middle[daughter] == "Singh")).all()
    assert (surname[daughter] == "Kaur").any()


def test_an_arabic_chain_names_the_father_and_the_family() -> None:
    (father, _, son, daughter), given, middle, surname, _ = _family("arabic")
    for child in (son, daughter):
        named = middle[child] == given[father]
        # Whoever has the father's own name does not say it twice.
        assert (named | (given[child] == given[father])).all()
        assert (surname[child] == surname[father]).all()


def test_a_patronymic_is_the_fathers_given_name() -> None:
    (father, _, son, _), given, _, surname, _ = _family("south_indian")
    assert 0.4 < (surname[son] == given[father]).mean() < 0.8


def test_ghanaian_middle_names_tell_the_day_of_the_week() -> None:
    (_, _, son, _), _, middle, _, _ = _family("ghanaian")
    # Day 12,000 is 9 November 2002, a Saturday.
    assert set(middle[son]) <= {"Kwame", ""}


def test_orders() -> None:
    assert order_of("chinese") is NameOrder.SURNAME_FIRST
    assert order_of("hungarian") is NameOrder.SURNAME_FIRST
    assert order_of("british") is NameOrder.GIVEN_FIRST
    assert sum(found.share for found in traditions()) == pytest.approx(1)
    assert len(traditions()) > 25


def test_given_names_are_those_of_their_time() -> None:
    vocabulary = words()
    text = vocabulary.texts.to_pylist()
    rng = np.random.default_rng(2)
    common = {}
    for year in (1935, 2018):
        size = 4_000
        drawn = vocabulary.of_given(
            rng, np.zeros(size, np.int64), np.ones(size, np.bool_), np.full(size, year)
        )
        common[year] = {text[word] for word, _ in Counter(drawn.tolist()).most_common(12)}
    assert "John" in common[1935]
    assert "Noah" in common[2018]
    assert not {"Noah", "Arlo", "Theo"} & common[1935]
    assert not {"Kenneth", "Ronald", "Derek"} & common[2018]


def test_brothers_and_sisters_have_different_names_and_some_sons_the_fathers() -> None:
    _, _, population = made()
    names = population.names.filter(pc.equal(population.names["reason"], "birth"))
    given, surname = texts(names, "given"), texts(names, "surname")
    mother, father = (numbers(population.persons, side) for side in ("mother", "father"))
    ids = numbers(population.persons, "person")
    siblings = Counter(
        (one, name) for one, name in zip(mother.tolist(), given.tolist(), strict=True) if one >= 0
    )
    assert sum(number > 1 for number in siblings.values()) <= len(siblings) * 0.003
    known = np.flatnonzero(father >= 0)
    dad = np.searchsorted(ids, father[known])
    man = texts(population.persons, "sex")[known] == "M"
    namesakes = man & (given[known] == given[dad]) & (surname[known] == surname[dad])
    assert 0.02 < namesakes.sum() / man.sum() < 0.12


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("given", r"^\w+-\w+$"),
        ("given", r"[^ -~]"),
        ("surname", r"[^ -~]"),
        ("surname", r"^\w+-\w+$"),
        ("surname", r"^O'"),
        ("surname", r" "),
    ],
)
def test_hyphens_accents_apostrophes_and_double_names_occur(column: str, pattern: str) -> None:
    _, _, population = made()
    assert sum(bool(re.search(pattern, text)) for text in texts(population.names, column)) >= 3


def test_names_change_for_every_reason() -> None:
    populations = [made(30_000, 3, shard)[2] for shard in (0, 3)]
    reasons = Counter(np.concatenate([texts(found.names, "reason") for found in populations]).tolist())
    assert set(reasons) == {"birth", "marriage", "divorce", "deed", "gender_recognition", "adoption"}
    assert reasons["marriage"] > reasons["divorce"] > reasons["adoption"]


def test_most_wives_take_the_husbands_surname_and_some_keep_theirs() -> None:
    _, _, population = made()
    couples = population.relations.filter(
        pc.and_(pc.is_valid(population.relations["married"]), pc.is_null(population.relations["to_day"]))
    )
    now = population.names.filter(pc.is_null(population.names["to_day"]))
    surname = dict(zip(now["person"].to_pylist(), now["surname"].to_pylist(), strict=True))
    alike = [surname[row["person"]] == surname[row["other"]] for row in couples.to_pylist()]
    assert 0.55 < np.mean(alike) < 0.92


def test_short_names_go_with_the_name_they_are_short_for() -> None:
    _, _, population = made()
    shorts: dict[str, set[str]] = {}
    for row in reference_rows("population", "short_names"):
        shorts.setdefault(row["name"], set()).add(row["known_as"])
    known = population.names.filter(pc.is_valid(population.names["known_as"])).to_pylist()
    fits = [
        row["known_as"] in shorts.get(row["given"], ()) or row["known_as"] in (row["middle"] or "").split()
        for row in known
    ]
    # The others go by an English name instead of a Chinese one.
    assert np.mean(fits) > 0.97
    assert len(known) > 0.1 * population.persons.num_rows


def test_the_plan_of_the_tests_has_a_shard_of_each_kind() -> None:
    plan = CountyPlan(30_000, 3, TODAY)
    assert len(plan.shards) == 6
    kinds = {
        kind: made(30_000, 3, shard)[2].addresses
        for kind, shard in (("refuge", 0), ("site", 0), ("hostel", 3), ("care_home", 3))
    }
    for kind, addresses in kinds.items():
        assert pc.any(pc.equal(addresses["kind"], pa.scalar(kind))).as_py(), kind


def test_women_bear_the_feminine_form_and_men_the_masculine_in_the_tables_too() -> None:
    vocabulary = words()
    text = vocabulary.texts.to_pylist()
    feminine = {
        text[place]: text[form] for place, form in enumerate(vocabulary.feminine.tolist()) if form != place
    }
    populations = [made(30_000, 3, shard)[2] for shard in range(4)]
    borne: dict[str, set[str]] = {"F": set(), "M": set()}
    for population in populations:
        names = population.names.filter(pc.equal(population.names["reason"], "birth"))
        changed = texts(population.persons, "former_sex")
        for surname, sex, former in zip(
            texts(names, "surname"), texts(population.persons, "sex"), changed, strict=True
        ):
            if (former or sex) in borne:
                borne[former or sex].add(surname)
    assert not borne["F"] & set(feminine)
    assert not borne["M"] & set(feminine.values())
    assert len(borne["F"] & set(feminine.values())) > 10

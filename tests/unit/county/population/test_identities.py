"""NHS numbers, telephone numbers, e-mail addresses, and new identities."""

import re
from collections import Counter

import numpy as np
import pyarrow.compute as pc
import pytest

from roundtable.county.population.nhs_numbers import check_digits, nhs_numbers
from tests.factories_population import NEVER, days, made, numbers, of_kind, texts


def test_check_digits_are_those_of_the_nhs() -> None:
    """943 476 5919 is the published example of a valid number; 10 is never a check digit."""
    assert check_digits(np.array([943_476_591])).tolist() == [9]
    assert check_digits(np.array([987_654_321])).tolist() == [0]
    assert check_digits(np.array([999_000_003])).tolist() == [4]


def test_numbers_are_in_the_range_for_tests_and_shards_share_none() -> None:
    rng = np.random.default_rng(1)
    by_shard = [set(nhs_numbers(rng, shard, 9_000).to_pylist()) for shard in (0, 1, 99, 100)]
    assert len(set.union(*by_shard)) == 4 * 9_000
    assert {number[:3] for number in set.union(*by_shard[:3])} == {"999"}
    assert {number[:3] for number in by_shard[3]} == {"998"}


def test_a_shard_with_too_many_people_says_so() -> None:
    with pytest.raises(ValueError, match="NHS numbers"):
        nhs_numbers(np.random.default_rng(1), 0, 9_200)


def test_telephones_and_mail_reach_nobody_real() -> None:
    _, _, population = made()
    phones = [phone for phone in texts(population.reach, "phone") if phone]
    assert all(re.fullmatch(r"07700900\d{3}|01632960\d{3}", phone) for phone in phones)
    assert {phone[:5] for phone in phones} == {"07700", "01632"}
    mails = [mail for mail in texts(population.reach, "email") if mail]
    assert all(re.fullmatch(r"[a-z]\.[a-z]*\d+@(new\.)?example\.org", mail) for mail in mails)


def test_the_number_of_a_mail_address_is_not_worked_out_from_the_person() -> None:
    """Were it, numbers would rise with people's ids by the same step again and again."""
    _, _, population = made()
    rows = [row for row in population.reach.sort_by("person").to_pylist() if row["email"]]
    numbers_of = {row["person"]: int(re.findall(r"\d+", row["email"])[0]) for row in rows}
    steps = Counter(
        numbers_of[person + 1] - number for person, number in numbers_of.items() if person + 1 in numbers_of
    )
    assert len(steps) > 500
    assert steps.most_common(1)[0][1] <= 2
    assert len(set(numbers_of.values())) > 0.99 * len(numbers_of)


def test_everybody_is_reached_in_one_way_at_a_time() -> None:
    _, _, population = made()
    who, start, end = (
        numbers(population.reach, "person"),
        days(population.reach, "from_day"),
        days(population.reach, "to_day"),
    )
    again = who[1:] == who[:-1]
    assert again.any()
    assert (start < end).all()
    assert (end[:-1][again] == start[1:][again]).all()


def test_a_new_identity_has_a_new_number_from_that_day_and_is_protected() -> None:
    _, _, population = made(30_000, 3, 0)
    persons = population.persons
    renumbered = persons.filter(pc.is_valid(persons["renumbered"])).to_pylist()
    assert {bool(row["former_sex"]) for row in renumbered} == {True, False}
    reasons = {
        (row["person"], row["from_day"]): row["reason"]
        for row in population.names.to_pylist()
        if row["reason"] in ("adoption", "gender_recognition")
    }
    protected = {
        (row["person"], row["from_day"])
        for row in of_kind(population.protections, "adoption", "gender_recognition").to_pylist()
    }
    for row in renumbered:
        assert row["former_nhs_number"] not in (None, row["nhs_number"])
        assert (row["person"], row["renumbered"]) in protected
        if row["former_sex"]:
            assert {row["former_sex"], row["sex"]} == {"F", "M"}
            assert reasons[row["person"], row["renumbered"]] == "gender_recognition"


def test_whoever_is_adopted_moves_on_that_day_to_the_new_parents() -> None:
    _, _, population = made(30_000, 3, 0)
    adopted = of_kind(population.protections, "adoption").to_pylist()
    assert adopted
    for row in adopted:
        stays = population.stays.filter(pc.equal(population.stays["person"], row["person"])).to_pylist()
        (new,) = [stay for stay in stays if stay["from_day"] == row["from_day"]]
        parents = [
            relation
            for relation in of_kind(population.relations, "parent").to_pylist()
            if relation["other"] == row["person"] and relation["from_day"] == row["from_day"]
        ]
        homes = population.stays.filter(pc.equal(population.stays["household"], new["household"]))
        assert {relation["person"] for relation in parents} <= set(homes["person"].to_pylist())
        assert parents


def test_the_traits_are_ranks_that_lean_on_each_other() -> None:
    _, _, population = made()
    traits = {name: population.traits[name].to_numpy() for name in population.traits.column_names[1:]}
    for name, values in traits.items():
        assert 0 <= values.min() < 0.01, name
        assert 0.99 < values.max() <= 1, name
        assert abs(values.mean() - 0.5) < 0.05, name
    assert np.corrcoef(traits["mental_ill_health"], traits["substance"])[0, 1] > 0.15
    assert np.corrcoef(traits["frailty"], traits["care"])[0, 1] > 0.3


def test_the_poor_live_where_it_is_deprived() -> None:
    _, _, population = made(30_000, 3, 3)
    stays = population.stays.filter(
        pc.and_(pc.equal(population.stays["kind"], "home"), pc.is_null(population.stays["to_day"]))
    )
    poverty = population.traits["poverty"].to_numpy()
    at = np.searchsorted(numbers(population.traits, "person"), numbers(stays, "person"))
    place = numbers(stays, "address") - numbers(population.addresses, "address")[0]
    tenure = texts(population.addresses, "tenure")[place]
    means = {kind: poverty[at][tenure == kind].mean() for kind in ("owned", "private", "social")}
    assert means["owned"] + 0.1 < means["social"]
    deciles = population.addresses["decile"].to_numpy()[place]
    assert np.corrcoef(poverty[at], deciles)[0, 1] < 0
    assert days(stays, "to_day").min() == NEVER

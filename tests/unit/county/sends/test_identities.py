"""People as senders have them: the stated rates are met, and every stated oddity happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan
from roundtable.county.population.populate import populate
from roundtable.county.sends.habits import Habits, habits_of
from roundtable.county.sends.identities import Identities
from roundtable.county.sends.people_known import People, days, know, texts
from roundtable.county.sends.quirks import Chance, Quirks
from roundtable.county.sends.shares import mixture

PLAN = CountyPlan(5_000, 5, date(2026, 11, 23))
TODAY = np.datetime64(PLAN.today)
#: Every oddity at nought, so that each can be looked at alone.
NOUGHT = {
    name: "0"
    for name, value in habits_of("police-records").values.items()
    if name.startswith(("slip_", "no_", "names_", "homes_", "twin_", "nfa_", "compound_", "particle_"))
    or name in ("known_as", "anglicised", "surname_first", "hides_protected", "accents_dropped")
    or name in ("transliterated", "baby_named", "parents_phone")
}


@pytest.fixture(scope="module")
def people() -> People:
    return know(populate(PLAN, PLAN.shards[0], county_map(PLAN)))


def _habits(**changed: str) -> Habits:
    plain = habits_of("children-care")
    return replace(plain, values={**plain.values, **NOUGHT, "hyphen": "keep", **changed})


def _identities(people: People, habits: Habits, on: np.datetime64 = TODAY) -> Identities:
    who = np.arange(len(people))
    quirks = Quirks(habits, Chance(PLAN, 0, "a test"), len(people))
    return Identities(people, quirks, who, who, who, np.full(len(people), on))


def _shown(identities: Identities, field: str) -> Any:
    """One field of the person, as the contract's `person.…` asks for it."""
    return identities.field(f"person.{field}")


def _now(people: People, column: str) -> pa.Array:
    rows = people.names.on(np.arange(len(people)), np.full(len(people), TODAY))
    return texts(people.tables.names[column]).take(pa.array(rows))


def _differing(one: pa.Array, other: pa.Array) -> float:
    return float(pc.mean(pc.cast(pc.not_equal(one, other), pa.int8())).as_py() or 0)


def test_without_oddities_names_are_true(people: People) -> None:
    found = _identities(people, _habits())
    for field, column in (("given_name", "given"), ("surname", "surname"), ("middle_names", "middle")):
        assert _shown(found, field).equals(_now(people, column))
    assert (np.asarray(_shown(found, "date_of_birth")) == people.born).all()
    assert _shown(found, "nhs_number").equals(texts(people.tables.persons["nhs_number"]))


@pytest.mark.parametrize(
    ("field", "column", "habit"),
    [("given_name", "given", "slip_given"), ("surname", "surname", "slip_surname")],
)
def test_slips_are_as_frequent_as_stated(people: People, field: str, column: str, habit: str) -> None:
    found = _shown(_identities(people, _habits(**{habit: "0.1"})), field)
    assert _differing(found, _now(people, column)) == pytest.approx(0.1, abs=0.015)


def test_births_slip_and_are_never_to_come(people: People) -> None:
    found = np.asarray(_shown(_identities(people, _habits(slip_birth="0.2")), "date_of_birth"))
    assert (found <= TODAY).all()
    # A swapped day and month, or a first of January, is sometimes the day that was meant.
    assert 0.1 < (found != people.born).mean() < 0.21


def test_short_names_are_used(people: People) -> None:
    found = _shown(_identities(people, _habits(known_as="1")), "given_name")
    known_as = _now(people, "known_as")
    has = pc.is_valid(known_as)
    assert pc.sum(has).as_py() > 100
    assert found.filter(has).equals(known_as.filter(has))


def test_surname_first_traditions_may_be_in_the_wrong_boxes(people: People) -> None:
    found = _identities(people, _habits(surname_first="1"))
    given, surname = _shown(found, "given_name"), _shown(found, "surname")
    swapped = pc.and_(pc.equal(given, _now(people, "surname")), pc.equal(surname, _now(people, "given")))
    traditions = texts(people.tables.persons["tradition"])
    assert set(traditions.filter(swapped).to_pylist()) <= {
        "hungarian",
        "chinese",
        "vietnamese",
        "korean",
    } | _same_both_ways(people)
    assert {"hungarian", "chinese", "vietnamese"} & set(traditions.filter(swapped).to_pylist())


def _same_both_ways(people: People) -> set[str]:
    """Traditions of people whose given name and surname are the same word."""
    same = pc.equal(_now(people, "given"), _now(people, "surname"))
    return set(texts(people.tables.persons["tradition"]).filter(same).to_pylist())


def test_former_surnames_linger(people: People) -> None:
    late = _shown(_identities(people, _habits(names_late="1", late_days="2000")), "surname")
    changed = pc.not_equal(late, _now(people, "surname"))
    assert 10 < pc.sum(changed).as_py() < len(people) / 4
    ids = people.persons[np.asarray(changed.to_numpy(zero_copy_only=False))]
    rows = pc.is_in(people.tables.names["person"], value_set=pa.array(ids))
    ever = set(people.tables.names["surname"].filter(rows).to_pylist())
    assert set(late.filter(changed).to_pylist()) <= ever


def test_addresses_go_stale(people: People) -> None:
    prompt, late = (
        _shown(_identities(people, _habits(homes_late=share, late_days="1500")), "postcode") for share in "01"
    )
    assert 0.1 < _differing(prompt, late) < 0.7


def test_protected_addresses_are_kept_back(people: People) -> None:
    table = people.tables.protections
    rows = np.flatnonzero(~np.asarray(pc.is_null(table["address"]).to_numpy(zero_copy_only=False)))
    assert len(rows) > 3
    who = people.positions(table["person"])[rows]
    # In the middle of the protection, when the person lives there.
    from_day = days(table["from_day"])[rows]
    for row, (person, day) in enumerate(zip(who.tolist(), from_day, strict=True)):
        one = np.array([person])
        for hides, shown in (("0", True), ("1", False)):
            quirks = Quirks(_habits(hides_protected=hides), Chance(PLAN, 0, "a test"), len(people))
            identity = Identities(people, quirks, one, one, one, np.array([day + 1]))
            protected = table["address"][int(rows[row])].as_py()
            truly = people.tables.addresses["address"].to_numpy()[identity.homes.true[0]]
            if truly == protected:
                assert (_shown(identity, "postcode")[0].as_py() is not None) == shown


def _homeless(people: People) -> np.ndarray[Any, Any]:
    kinds = texts(people.tables.stays["kind"])
    rows = people.homes.on(np.arange(len(people)), np.full(len(people), TODAY))
    which = pc.equal(kinds.take(pa.array(rows)), "no_fixed_address").fill_null(False)
    return np.flatnonzero(which.to_numpy(zero_copy_only=False))


def test_people_without_a_home_are_said_to_have_none(people: People) -> None:
    found = _shown(_identities(people, _habits(nfa_words="1", address_length="80")), "address")
    words, _ = mixture("nfa words")
    said = pc.is_in(found, pa.array(words)).to_numpy(zero_copy_only=False)
    assert len(_homeless(people)) > 3
    assert np.flatnonzero(said).tolist() == _homeless(people).tolist()
    assert len(set(found.filter(pa.array(said)).to_pylist())) > 1


def test_people_without_a_home_are_written_to_at_a_hostel_and_do_not_live_there(people: People) -> None:
    identities = _identities(people, _habits(nfa_care_of="1", address_length="80"))
    rows = _homeless(people)
    table = people.tables.addresses
    hostel = table.filter(pc.equal(table["kind"], "hostel")).to_pylist()[0]
    found = _shown(identities, "address").take(pa.array(rows))
    assert pc.all(pc.starts_with(found, "c/o " + hostel["line"])).as_py()
    assert set(_shown(identities, "uprn").take(pa.array(rows)).to_pylist()) == {hostel["uprn"]}
    assert (identities.homes.true[rows] == -1).all()


def test_people_without_a_home_keep_their_last_address_or_have_none(people: People) -> None:
    rows = pa.array(_homeless(people))
    last, none = (
        _shown(_identities(people, _habits(nfa_last_known=share)), "postcode").take(rows) for share in "10"
    )
    assert none.null_count == len(rows)
    assert last.null_count < len(rows)


def test_twins_numbers_get_mixed(people: People) -> None:
    found = _shown(_identities(people, _habits(twin_mixed="1")), "nhs_number")
    own = texts(people.tables.persons["nhs_number"])
    assert (people.twins >= 0).sum() > 20
    mixed = np.asarray(pc.not_equal(found, own).to_numpy(zero_copy_only=False))
    assert (mixed == (people.twins >= 0)).all()
    assert found.take(pa.array(np.flatnonzero(mixed))).equals(own.take(pa.array(people.twins[mixed])))


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("surname_comma_given_initial", r"^[A-Z' .-]+, [A-Z' .-]+$"),
        ("title_initial_surname", r"^((MR|MRS|MS|MX) )?. "),
    ],
)
def test_names_in_one_field(people: People, form: str, pattern: str) -> None:
    found = _identities(people, _habits(full_name=form, letters="upper", accents="strip")).field(
        "person.full_name"
    )
    fits = pc.match_substring_regex(found, pattern)
    assert pc.mean(pc.cast(fits, pa.int8())).as_py() > 0.97


def test_numbers_are_written_in_the_sender_s_way(people: People) -> None:
    spaced = _identities(people, _habits(nhs="spaced", phone="international", postcode="joined"))
    assert all(len(number) == 12 for number in _shown(spaced, "nhs_number").to_pylist())
    phones = [phone for phone in _shown(spaced, "phone").to_pylist() if phone]
    assert phones and all(phone.startswith("+44") for phone in phones)
    assert not any(" " in code for code in _shown(spaced, "postcode").to_pylist() if code)


def test_gender_recognition_changes_sex_and_number_on_its_day(people: People) -> None:
    rows = np.flatnonzero(~np.isnat(people.renumbered))
    if not len(rows):
        pytest.skip("nobody of this shard was registered anew")
    who = rows[:1]
    quirks = Quirks(_habits(), Chance(PLAN, 0, "a test"), len(people))
    day = people.renumbered[who]
    before, after = (
        Identities(people, quirks, who, who, who, on).field("person.nhs_number")[0].as_py()
        for on in (day - 1, day)
    )
    assert before != after

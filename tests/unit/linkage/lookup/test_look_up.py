"""One record against everybody: found as linkage finds it, weighed as linkage weighs it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from roundtable.linkage.blocking.keys import keys_of
from roundtable.linkage.blocking.pairs import candidates_of_new
from roundtable.linkage.cleaning.cleaned import cleaned
from roundtable.linkage.lookup.index import Index, index_from, kept_for_lookup
from roundtable.linkage.lookup.known_record import known_record
from roundtable.linkage.lookup.look_up import look_up, look_up_one, reasons
from roundtable.linkage.lookup.sources import Source, Sources
from roundtable.linkage.profiles.profile import profiled
from roundtable.linkage.scoring.batch import score_batch
from roundtable.linkage.scoring.vector import score_vector
from tests.factories_records import many_records
from tests.unit.linkage.lookup.village import Row, index_of, village, villagers
from tests.unit.linkage.people import town


def _asked(count: int) -> list[Row]:
    """Records as somebody else would send them: some of villagers, some of nobody there."""
    sent, _, _ = village()
    slipped = [{**row, "surname": "Grubston"} for row in sent[:count] if "surname" in row]
    return [*sent[:count], *slipped, *villagers(10, seed=77)]


def _weights_of_batch(index: Index, usual_table: pa.Table, asked: Row) -> dict[int, float]:
    """The record put after everybody, and weighed with whom it shares a key."""
    new = profiled(cleaned(many_records([asked]), index.usual).table).table
    both = index.encoded.extended(new)
    last = len(both) - 1
    blocked = candidates_of_new(keys_of(town.UK, both), last, town.UK.cap)
    scored = score_vector(town.model(), town.UK, both, blocked.left, blocked.right)
    return dict(zip(blocked.left.tolist(), scored.weights.weight.tolist(), strict=True))


def test_it_finds_whom_linkage_finds_with_the_weights_that_linkage_gives() -> None:
    _, table, index = village()
    found_any = 0
    for asked in _asked(60):
        asked = {name: value for name, value in asked.items() if name != "source_person_id"}
        expected = _weights_of_batch(index, table, asked)
        kept = {place: weight for place, weight in expected.items() if weight >= town.UK.keep}
        found = look_up(index, asked, most=1000)
        best = {
            person.person_id: max(
                weight for place, weight in kept.items() if _person(index, place) == person.person_id
            )
            for person in found.people
        }
        assert {_person(index, place) for place in kept} == set(best)
        for person in found.people:
            assert person.weight == pytest.approx(best[person.person_id], abs=1e-6)
            assert reasons(index, found, person).steps[-1].total == pytest.approx(person.weight, abs=1e-6)
        found_any += bool(found.people)
    assert found_any > 60


def _person(index: Index, profile: int) -> str:
    return str(index.person_id[int(index.records_of(profile)[0])].as_py())


def test_the_weights_are_splinks() -> None:
    _, table, index = village()
    profiles = profiled(table).table
    asked = [
        {name: value for name, value in row.items() if name != "source_person_id"}
        for row in village()[0][:25]
    ]
    for row in asked[:5]:
        new = profiled(cleaned(many_records([row]), index.usual).table).table
        last = pa.array([len(profiles)], pa.int32())
        both = pa.concat_tables([profiles, new.set_column(0, profiles.schema.field(0), last)])
        found = look_up(index, row, most=1000)
        near = {
            int(scored.profiles[place]): float(scored.weights.weight[place])
            for scored, place in (person.best for person in found.people)
        }
        left = np.array(sorted(near), np.int32)
        batch = score_batch(town.model(), town.UK, both, left, np.full(len(left), len(profiles), np.int32))
        told = dict(zip(batch.left.tolist(), batch.weights.weight.tolist(), strict=True))
        assert near
        assert told == pytest.approx(near, abs=1e-6)


def test_the_records_that_fit_are_told_with_whose_they_are() -> None:
    told = {"given_name": "Isolde", "surname": "Ashkettle", "date_of_birth": "1980-05-06"}
    rows = [
        {"record_id": "a1", "dataset": "calls", "agency": "police", **told},
        {"record_id": "a2", "dataset": "visits", "agency": "hospital", **told, "nhs_number": "9990000018"},
        {"record_id": "b1", "dataset": "calls", "agency": "police", **told, "given_name": "Osric"},
    ]
    index = index_of(rows)
    found = look_up(index, {**told, "nhs_number": "999 000 0018"})
    best = found.people[0]
    assert [one.record_id for one in best.records] == ["a2", "a1"]
    assert best.records[0].source == Source("visits", "people", "hospital")
    assert best.weight == best.records[0].weight > best.records[1].weight
    assert 0.5 < best.probability <= 1


def test_no_more_people_are_told_than_are_asked_for_and_the_likeliest_come_first() -> None:
    _, _, index = village()
    some = next(
        row for row in village()[0] if row.get("given_name") and row.get("surname") and row.get("postcode")
    )
    asked = {name: some[name] for name in ("given_name", "surname", "postcode")}
    many, few = look_up(index, asked, most=1000), look_up(index, asked, most=2)
    weights = [person.weight for person in many.people]
    assert weights == sorted(weights, reverse=True)
    assert few.people == many.people[:2]


def test_what_too_many_share_is_left_out_and_told() -> None:
    crowd = [{"given_name": "Bill", "surname": "Featherby", "phone": f"07700 900{n:03}"} for n in range(410)]
    found = look_up(index_of(crowd), {"given_name": "Bill", "surname": "Featherby"})
    assert found.people == ()
    assert "name" in found.too_many
    assert set(found.too_many) <= set(found.by)


def test_a_record_of_the_index_can_be_looked_up_and_finds_its_person() -> None:
    _, table, index = village()
    link = dict(zip(index.record_id.to_pylist(), index.person_id.to_pylist(), strict=True))
    hit = 0
    for record in table["record_id"].to_pylist()[:40]:
        one = known_record(index, record)
        assert one is not None
        found = look_up_one(index, one)
        if found.people:
            hit += link[record] == found.people[0].person_id
    assert hit > 30
    assert known_record(index, "0" * 32) is None


def test_the_index_is_kept_and_read_again() -> None:
    records = cleaned(many_records(villagers(20, seed=5)))
    state = town.linked(records.table)
    sources = Sources.of(records.table, state.records["record_id"])
    parts = state.to_parts() | kept_for_lookup(records.usual, sources)
    again, first = index_from(parts), Index.of(state, records.usual, sources)
    for asked in villagers(20, seed=5):
        one, other = look_up(first, asked), look_up(again, asked)
        assert [(p.person_id, p.weight, p.records) for p in one.people] == [
            (p.person_id, p.weight, p.records) for p in other.people
        ]


def test_a_record_that_was_never_cleaned_has_no_source() -> None:
    records = cleaned(many_records(villagers(2, seed=5)))
    with pytest.raises(ValueError, match="never cleaned"):
        Sources.of(records.table, pa.array(["nobody"]))

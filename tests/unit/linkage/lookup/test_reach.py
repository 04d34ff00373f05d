"""Need to know: what a post may not look at is no way to be found, no reason, and not told of."""

from __future__ import annotations

import pytest

from roundtable.linkage.lookup.index import Index
from roundtable.linkage.lookup.known_record import known_record
from roundtable.linkage.lookup.look_up import Found, look_up, reasons
from roundtable.linkage.lookup.reach import Reach, hidden_by
from roundtable.linkage.lookup.verdict import verdict
from tests.unit.linkage.lookup.village import Row, index_of, village

ALL = frozenset[str]()
_TOLD = {"given_name": "Isolde", "surname": "Ashkettle", "date_of_birth": "1980-05-06"}
_NHS = "9990000018"
ROWS: list[Row] = [
    {"record_id": "1" * 32, "dataset": "calls", **_TOLD},
    {"record_id": "2" * 32, "dataset": "visits", **_TOLD, "nhs_number": _NHS},
    {"record_id": "3" * 32, "dataset": "visits", "given_name": "Osric", "nhs_number": "9990000026"},
]
CALLS, VISITS = ("calls", "people"), ("visits", "people")


def _records(found: Found) -> set[str]:
    return {one.record_id[0] for person in found.people for one in person.records}


def test_a_record_that_is_out_of_reach_is_as_good_as_not_there() -> None:
    index, asked = index_of(ROWS), {"given_name": "Osric", "nhs_number": "9990000026"}
    nobody = {"given_name": "Osric", "nhs_number": "9990000034"}
    reach = Reach({CALLS: ALL})
    assert _records(look_up(index, asked)) == {"3"}
    there, not_there = look_up(index, asked, reach), look_up(index, nobody, reach)
    assert there.people == not_there.people == ()
    assert (there.by, there.too_many) == (not_there.by, not_there.too_many)
    assert verdict(index, there) == verdict(index, not_there)


def test_of_a_person_only_the_records_within_reach_are_told_and_weighed() -> None:
    index, asked = index_of(ROWS), {**_TOLD, "nhs_number": _NHS}
    whole, part = look_up(index, asked), look_up(index, asked, Reach({CALLS: ALL}))
    assert _records(whole) == {"1", "2"}
    assert _records(part) == {"1"}
    assert part.people[0].weight < whole.people[0].weight
    assert part.people[0].person_id == whole.people[0].person_id


def test_a_column_that_may_not_be_looked_at_finds_nobody_and_is_no_reason() -> None:
    index, reach = index_of(ROWS), Reach({VISITS: hidden_by(["nhs_number"])})
    assert look_up(index, {"nhs_number": _NHS}, reach).people == ()
    by_name = look_up(index, {**_TOLD, "nhs_number": _NHS}, reach)
    other = look_up(index, {**_TOLD, "nhs_number": "9990000034"}, reach)
    assert _records(by_name) == {"2"}
    assert by_name.people[0].weight == other.people[0].weight
    assert "NHS number" in reasons(index, by_name, by_name.people[0]).silent
    assert "NHS number" in reasons(index, by_name, by_name.people[0], show=True).silent


def test_a_name_that_may_not_be_looked_at_is_not_found_among_the_other_names() -> None:
    row = {"record_id": "4" * 32, "dataset": "visits"}
    alike = {"nhs_number": _NHS, "date_of_birth": "1980-05-06", "email": "q@example.org"}
    index = index_of([{**row, **alike, "given_name": "Tamsin", "surname": "Ashkettle"}])
    asked = {**alike, "given_name": "Isolde", "surname": "Tamsin"}
    assert "among" in _levels(index, look_up(index, asked))["Surname"]
    left = _levels(index, look_up(index, asked, Reach({VISITS: hidden_by(["given_name"])})))
    assert "Given name" not in left
    assert left["Surname"] == "different surnames"


def _levels(index: Index, found: Found) -> dict[str, str]:
    return {one.told: one.level for one in reasons(index, found, found.people[0]).steps}


def test_one_table_may_be_seen_in_part_and_another_whole() -> None:
    index = index_of(ROWS)
    reach = Reach({CALLS: ALL, VISITS: hidden_by(["nhs_number"])})
    found = look_up(index, {**_TOLD, "nhs_number": _NHS}, reach)
    assert _records(found) == {"1", "2"}
    alike = look_up(index, _TOLD, reach)
    assert found.people[0].weight == pytest.approx(alike.people[0].weight)


def test_a_record_by_its_id_is_there_only_within_reach_and_without_what_is_hidden() -> None:
    index = index_of(ROWS)
    assert known_record(index, "2" * 32, Reach({CALLS: ALL})) is None
    one = known_record(index, "2" * 32, Reach({VISITS: hidden_by(["nhs_number", "surname"])}))
    assert one is not None
    assert one.words["given"] == "isolde"
    assert {one.words[name] for name in ("nhs_number", "surname", "token_1", "token_line")} == {None}


def test_looking_with_everything_within_reach_is_looking_without_a_limit() -> None:
    sent, _, index = village()
    every = Reach({(one.dataset, one.table): ALL for one in index.sources.names})
    for asked in sent[:40]:
        one, other = look_up(index, asked), look_up(index, asked, every)
        assert one.people == other.people

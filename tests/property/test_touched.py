"""What a seal looks for by whole columns is never less than what it would find by a digest of each value."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from roundtable.data.subjects.touched import placed_alike, touched
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.rights.keyed import Identity, Keyed
from roundtable.governance.rights.likeness import Known
from tests.factories_people import KEYRING

PERSON = LAKE_TABLES["person_record"].schema
NUMBERS = st.sampled_from(["9990001111", "999 000 1111", "999-000-2222", "", None, " 9990002222"])
PHONES = st.sampled_from(
    [
        "07700 900111",
        "+44 7700 900111",
        "0044 (0)7700 900111",
        "01632 960222",
        "(01632)960222",
        "900111",
        None,
    ]
)
OWN = st.sampled_from(["A1", " A1", "A1 ", "a1", "B2", "", None])
LINES = st.sampled_from(["1 High Street", "1, HIGH STREET, YO1 9ZZ", "Flat 2, Ré Court", "", None])
POSTCODES = st.sampled_from(["YO1 9ZZ", "yo19zz", "YO1-9ZZ", "ＹＯ1 9ZZ", "YO2 9ZZ", "", None])
DAYS = st.sampled_from([date(1990, 3, 4), date(1990, 4, 3), date(2001, 12, 31), None])

IDENTITIES = st.lists(
    st.builds(
        Identity,
        record_id=st.uuids().map(str),
        dataset=st.sampled_from(["police", "council"]),
        source_person_id=OWN,
        given_name=st.sampled_from(["Ann", "Bob", None]),
        surname=st.sampled_from(["Lee", "Ng", None]),
        date_of_birth=DAYS,
        nhs_number=NUMBERS,
        phone=PHONES,
        address=LINES,
        postcode=POSTCODES,
    ),
    min_size=1,
    max_size=8,
)


def _rows(people: list[Identity]) -> pa.Table:
    columns = {
        name: pa.array([getattr(one, name) for one in people], PERSON.field(name).type)
        for name in Identity.__dataclass_fields__
    }
    return pa.table(columns)


def _where(mask: pa.ChunkedArray) -> set[int]:
    return {number for number, true in enumerate(pc.fill_null(mask, False).to_pylist()) if true}


@given(IDENTITIES, st.data())
def test_no_record_is_missed(people: list[Identity], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(people))
    remembering, forgetful = Keyed(KEYRING, plain={}), Keyed(KEYRING)
    known = Known(wanted, remembering)
    marks = known.person | known.place | known.where_to_look | known.likely
    rows = _rows(people)
    assert _where(touched(rows, marks, forgetful)) <= _where(touched(rows, marks, remembering))
    assert _where(placed_alike(rows, marks, forgetful)) <= _where(placed_alike(rows, marks, remembering))


@given(IDENTITIES)
def test_marks_of_which_some_are_remembered_are_all_looked_for(people: list[Identity]) -> None:
    forgetful, remembering = Keyed(KEYRING), Keyed(KEYRING, plain={})
    older, newer = Known(people[0], forgetful), Known(people[-1], remembering)
    marks = older.person | older.place | newer.person | newer.place
    rows = _rows(people)
    assert _where(touched(rows, marks, forgetful)) <= _where(touched(rows, marks, remembering))
    assert {0, len(people) - 1} <= _where(touched(rows, marks, remembering))

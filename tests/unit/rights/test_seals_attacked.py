"""Each way in which what is under seal could still be told, tried."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from roundtable.data.engine import EngineName, open_engine
from roundtable.data.subjects.leaving_out import LeavingOut
from roundtable.data.subjects.sealed_rows import without_sealed
from roundtable.data.subjects.settling import see_that_settled, settle
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import Busy, NotPermitted
from roundtable.governance.rights.keyed import Keyed
from roundtable.governance.rights.sealing import LeftOut, of_record, sealed_from, see_that_may_release
from roundtable.ledger import seals
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import MarkKind, SealKind, SealOrigin
from roundtable.partnership.model.purpose import Purpose
from tests.factories_rights import HOME, NHS_A, NHS_B, NHS_C, NOW, OLD_HOME, OTHER, REFUGE, People
from tests.unit.rights.seeing import all_of, seen_by, seen_today


def _seal(people: People, *marks: Mark | None, kind: SealKind = SealKind.PROTECTED_ADDRESS) -> int:
    wanted = [mark for mark in marks if mark is not None]
    return seals.set_seal(kind, SealOrigin.ORDER, "caldicott", "at risk", wanted, NOW)


def _refuge(people: People) -> Mark | None:
    return Keyed(people.keyring).address(REFUGE)


def test_without_a_seal_everything_is_seen(people: People) -> None:
    record = people.incident("c1", uprn=REFUGE, surname="Ash", nhs_number=NHS_A)
    people.deliver()
    seen = seen_today(people)
    assert [row["record_id"] for row in seen["person_record"]] == [record]
    assert len(seen["event"]) == len(seen["involvement"]) == 1


def test_a_sealed_address_is_nowhere(people: People) -> None:
    people.place(REFUGE, "1 Hidden House", "ZY1 1AA")
    people.incident("c1", uprn=REFUGE, surname="Ash")
    people.contact("k1", uprn=REFUGE, surname="Ash")
    people.place(OTHER, "2 Open Street", "ZY1 1AB")
    people.incident("c2", uprn=OTHER, surname="Birch")
    people.deliver()
    _seal(people, _refuge(people))
    seen = seen_today(people)
    assert str(people.address(REFUGE)) not in all_of(seen)
    assert "Hidden" not in all_of(seen)
    assert [row["source_id"] for row in seen["event"]] == ["c2"]


def test_a_seal_that_is_set_before_the_data_come_holds_when_they_do(people: People) -> None:
    _seal(people, Keyed(people.keyring).nhs_number("999 000 0018"), kind=SealKind.PROTECTED_WITNESS)
    assert not seals.standing_marks()[1] & {of_record("x")}
    people.incident("c1", surname="Ash", nhs_number=NHS_A)
    people.incident("c2", surname="Birch", nhs_number=NHS_B)
    people.deliver()
    assert [row["surname"] for row in seen_today(people)["person_record"]] == ["Birch"]


def test_nothing_is_read_between_a_delivery_and_its_settling(people: People) -> None:
    settle(people.lake, NOW)
    see_that_settled(people.lake)
    people.incident("c1", surname="Ash")
    people.deliver()
    with pytest.raises(Busy, match="seals have not been brought up"):
        see_that_settled(people.lake)
    settle(people.lake, NOW)
    see_that_settled(people.lake)
    _seal(people, _refuge(people))
    with pytest.raises(Busy):
        see_that_settled(people.lake)


def test_through_another_dataset_with_the_same_nhs_number(people: People) -> None:
    """A school that a child goes to says where the mother lives."""
    mother = people.incident("c1", uprn=REFUGE, surname="Ash", nhs_number=NHS_A)
    people.record("pupil", dataset="school", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    _seal(people, of_record(mother), kind=SealKind.PRE_ADOPTION_IDENTITY)
    assert seen_today(people)["person_record"] == []


def test_through_the_sources_own_number_for_the_person(people: People) -> None:
    victim = people.incident("c1", surname="Ash", source_person_id="P7")
    people.incident("c2", surname="Ash", source_person_id="P7")
    people.incident("c3", dataset="fire", surname="Elm", source_person_id="P7")
    people.deliver()
    _seal(people, of_record(victim), kind=SealKind.PROTECTED_WITNESS)
    seen = seen_today(people)
    assert [row["surname"] for row in seen["person_record"]] == ["Elm"], "another source's P7 is another"
    assert [row["source_id"] for row in seen["event"]] == ["c3"]


def test_a_row_of_the_same_name_in_another_delivery_stays(people: People) -> None:
    """The id of a row is its own only within its delivery: a seal must not take a stranger's row."""
    victim = people.incident("1", surname="Ash")
    people.detail("m/1")
    people.deliver()
    people.incident("1", dataset="fire", surname="Elm")
    people.detail("m/1", dataset="fire")
    people.deliver()
    _seal(people, of_record(victim), kind=SealKind.PROTECTED_WITNESS)
    seen = seen_today(people)
    for name in ("event", "involvement", "detail", "person_record"):
        assert [row["dataset"] for row in seen[name]] == ["fire"], name


def test_through_a_chain_of_numbers(people: People) -> None:
    """Police and health share the NHS number, health and care the source's own: care must be found."""
    victim = people.incident("c1", surname="Ash", nhs_number=NHS_A)
    people.record("h1", dataset="health", surname="Ash", nhs_number=NHS_A, source_person_id="H1")
    people.deliver()
    people.record("h2", dataset="health", surname="Ash", nhs_number=NHS_B, source_person_id="H1")
    people.record("s1", dataset="school", surname="Ash", nhs_number=NHS_B)
    people.record("s2", dataset="school", surname="Fir", nhs_number=NHS_C)
    people.deliver()
    _seal(people, of_record(victim), kind=SealKind.PROTECTED_WITNESS)
    assert [row["surname"] for row in seen_today(people)["person_record"]] == ["Fir"]


def test_through_the_household_at_a_sealed_address(people: People) -> None:
    """Who lives with her shows where she lives, in this dataset and, by their number, in any other."""
    people.record("m", dataset="council", surname="Ash", uprn=REFUGE)
    people.record("child", dataset="council", surname="Ashby", uprn=REFUGE, nhs_number=NHS_B)
    people.record("pupil", dataset="school", surname="Ashby", nhs_number=NHS_B)
    people.record("n", dataset="council", surname="Birch", uprn=OTHER)
    people.deliver()
    _seal(people, _refuge(people))
    assert [row["surname"] for row in seen_today(people)["person_record"]] == ["Birch"]


def test_through_the_address_as_it_is_written_where_no_number_was_sent(people: People) -> None:
    people.record(
        "a", dataset="council", surname="Ash", uprn=REFUGE, address="1 Hidden House", postcode="ZY1 1AA"
    )
    people.record("b", dataset="health", surname="Ash", address="1, HIDDEN house, ZY1 1AA", postcode="zy11aa")
    people.record("c", dataset="health", surname="Birch", address="2 Hidden House", postcode="ZY1 1AA")
    people.deliver()
    _seal(people, _refuge(people))
    assert [row["surname"] for row in seen_today(people)["person_record"]] == ["Birch"]


def test_an_address_that_was_left_behind_stays_open(people: People) -> None:
    """Whoever lives now where she once lived loses nothing by her seal."""
    people.record("now", dataset="council", surname="Ash", uprn=REFUGE, nhs_number=NHS_A)
    people.record("then", dataset="health", surname="Ash", uprn=OLD_HOME, nhs_number=NHS_A)
    people.record("new", dataset="health", surname="Birch", uprn=OLD_HOME)
    people.deliver()
    _seal(people, _refuge(people))
    seen = seen_today(people)
    assert [row["surname"] for row in seen["person_record"]] == ["Birch"]
    assert str(people.address(OLD_HOME)) in all_of(seen)


def test_through_whoever_else_was_in_the_event(people: People) -> None:
    """The man she fled is a suspect in the same incident: it tells him where and when."""
    victim = people.incident("c1", uprn=REFUGE, surname="Ash")
    people.part("p1", "c1", surname="Oak")
    people.detail("m/c1")
    people.detail("m/p1", name="weapon", value="knife")
    people.result("c1")
    people.incident("c2", uprn=OTHER, surname="Oak")
    people.deliver()
    _seal(people, of_record(victim), kind=SealKind.PROTECTED_WITNESS)
    seen = seen_today(people)
    assert [row["source_id"] for row in seen["event"]] == ["c2"]
    assert [row["role"] for row in seen["involvement"]] == ["victim"]
    assert seen["detail"] == seen["event_result"] == []


def test_through_the_facts_about_an_event_at_the_address(people: People) -> None:
    row = people.event("c1", uprn=REFUGE)
    people.detail(row)
    people.result("c1")
    people.part("p1", "c1", surname="Oak")
    people.deliver()
    _seal(people, _refuge(people))
    seen = seen_today(people)
    assert seen["event"] == seen["involvement"] == seen["detail"] == seen["event_result"] == []


def test_no_two_figures_differ_by_what_is_sealed(people: People) -> None:
    """Every count that can be made of the rows is the count of a county without her."""
    people.incident("c2", uprn=OTHER, surname="Birch")
    people.detail("m/c2")
    people.contact("k2", uprn=OTHER, surname="Birch")
    people.deliver()
    without = {name: len(rows) for name, rows in seen_today(people).items()}
    people.incident("c1", uprn=REFUGE, surname="Ash", nhs_number=NHS_A)
    people.detail("m/c1")
    people.contact("k1", uprn=REFUGE, surname="Ash")
    people.part("p9", "c2", surname="Elm", role="witness")
    people.deliver()
    _seal(people, _refuge(people), Keyed(people.keyring).nhs_number(NHS_A))
    now = {name: len(rows) for name, rows in seen_today(people).items()}
    assert now == without | {"involvement": without["involvement"] + 1, "person_record": 2 + 1}


def test_a_step_that_may_not_see_who_was_there_still_does_not_see_the_event(people: People) -> None:
    """Permission that hides the parts must not open what the seal hides by them."""
    victim = people.incident("c1", surname="Ash")
    people.deliver()
    lake = people.lake
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, people.keyring) as engine:
        leaving = LeavingOut(
            lambda name: engine.scan(LAKE_TABLES[name], [file.path for file in lake.files(name)]),
            engine.memory,
            LeftOut(records=frozenset({victim})),
        )
        event = LAKE_TABLES["event"]
        seen = engine.scan(event, [file.path for file in lake.files("event")]).mutate(
            source_id=ibis.literal("hidden")
        )
        assert engine.to_arrow(leaving.take_from("event", seen), event).num_rows == 0
        with pytest.raises(ValueError, match="no step reads quarantine"):
            leaving.take_from("quarantine", seen)


def test_an_objection_takes_the_person_out_and_leaves_the_event_to_the_others(people: People) -> None:
    objector = people.incident("c1", surname="Ash")
    people.part("p1", "c1", surname="Oak")
    alone = people.incident("c2", surname="Fir")
    people.contact("k1", surname="Elm")
    people.deliver()
    seen = seen_by(people, LeftOut(objecting=frozenset({objector, alone})))
    assert [row["source_id"] for row in seen["event"]] == ["c1"]
    assert [row["role"] for row in seen["involvement"]] == ["suspect"]
    assert sorted(row["surname"] for row in seen["person_record"]) == ["Elm", "Oak"]


def test_a_flag_in_a_delivery_seals_on_arrival(people: People) -> None:
    people.record("a", dataset="council", surname="Ash", uprn=REFUGE, seal="protected_address")
    people.record("b", dataset="council", surname="Ash", uprn=REFUGE)
    people.record("c", dataset="council", surname="Birch", uprn=HOME)
    people.deliver()
    assert [row["surname"] for row in seen_today(people)["person_record"]] == ["Birch"]
    (made,) = seals.every_seal()
    assert (made.origin, made.set_by) == (SealOrigin.DELIVERY, "council")
    people.record("d", dataset="council", surname="Cedar", uprn=OTHER, seal="protected_address")
    people.deliver()
    assert [row["surname"] for row in seen_today(people)["person_record"]] == ["Birch"]
    assert len(seals.every_seal()) == 1, "one seal for a dataset and kind: their number says nothing"


def test_a_flag_on_a_property_alone_seals_it_on_arrival(people: People) -> None:
    """The gazetteer says that it is a refuge, before anybody is known to live there."""
    people.place(REFUGE, "1 Hidden House", "ZY1 1AA", seal="protected_address")
    people.place(OTHER, "2 Open Street", "ZY1 1AB")
    people.deliver("gazetteer")
    assert [row["address"] for row in seen_today(people)["address_record"]] == ["2 Open Street"]
    people.incident("c1", uprn=REFUGE, surname="Ash")
    people.incident("c2", uprn=OTHER, surname="Birch")
    people.record("h1", dataset="health", surname="Cedar", address="1 hidden house", postcode="ZY11AA")
    people.deliver()
    seen = seen_today(people)
    assert [row["source_id"] for row in seen["event"]] == ["c2"]
    assert [row["surname"] for row in seen["person_record"]] == ["Birch"]
    (made,) = seals.every_seal()
    assert (made.origin, made.set_by, made.kind) == (
        SealOrigin.DELIVERY,
        "gazetteer",
        SealKind.PROTECTED_ADDRESS,
    )


def test_through_the_gazetteer_which_knows_how_a_sealed_number_is_written(people: People) -> None:
    """Nobody's record bears the number: without the gazetteer, who lives there could not be known."""
    people.record("h1", dataset="health", surname="Ash", address="1 Hidden House", postcode="ZY1 1AA")
    people.record("h2", dataset="health", surname="Birch", address="2 Open Street", postcode="ZY1 1AB")
    people.deliver()
    _seal(people, _refuge(people))
    assert len(seen_today(people)["person_record"]) == 2
    people.place(REFUGE, "1 Hidden House", "ZY1 1AA")
    people.place(OTHER, "2 Open Street", "ZY1 1AB")
    people.deliver("gazetteer")
    assert [row["surname"] for row in seen_today(people)["person_record"]] == ["Birch"]


def test_through_the_gazetteer_which_knows_the_number_of_an_address_as_it_is_written(people: People) -> None:
    """She is flagged with an address in words: what happens at its number would still say where she is."""
    people.place(REFUGE, "1 Hidden House", "ZY1 1AA")
    flag = {"address": "1 Hidden House", "postcode": "ZY1 1AA", "seal": "protected_address"}
    people.record("h1", dataset="health", surname="Ash", **flag)
    people.event("c1", uprn=REFUGE)
    people.event("c2", uprn=OTHER)
    people.deliver()
    seen = seen_today(people)
    assert [row["source_id"] for row in seen["event"]] == ["c2"]
    assert seen["person_record"] == seen["address_record"] == []


def test_a_release_opens_for_one_post_one_purpose_and_a_while(people: People) -> None:
    victim = people.incident("c1", surname="Ash")
    people.deliver()
    number = _seal(people, of_record(victim), kind=SealKind.PROTECTED_WITNESS)
    ends = NOW + timedelta(hours=2)
    seals.release_seal(number, "safeguarding_adults", "worker", "caldicott", "court", NOW, ends)

    def count(post: str | None, purpose: str = "safeguarding_adults", hours: float = 1) -> int:
        return len(seen_today(people, post, purpose, NOW + timedelta(hours=hours))["event"])

    assert count("worker") == 1
    assert count("caldicott") == count("other") == 0
    assert count(None) == 0, "a run serves many eyes"
    assert count("worker", "crisis_care") == 0
    assert count("worker", hours=2) == 0
    assert count("worker", hours=-1) == 0


@pytest.mark.parametrize(
    ("asks", "releases", "hours", "rule"),
    [
        ("a", "a", 1, "four-eyes"),
        ("a", "owner", 1, "own-household"),
        ("owner", "a", 1, "own-household"),
        ("a", "b", 0, "release-over"),
        ("a", "b", 24 * 29, "release-long"),
    ],
)
def test_a_release_keeps_the_rules(people: People, asks: str, releases: str, hours: int, rule: str) -> None:
    marks = [of_record("r" * 32)]
    number = seals.set_seal(
        SealKind.OWN_HOUSEHOLD, SealOrigin.ORDER, "siro", "staff", marks, NOW, concerns="owner"
    )
    (seal,) = [one for one in seals.every_seal() if one.number == number]
    with pytest.raises(NotPermitted) as refused:
        see_that_may_release(seal, asks, releases, NOW, NOW + timedelta(hours=hours))
    assert rule in {problem.rule for problem in refused.value.problems}
    see_that_may_release(seal, "a", "b", NOW, NOW + timedelta(hours=1))


def test_lifting_a_seal_opens_and_forgets_what_it_covered(people: People) -> None:
    victim = people.incident("c1", surname="Ash")
    people.deliver()
    number = _seal(people, of_record(victim))
    assert seen_today(people)["event"] == []
    seals.lift_seal(number, "caldicott", "siro", "no longer at risk", NOW)
    assert len(seen_today(people)["event"]) == 1
    assert seals.standing_marks() == {}


def test_the_ledger_holds_no_identifier_of_what_is_sealed(people: People) -> None:
    people.record("a", dataset="council", surname="Quillfeather", uprn=REFUGE, nhs_number=NHS_A,
                  given_name="Wilhelmina", former_surname="Threlkeldy", date_of_birth=date(1986, 3, 4),
                  phone="07700900123",
                  address="1 Hidden House", postcode="ZY1 1AA", source_person_id="PERSON-77")  # fmt: skip
    people.record("b", dataset="health", surname="Quillfeather", given_name="Wilhelmina",
                  date_of_birth=date(1986, 3, 4), nhs_number=NHS_B, source_person_id="H1")  # fmt: skip
    people.deliver()
    _seal(people, _refuge(people), Keyed(people.keyring).nhs_number(NHS_A))
    seen_today(people)
    kinds = {mark.what for mark in seals.standing_marks()[1]}
    assert kinds == set(MarkKind) - {MarkKind.NAME_AND_BIRTH}
    held = b"".join(path.read_bytes() for path in (people.folder / ".roundtable").glob("ledger.sqlite3*"))
    names = ("Quillfeather", "Wilhelmina", "Threlkeldy", "quillfeather", "wilhelmina", "threlkeldy")
    for secret in (*names, NHS_A, REFUGE, "Hidden House", "PERSON-77", "1986-03-04", "07700900123"):
        assert secret.encode() not in held, secret


def test_an_outsider_without_seals_sees_the_same_as_before(people: People) -> None:
    """A seal on somebody nobody has heard of changes nothing: nobody can tell that it is there."""
    people.incident("c1", uprn=HOME, surname="Ash")
    people.deliver()
    before = seen_today(people)
    _seal(people, Keyed(people.keyring).nhs_number(NHS_C))
    assert seen_today(people) == before
    assert sealed_from(None, "x", NOW, seals.standing_marks(), ()).records == frozenset()


def test_an_export_has_nothing_of_it_and_no_count_that_tells(people: People, tmp_path: Path) -> None:
    people.incident("c1", uprn=REFUGE, surname="Ash")
    people.contact("k1", uprn=REFUGE)
    people.detail("m/c1")
    people.quarantined(1, "{}")
    people.incident("c2", uprn=OTHER, surname="Birch")
    people.deliver()
    _seal(people, _refuge(people))
    with pytest.raises(Busy):
        people.lake.export(None, tmp_path / "too-soon", Purpose.HARM_BY_PLACE, NOW)
    settle(people.lake, NOW)
    people.lake.export(None, tmp_path / "export", Purpose.HARM_BY_PLACE, NOW)
    held = {
        path.parent.name: pq.read_table(path).num_rows for path in (tmp_path / "export").rglob("*.parquet")
    }
    assert (held["event"], held["involvement"], held["detail"], held["quarantine"]) == (1, 1, 0, 0)
    assert held["contact"] == 0
    listed = json.loads((tmp_path / "export" / "snapshot.json").read_text())["tables"]
    assert {name: one["rows"] for name, one in listed.items() if one["rows"]} == {
        "event": 1,
        "involvement": 1,
    }
    assert str(people.address(REFUGE)) not in str(
        [pq.read_table(path).to_pylist() for path in (tmp_path / "export" / "event").iterdir()]
    )


def test_through_the_quarantine(people: People) -> None:
    """A row that could not be taken has no ids; what it says is tried as everything it could be."""
    _seal(people, _refuge(people), Keyed(people.keyring).nhs_number(NHS_A))
    rows: dict[int, Mapping[str, str | None]] = {
        1: {"nhs": "999 000 0018", "born": "??"},
        2: {"wrong place": f"000{REFUGE}", "born": None},
        3: {"nhs": NHS_B, "born": "??"},
    }
    assert without_sealed(people.lake, "police", rows) == {3: rows[3]}


def test_through_a_table_that_was_made_before_the_seal_was_set(people: People) -> None:
    people.incident("c1", uprn=REFUGE, surname="Ash")
    people.deliver()
    lake, address = people.lake, people.address(REFUGE)
    flags = LAKE_TABLES["property_flags"]
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, people.keyring) as engine:
        made = {
            field.name: [address, "other"] if field.name == "address_id" else _two_of(field)
            for field in flags.schema
        }
        rows = engine.memory(pa.table(made, schema=flags.schema), "flags")
        leaving = LeavingOut(lambda _name: rows, engine.memory, LeftOut(addresses=frozenset({str(address)})))
        left = engine.to_arrow(leaving.take_from("property_flags", rows), flags)
        assert left.column("address_id").to_pylist() == ["other"]


def _two_of(field: pa.Field) -> pa.Array:
    text = pa.array(["2026-01-01" if pa.types.is_date(field.type) else "1"] * 2)
    return pc.equal(text, "1") if pa.types.is_boolean(field.type) else text.cast(field.type)

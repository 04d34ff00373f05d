"""Questions given out: what a post may be given and nothing else, noted, and without a hint."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from roundtable.errors import NotPermitted, SettingUnusable, StoreUnusable
from roundtable.governance.rights.sealing import of_record
from roundtable.ledger import audit, copies, looks, seals
from roundtable.ledger.models import ReviewBatch, ReviewKind, ReviewQuestion, SealKind, SealOrigin
from roundtable.linkage.review.question_file import HEADINGS
from roundtable.linkage.review.reviewed import reviewed
from roundtable.reviewing.taking import take_answers
from tests.factories_rights import NOW
from tests.unit.reviewing.county import PURPOSE, SURNAMES, Reviewing, read


def test_it_is_two_records_side_by_side_and_nothing_of_the_model(county: Reviewing) -> None:
    path, given = county.give("council-one")

    rows = read(path)
    assert tuple(rows[0]) == HEADINGS
    assert len(rows) == given.questions == given.new == len(SURNAMES)
    for row in rows:
        assert row["name A"].endswith(row["name B"][-4:])
        assert {row["source A"], row["source B"]} == {
            "Dataset police",
            "Dataset care",
        }
        assert row["answer"] == row["why"] == ""
    text = path.read_text(encoding="utf-8")
    weights = [f"{one.weight:.1f}" for one in ReviewQuestion.objects.all() if one.weight]
    assert len(weights) == len(SURNAMES) and not [one for one in weights if one in text]
    assert not [record for record in county.records.values() if record in text]


def test_what_the_agreement_keeps_from_the_post_is_not_in_it(county: Reviewing) -> None:
    """Care's NHS numbers are for another agency, and so is everything of health."""
    path, _ = county.give("council-one")
    text = path.read_text(encoding="utf-8")
    assert "999000" not in text and "health" not in text


def test_only_its_owner_may_read_it_and_it_is_noted_before_it_leaves(county: Reviewing) -> None:
    path, given = county.give("council-one")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (copy,) = copies.every_copy()
    assert (copy.number, copy.place, copy.recipient) == (given.copy, str(path), "council")
    (event,) = (one for one in audit.events() if one.action == "review.given")
    assert event.detail == {"post": "council-one", "agency": "council", "kind": "worth", "questions": 12}
    assert looks.looks_at([county.records["care", 3]]) and not looks.looks_at([county.records["health", 3]])
    assert not audit.verify().problems


def test_a_formula_in_a_name_stays_text(county: Reviewing) -> None:
    path, _ = county.give("council-one")
    (row,) = (row for row in read(path) if row["name A"].endswith("Alder"))
    assert row["name A"] == row["name B"] == "'=Robin Alder"


def test_the_second_post_is_asked_the_same_and_the_third_where_they_differ(county: Reviewing) -> None:
    first, _ = county.give("council-one")
    second, given = county.give("council-two")
    assert given.new == 0 and ReviewBatch.objects.count() == 1
    assert {row["question"] for row in read(first)} == {row["question"] for row in read(second)}
    take_answers(county.partnership, county.answer(first, "same"), "council-one", NOW)
    take_answers(county.partnership, county.answer(second, "different"), "council-two", NOW)
    third, given = county.give("council-three", number=5)
    assert (given.questions, given.new) == (5, 0)
    take_answers(county.partnership, county.answer(third, "same"), "council-three", NOW)
    states = reviewed(PURPOSE.value).states(1)
    assert {state.value: number for state, number in states.items()} == {"settled": 5, "waits for a third": 7}
    with pytest.raises(SettingUnusable, match="nothing to ask"):
        county.give("council-one")


def test_questions_that_wait_and_new_ones_stand_in_one_file_in_no_order(county: Reviewing) -> None:
    first, _ = county.give("council-one", number=6)
    take_answers(county.partnership, county.answer(first), "council-one", NOW)
    path, given = county.give("council-two", number=12)
    batches = [row["question"].split("-")[0] for row in read(path)]
    assert given.new == 6 and sorted(batches) == ["Q1"] * 6 + ["Q2"] * 6 and batches != sorted(batches)


def test_a_sample_is_drawn_and_kept_with_what_it_was_drawn_from(county: Reviewing) -> None:
    path, given = county.give("council-one", ReviewKind.SAMPLE, 40)

    batch = ReviewBatch.objects.get()
    assert batch.kind == "sample" and batch.datasets == ["care", "police"]
    strata = {one["name"]: one for one in batch.strata}
    assert sum(one["size"] for one in strata.values()) == 24 * 23 / 2
    assert sum(one["questions"] for one in strata.values()) == given.questions == len(read(path)) == 17
    assert {one["reach"] for one in strata.values()} == {"weighed", "far"}
    assert sum(one.stands_for for one in ReviewQuestion.objects.all()) == pytest.approx(24 * 23 / 2)
    again, same = county.give("council-two", ReviewKind.SAMPLE, 100)
    assert same.new == 0 and len(read(again)) == 17, "a sample that is open is not added to"


def test_who_is_under_seal_is_not_asked_about_then_or_later(county: Reviewing) -> None:
    first, _ = county.give("council-one")
    marks = {of_record(county.records["care", 3])}
    seals.set_seal(SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "council-post", "an order", marks, NOW)
    from roundtable.data.subjects.made_under import note_made
    from roundtable.data.subjects.settling import settle

    settle(county.people.lake, NOW)
    note_made(county.people.lake)
    second, _ = county.give("council-two")
    assert "Dogwood" in first.read_text(encoding="utf-8")
    assert "Dogwood" not in second.read_text(encoding="utf-8") and len(read(second)) == 11


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ("council-on", "mean 'council-one'"),
        ("council-vacant", "has been vacant since 2026-01-01"),
        ("", "there is no post ''"),
    ],
)
def test_there_must_be_such_a_post(county: Reviewing, post: str, said: str) -> None:
    with pytest.raises(SettingUnusable, match=said):
        county.give(post)
    assert not list(county.elsewhere.iterdir()) and not copies.every_copy()


def test_a_post_that_the_agreements_give_nobody_is_refused_and_told_why(county: Reviewing) -> None:
    with pytest.raises(NotPermitted, match="'police' may not be given to 'charity-post'"):
        county.give("charity-post")
    assert not list(county.elsewhere.iterdir()) and not ReviewBatch.objects.count()


def test_a_file_may_not_stand_where_it_must_not(county: Reviewing) -> None:
    from roundtable.reviewing.giving import give_questions

    there = county.elsewhere / "there.csv"
    there.write_text("mine", encoding="utf-8")
    places: list[tuple[Path, str]] = [
        (there, "something of this name"),
        (county.people.folder / "questions.csv", "no personal data may"),
        (county.elsewhere / "none" / "questions.csv", "does not exist"),
    ]
    for place, said in places:
        with pytest.raises(SettingUnusable, match=said):
            give_questions(county.desk, "council-one", ReviewKind.WORTH, 5, place)
    assert there.read_text(encoding="utf-8") == "mine"


def test_before_anybody_is_linked_it_says_how_to_begin(county: Reviewing) -> None:
    lake = county.people.lake
    (file,) = (one for one in lake.listed("link_index"))
    lake.publish("gone", [], [file], lambda _: None, NOW)
    with pytest.raises(SettingUnusable, match="no run has linked records for safeguarding_adults yet"):
        county.give("council-one")


def test_without_the_keys_nothing_is_given(county: Reviewing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(county.people, "keyring", None)
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(county.elsewhere / "nowhere"))
    with pytest.raises(StoreUnusable, match="no key"):
        county.give("council-one")

"""Answers taken in: whole files, whatever a spreadsheet or a bad day has made of them; and taken back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from roundtable.errors import ForeignFileUnusable, SettingUnusable
from roundtable.ledger import audit
from roundtable.ledger.models import LinkDecision, ReviewKind
from roundtable.ledger.subjects import forget
from roundtable.linkage.review.answer_file import Answers
from roundtable.linkage.review.settling import settled_links
from roundtable.reviewing.taking import take_answers, take_back
from tests.factories_rights import NOW
from tests.unit.reviewing.county import PURPOSE, SURNAMES, Reviewing, read, write

COUNT = len(SURNAMES)


def _take(county: Reviewing, path: Path, post: str = "council-one", unfinished: bool = False) -> Answers:
    return take_answers(county.partnership, path, post, NOW, unfinished=unfinished)


def _refused(county: Reviewing, path: Path, post: str = "council-one") -> str:
    before = LinkDecision.objects.count()
    with pytest.raises(ForeignFileUnusable) as caught:
        _take(county, path, post)
    assert LinkDecision.objects.count() == before, "nothing of a wrong file is taken"
    assert all(problem.remedy for problem in caught.value.problems)
    return "\n".join(str(problem) for problem in caught.value.problems)


def test_what_two_posts_agree_on_is_settled_for_linking(county: Reviewing) -> None:
    for post, answer in (("council-one", "same"), ("council-two", "SAME ")):
        path, _ = county.give(post)
        found = _take(county, county.answer(path, answer, "'- the same NHS number"), post)
        assert len(found.new) == COUNT
    settled = settled_links(PURPOSE.value)
    pairs = {(county.records["police", one], county.records["care", one]) for one in range(COUNT)}
    assert set(settled.together) == {(min(two), max(two)) for two in pairs} and not settled.apart
    assert {one.why for one in LinkDecision.objects.all()} == {"- the same NHS number"}
    said = [event.detail for event in audit.events() if event.action == "review.answered"]
    assert said == [{"post": post, "answers": COUNT} for post in ("council-one", "council-two")]


def test_a_file_that_comes_again_changes_nothing(county: Reviewing) -> None:
    path, _ = county.give("council-one")
    _take(county, county.answer(path))
    again = _take(county, path)
    assert (len(again.new), again.known) == (0, COUNT) and LinkDecision.objects.count() == COUNT


def test_nothing_of_a_file_with_a_mistake_is_taken(county: Reviewing) -> None:
    path, _ = county.give("council-one")
    rows = read(county.answer(path))
    rows[1]["answer"], rows[4]["name A"] = "", "Robin Zelkova"
    told = _refused(county, write(path, rows))
    assert f"{path}:3 (answer)" in told and f"{path}:6 (check)" in told


def test_one_post_cannot_speak_for_two(county: Reviewing) -> None:
    """Neither by its own file under another name, nor by the name changed in the file."""
    path, _ = county.give("council-one")
    _take(county, county.answer(path))
    assert "was given to 'council-one', and not to 'council-two'" in _refused(county, path, "council-two")
    rows = read(path)
    for row in rows:
        row["post"] = "council-two"
    assert "does not say of the two records" in _refused(county, write(path, rows), "council-two")
    assert not settled_links(PURPOSE.value).pairs


def test_a_file_that_cannot_be_read_is_refused_in_words(county: Reviewing) -> None:
    assert "there is no such file" in _refused(county, county.elsewhere / "none.csv")
    assert "there is no such file" in _refused(county, county.elsewhere)


def test_an_unfinished_file_is_taken_as_far_as_it_goes(county: Reviewing) -> None:
    path, _ = county.give("council-one")
    rows = read(county.answer(path))
    for row in rows[4:]:
        row["answer"] = ""
    write(path, rows)
    found = _take(county, path, unfinished=True)
    assert (len(found.new), found.unanswered) == (4, COUNT - 4)
    found = _take(county, county.answer(path))
    assert (len(found.new), found.known) == (COUNT - 4, 4)


def test_another_answer_needs_the_first_to_be_taken_back_and_both_stay(county: Reviewing) -> None:
    path, _ = county.give("council-one")
    _take(county, county.answer(path))
    name = read(path)[0]["question"]
    assert "you have answered 'Q1-" in _refused(county, county.answer(path, "different"))
    assert take_back(county.partnership, "council-one", [name], "A slip of the hand.", NOW) == 1
    rows = read(county.answer(path))
    rows[0]["answer"] = "different"
    assert len(_take(county, write(path, rows)).new) == 1
    number = int(name.split("-")[1])
    kept = LinkDecision.objects.filter(question__number=number).order_by("number")
    assert [(one.verdict, one.withdrawn_by) for one in kept] == [("same", "council-one"), ("different", "")]


def test_a_post_takes_back_its_own_and_says_why(county: Reviewing) -> None:
    path, _ = county.give("council-one")
    _take(county, county.answer(path))
    name = read(path)[0]["question"]
    with pytest.raises(SettingUnusable, match="'council-two' has no answer"):
        take_back(county.partnership, "council-two", [name], "A slip.", NOW)
    with pytest.raises(SettingUnusable, match="looks like"):
        take_back(county.partnership, "council-one", [name], " ", NOW)
    with pytest.raises(SettingUnusable, match="Q9-9"):
        take_back(county.partnership, "council-one", [name, "Q9-9"], "A slip.", NOW)
    assert not LinkDecision.objects.exclude(withdrawn_at=None)


def test_what_was_erased_meanwhile_is_told_and_what_was_answered_before_still_counts(
    county: Reviewing,
) -> None:
    path, _ = county.give("council-one", ReviewKind.WORTH)
    _take(county, county.answer(path))
    second, _ = county.give("council-two")
    forget([county.records["care", 5]])
    told = _refused(county, county.answer(second), "council-two")
    assert told.count("has been erased since") == 1
    rows = [row for row in read(second) if not row["name A"].endswith("Fir")]
    assert len(_take(county, write(second, rows), "council-two").new) == COUNT - 1
    third, _ = county.give("council-three", ReviewKind.SAMPLE)
    assert csv.DictReader(third.open(encoding="utf-8-sig")).fieldnames

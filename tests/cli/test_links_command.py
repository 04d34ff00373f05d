"""`roundtable links`, by the entry point: a small town whose people are joined, and parted again."""

from __future__ import annotations

import io
import shutil
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.cli.links_town import (
    FEBRUARY,
    JANUARY,
    KEPT_FEBRUARY,
    KEPT_JANUARY,
    MARCH,
    PURPOSE,
    built,
    decisions_of,
    events_of,
    people_of,
    receive,
    undone_by,
)
from tests.cli.test_lookup_command import Ended, Run, _called
from tests.town import Town

FOR = ("--purpose", PURPOSE)
AS_COUNCIL = ("--post", "council-analyst")
AS_FIRE = (*FOR, "--post", "fire-visits-lead")
WHY = ("--why", "They are two sisters.")


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town and its keys, after two runs."""
    place = tmp_path_factory.mktemp("links")
    town = built(place)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        assert _called(patch, place, "keys", "init", town.folder) == 0
        for month, cases, kept in (("01", JANUARY, KEPT_JANUARY), ("02", FEBRUARY, KEPT_FEBRUARY)):
            receive(town, month, cases, kept)
            assert _called(patch, place, "run", town.folder) == 0
    return place


@pytest.fixture
def town(joined: Path, tmp_path: Path) -> Town:
    """A copy of the town, with its keys beside it."""
    shutil.copytree(joined, tmp_path, dirs_exist_ok=True)
    return Town(tmp_path / "town")


@pytest.fixture
def run(town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as its program does."""

    def command(*words: str | Path, stdin: str = "") -> Ended:
        capsys.readouterr()
        code = _called(monkeypatch, town.folder.parent, *words)
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return command


def _moves(run: Run, town: Town, *more: str) -> dict[str, Any]:
    return run(
        "links", "moves", town.folder, *(AS_FIRE if "--post" not in more else FOR), "--json", *more
    ).json()


def _row(told: dict[str, Any], kind: str) -> dict[str, Any]:
    """The newest move of a kind."""
    row: dict[str, Any] = next(row for row in told["moves"] if row["kind"] == kind)
    return row


def _undo(run: Run, town: Town, one: dict[str, Any], *more: str) -> Ended:
    return run("links", "undo", town.folder, str(one["run"]), str(one["number"]), *(more or (*AS_FIRE, *WHY)))


def _again(run: Run, town: Town) -> None:
    ended = run("run", town.folder)
    assert ended.returncode == 0, ended.stderr


def test_moves_are_told_newest_first_with_reasons_and_without_identifiers(run: Run, town: Town) -> None:
    ended = run("links", "moves", town.folder, *AS_FIRE)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Run 2, ")
    assert "2 merges" in ended.stdout
    assert "2/" in ended.stdout and "merge, 1 record\n" in ended.stdout
    assert "1 of 1 pairs between the two sides were kept" in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 100
    for said in ("Quillon", "Featherby", "1981", "9990000018", *people_of(town)):
        assert said not in ended.stdout


def test_a_move_of_records_that_are_not_the_posts_is_counted_and_not_told(run: Run, town: Town) -> None:
    fire, council = _moves(run, town), _moves(run, town, *AS_COUNCIL)
    assert (len(fire["moves"]), fire["not_shown"]) == (1, 1)
    assert (len(council["moves"]), council["not_shown"]) == (2, 0)
    (other,) = (one for one in council["moves"] if one not in fire["moves"])
    refused = _undo(run, town, other)
    assert refused.returncode == 4
    assert "may not be given all records" in refused.stderr
    assert not decisions_of(town)
    assert _undo(run, town, other, *FOR, *AS_COUNCIL, *WHY).returncode == 0
    new = _moves(run, town, "--kind", "new")
    assert (len(new["moves"]), new["not_shown"]) == (1, 3), "who was joined to somebody kept is not told of"


def test_of_many_moves_so_many_are_told_and_of_one_run_alone(run: Run, town: Town) -> None:
    every = _moves(run, town, *AS_COUNCIL, "--kind", "new")
    first = _moves(run, town, *AS_COUNCIL, "--kind", "new", "--number", "1")
    assert (first["moves"], first["older"]) == (every["moves"][:1], len(every["moves"]) - 1)
    assert [one["run"] for one in every["runs"]] == [2, 1]
    assert _moves(run, town, "--run", "1")["moves"] == []
    ended = run("links", "moves", town.folder, *AS_FIRE, "--run", "1")
    assert "Run 1, " in ended.stdout and "4 new." in ended.stdout and "Nothing of the kinds" in ended.stdout
    ended = run("links", "moves", town.folder, *AS_FIRE, "--kind", "merges")
    assert ended.returncode == 8 and "did you mean 'merge'" in ended.stderr


def test_a_merge_is_undone_by_the_next_run_and_stays_so(run: Run, town: Town) -> None:
    before = people_of(town)
    (merge,) = _moves(run, town)["moves"]
    ended = _undo(run, town, merge)
    assert ended.returncode == 0, ended.stderr
    assert "a merge, is undone: the 1 record that it brought to another person" in ended.stdout
    assert "Decision 1 says so, by 'fire-visits-lead'" in ended.stdout
    assert "next `roundtable run" in ended.stdout
    assert people_of(town) == before, "the links are as they were"
    assert (
        "Undone by decision 1; the next run goes by it."
        in run("links", "moves", town.folder, *AS_FIRE).stdout
    )

    _again(run, town)
    parted = people_of(town)
    (split,) = (one for one in _moves(run, town)["moves"] if one["kind"] == "split")
    assert (split["person_from"], split["person_to"]) == (merge["person_to"], merge["person_from"])
    changed = {record for record, person in parted.items() if person != before[record]}
    assert {parted[record] for record in changed} == {merge["person_from"]}, "the id of before is back"
    assert sorted(undone_by(town)[2, "merge"], key=str) == [1, None]
    told = next(one for one in _moves(run, town)["moves"] if one["kind"] == "merge")
    assert (told["undone_by"], told["waits_for_run"]) == (1, False)

    receive(town, "03", MARCH)
    _again(run, town)
    after = people_of(town)
    assert {record: after[record] for record in parted} == parted, (
        "a record that fits both joins them no more"
    )
    assert sorted(undone_by(town)[2, "merge"], key=str) == [1, None]


def test_an_undoing_is_undone_in_its_turn_and_the_merge_stands_again(run: Run, town: Town) -> None:
    merged = people_of(town)
    (merge,) = _moves(run, town)["moves"]
    assert _undo(run, town, merge).returncode == 0
    _again(run, town)
    split = _row(_moves(run, town), "split")
    ended = _undo(run, town, split)
    assert "What was decided to the contrary on 1 pair is withdrawn." in ended.stdout
    told = run("links", "moves", town.folder, *AS_FIRE).stdout
    assert "It was undone, and stands again from the next run on." in told
    _again(run, town)
    assert people_of(town) == merged
    undone = undone_by(town)
    assert undone[2, "merge"] == [None, None] and undone[3, "split"] == [2]
    said = [(one.undoes, one.stands) for one in decisions_of(town)]
    assert said == [((2, merge["number"]), False), ((3, split["number"]), True)]


def test_the_chain_says_who_undid_which_move_and_names_no_record(run: Run, town: Town) -> None:
    (merge,) = _moves(run, town)["moves"]
    assert _undo(run, town, merge).returncode == 0
    (event,) = events_of(town, "link.undone")
    assert event.about == f"links for {PURPOSE}"
    assert event.detail == {"by": "fire-visits-lead", "pairs": 1, "run": 2, "move": merge["number"]}
    (decision,) = decisions_of(town)
    assert (decision.post, decision.why) == ("fire-visits-lead", WHY[1])


def test_what_cannot_be_undone_is_refused_with_the_remedy_and_nothing_is_written(
    run: Run, town: Town
) -> None:
    (new,) = _moves(run, town, "--kind", "new")["moves"]
    refused = _undo(run, town, new)
    assert refused.returncode == 8
    assert "a 'new' took no record" in refused.stderr and "`roundtable review`" in refused.stderr
    refused = _undo(run, town, {"run": 9, "number": 1})
    assert refused.returncode == 8
    assert "there is no such move" in refused.stderr and "`roundtable links moves`" in refused.stderr
    (merge,) = _moves(run, town)["moves"]
    refused = _undo(run, town, merge, *AS_FIRE, "--why", "9990000018 is not hers")
    assert refused.returncode == 8 and "words that name nobody" in refused.stderr
    assert not decisions_of(town)
    assert _undo(run, town, merge).returncode == 0
    refused = _undo(run, town, merge)
    assert refused.returncode == 8
    assert "undone already" in refused.stderr and "let a run go by it" in refused.stderr
    assert len(decisions_of(town)) == 1


@pytest.mark.parametrize("words", [("moves",), ("about",), ("undo", "2", "1", *WHY)])
def test_no_post_is_told_anything_that_no_agreement_gives_it(
    run: Run, town: Town, words: tuple[str, ...]
) -> None:
    command = ("links", words[0], town.folder, *words[1:])
    ended = run(*command, *FOR, "--post", "fire-visit-lead")
    assert ended.returncode == 8 and "did you mean 'fire-visits-lead'" in ended.stderr
    ended = run(*command, "--purpose", "crisis_care", "--post", "fire-visits-lead")
    assert ended.returncode == 8 and "linked for crisis_care" in ended.stderr
    town.change(
        "agreements/share-cases.yaml",
        "joint_controller, receives: true,",
        "joint_controller, receives: false,",
    )
    ended = run(*command, *AS_FIRE)
    assert (ended.returncode, ended.stdout) == (4, ""), ended.stderr
    assert "'cases' may not be given to 'fire-visits-lead'" in ended.stderr
    assert not decisions_of(town)


def test_about_says_what_has_to_be_known_in_words(run: Run, town: Town) -> None:
    ended = run("links", "about", town.folder, *AS_FIRE)
    assert ended.returncode == 0, ended.stderr
    assert f"Links for {PURPOSE}, linked by run 2 of " in ended.stdout
    assert "4 records of 2 people in " in ended.stdout
    for wanted in ("(precision)", "(recall)", "Why it stops joining where it does"):
        assert wanted in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 100
    assert "Undone" not in ended.stdout and "undone" not in ended.stdout
    (merge,) = _moves(run, town)["moves"]
    assert _undo(run, town, merge).returncode == 0
    told = run("links", "about", town.folder, *AS_FIRE, "--json").json()
    assert (told["records"], told["people"], told["run"], told["undone"], told["waiting"]) == (4, 2, 2, 1, 1)
    assert told["expected"]["chosen"] is True and told["told"]["stop"]
    assert "1 move undone" in run("links", "about", town.folder, *AS_FIRE).stdout


def test_before_any_run_it_says_how_to_begin(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    new = Town.built_in(tmp_path / "new")
    ended = run("links", "about", new.folder, *AS_FIRE)
    assert ended.returncode == 8 and "Begin with `roundtable run" in ended.stderr


def test_after_a_seal_the_links_wait_for_a_run(run: Run, town: Town) -> None:
    town.change("agencies/council.yaml", "kind: analyst", "kind: dpo")
    sealed = run(
        "seal", "add", town.folder, "--kind", "protected_witness", "--nhs-number", "9990000018",
        "--reason", "an order", "--by", "council-analyst",
    )  # fmt: skip
    assert sealed.returncode == 0, sealed.stderr
    ended = run("links", "moves", town.folder, *AS_FIRE)
    assert ended.returncode == 7 and "roundtable run" in ended.stderr

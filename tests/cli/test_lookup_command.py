"""`roundtable lookup`, by the entry point: a small town that is linked, and who may look somebody up."""

from __future__ import annotations

import io
import json
import shutil
import stat
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from roundtable.cli.main import main
from roundtable.ledger import audit
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.looks import LOOKED_AT
from tests.town import Town

CONTRACT = """
    apiVersion: v3.1.0
    kind: DataContract
    id: {id}
    version: 1.0.0
    status: active
    name: Records about people
    schema:
      - name: rows
        physicalName: '*.csv'
        properties:
          - name: id
            primaryKey: true
            required: true
            customProperties: [{{property: roundtable, value: {{canonical: source_id}}}}]
          - name: given
            customProperties: [{{property: roundtable, value: {{canonical: person.given_name}}}}]
          - name: family
            customProperties: [{{property: roundtable, value: {{canonical: person.surname}}}}]
          - name: born
            logicalType: date
            logicalTypeOptions: {{format: yyyy-MM-dd}}
            customProperties: [{{property: roundtable, value: {{canonical: person.date_of_birth}}}}]
          - name: nhs
            customProperties: [{{property: roundtable, value: {{canonical: person.nhs_number}}}}]
        customProperties:
          - property: roundtable
            value: {{canonical: person_record, periodPattern: '(?P<period>[0-9]{{4}}-[0-9]{{2}})'}}
    customProperties:
      - property: roundtable
        value:
          createdBy: council
          consumedBy: [{{agency: fire-service, decision: Whom to help, frequency: daily}}]
          subjects: people
          specialCategory: true
          criminalOffence: false
          timelinessDays: 30
"""
AGREEMENT = """
    id: share-{id}
    title: People whom several services help
    tier: specific
    purposes: [safeguarding_adults]
    scenarios: [alone-at-risk]
    rung: {rung}
    parties:
      - {{agency: council, role: joint_controller, gives: true, receives: true,
         signed_by: council-analyst, signed_on: 2026-01-02}}
      - {{agency: fire-service, role: joint_controller, receives: true,
         signed_by: fire-prevention-lead, signed_on: 2026-01-02}}
    grants:
      - {{dataset: {id}, table: rows, columns: [id, given, family, born, nhs]}}
    basis:
      regime: uk_gdpr
      gateways: [care14.s6, dpa18.sch1.p18]
      article_6: 6(1)(e) public task
      article_9: 9(2)(g) substantial public interest
      schedule_1: Part 2 paragraph 18
      appropriate_policy_document: true
      necessity: Help comes too late where nobody joins what is known.
      impact_assessment: DPIA 1
      privacy_notice: On both sites
    retention_days: 30000
    disposal: Deleted
    starts: 2026-01-05
    ends: 2029-01-04
    review_by: 2027-01-04
    contact: council-analyst
"""
SEEN = """\
id,given,family,born,nhs
A1,Quillon,Featherby,1981-06-17,9990000018
A2,Isolde,Grubstone,1950-02-01,
A3,Isolde,Grubstone,1973-11-20,
"""
UNSEEN = """\
id,given,family,born,nhs
B1,Quillon,Featherby,1981-06-17,9990000018
B2,Peregrine,Ashkettle,1990-09-09,9990000026
"""
AS_FIRE = ("--post", "fire-visits-lead", "--purpose", "safeguarding_adults")
QUILLON = '{"given": "QUILLON", "surname": "Fetherby", "born": "1981-06-17", "nhs": "999 000 0018"}'


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str

    def json(self) -> dict[str, Any]:
        assert self.returncode == 0, self.stderr
        told: dict[str, Any] = json.loads(self.stdout)
        return told


Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town and its keys: cases in which the fire service may look people up, and others, only linked."""
    place = tmp_path_factory.mktemp("lookup")
    town = Town.built_in(place)
    town.change("scenarios/alone-at-risk.yaml", "rung: 1  #", "rung: 5  #")
    for id, rung, rows in (("cases", 5, SEEN), ("sealed-off", 4, UNSEEN)):
        town.write(f"datasets/{id}.yaml", dedent(CONTRACT.format(id=id)).lstrip())
        town.write(f"agreements/share-{id}.yaml", dedent(AGREEMENT.format(id=id, rung=rung)).lstrip())
        town.write(f"deliveries/{id}/2026-01.csv", rows)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        for words in (("keys", "init", town.folder), ("run", town.folder)):
            assert _called(patch, place, *words) == 0
    return place


@pytest.fixture
def town(linked: Path, tmp_path: Path) -> Town:
    """A copy of the town, with its keys beside it."""
    shutil.copytree(linked, tmp_path, dirs_exist_ok=True)
    return Town(tmp_path / "town")


@pytest.fixture
def run(town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as its program does."""

    def command(*words: str | Path, stdin: str = "") -> Ended:
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = _called(monkeypatch, town.folder.parent, *words)
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return command


def _called(patch: pytest.MonkeyPatch, place: Path, *words: str | Path) -> int:
    patch.delenv("DATABASE_URL", raising=False)
    patch.setenv("ROUNDTABLE_KEYS", str(place / "keys"))
    patch.setattr("gc.freeze", lambda: None)
    patch.setattr("sys.argv", ["roundtable", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
        raise SystemExit(0)
    close_ledger()
    return ended.value.code if isinstance(ended.value.code, int) else 0


def _look(run: Run, town: Town, asked: str, *more: str | Path) -> Ended:
    return run("lookup", town.folder, "--from", "-", *AS_FIRE, *more, stdin=asked)


def _looks(town: Town) -> list[audit.Event]:
    open_ledger(town.folder)
    found = [event for event in audit.events() if event.action == "subject.looked_at"]
    close_ledger()
    return found


def test_a_person_is_found_with_reasons_and_only_by_what_the_post_may_see(run: Run, town: Town) -> None:
    told = _look(run, town, QUILLON, "--json").json()
    assert told["outcome"] == "one"
    (person,) = told["people"]
    assert [record["dataset"] for record in person["records"]] == ["cases"]
    assert person["weight"] > 10
    assert person["reasons"][-1]["total"] == pytest.approx(person["weight"])
    assert told["not_looked_through"] == ["sealed-off"]
    assert "Featherby" not in json.dumps(told)


def test_it_reads_at_a_hundred_columns(run: Run, town: Town) -> None:
    ended = _look(run, town, QUILLON)
    assert ended.returncode == 0, ended.stderr
    assert max(map(len, ended.stdout.splitlines())) <= 100
    assert ended.stdout.startswith("One person is near")
    for wanted in ("the same NHS number", "surnames that are spelt nearly alike", "cases", "Not compared"):
        assert wanted in ended.stdout
    assert "Linked, and not this post's to look up: sealed-off." in ended.stdout


def test_somebody_out_of_reach_and_somebody_not_there_are_answered_alike(run: Run, town: Town) -> None:
    there = _look(run, town, '{"given": "Peregrine", "surname": "Ashkettle", "born": "1990-09-09"}')
    not_there = _look(run, town, '{"given": "Mirabel", "surname": "Ashkettle", "born": "1992-03-19"}')
    assert there == not_there
    assert "Nobody is near" in there.stdout


def test_people_who_look_alike_are_said_to_and_what_would_tell_them_apart(run: Run, town: Town) -> None:
    ended = _look(run, town, "given,surname\nIsolde,Grubstone\n")
    assert "2 people are about equally near" in ended.stdout
    assert "What would tell them apart best: a date of birth" in ended.stdout


def test_every_look_is_in_the_chain_before_it_is_shown_and_names_nobody(run: Run, town: Town) -> None:
    _look(run, town, QUILLON, "--about", "case 12")
    _look(run, town, '{"nhs": "9990000034"}')
    found, nothing = _looks(town)
    assert found.about == "case 12"
    said = [found.detail[name] for name in ("by", "purpose", "how")]
    assert said == ["fire-visits-lead", "safeguarding_adults", "looked up"]
    assert len(found.detail[LOOKED_AT]) == 1
    assert nothing.detail[LOOKED_AT] == []
    assert "9990000018" not in json.dumps([dict(one.detail) for one in (found, nothing)])


def test_who_was_looked_up_is_told_so_on_request(run: Run, town: Town) -> None:
    town.change("agencies/council.yaml", "kind: analyst", "kind: dpo")
    assert run("run", town.folder).returncode == 0
    record = _look(run, town, QUILLON, "--json").json()["people"][0]["records"][0]["record_id"]
    shown = run("subject", "show", town.folder, "--record", record, "--by", "council-analyst")
    assert "fire-visits-lead" in shown.stdout
    assert "looked up" in shown.stdout


def test_a_post_that_no_agreement_lets_is_refused_with_the_reason_and_noted(run: Run, town: Town) -> None:
    words = ("--post", "council-analyst", "--purpose", "crisis_care", "--nhs", "9990000018")
    ended = run("lookup", town.folder, *words)
    assert (ended.returncode, ended.stdout) == (4, "")
    town.change("agreements/share-cases.yaml", "rung: 5", "rung: 4")
    lower = _look(run, town, QUILLON)
    assert lower.returncode == 4
    assert "may not look anybody up in 'cases'" in lower.stderr
    assert [event.detail["how"] for event in _looks(town)] == ["refused", "refused"]


def test_what_is_under_seal_is_not_found(run: Run, town: Town) -> None:
    town.change("agencies/council.yaml", "kind: analyst", "kind: dpo")
    sealed = run(
        "seal", "add", town.folder, "--kind", "protected_witness", "--nhs-number", "9990000018",
        "--reason", "an order", "--by", "council-analyst",
    )  # fmt: skip
    assert sealed.returncode == 0, sealed.stderr
    early = _look(run, town, QUILLON)
    assert early.returncode == 7
    assert "roundtable run" in early.stderr
    assert run("run", town.folder).returncode == 0
    assert "Nobody is near" in _look(run, town, QUILLON).stdout


def test_a_record_can_be_looked_up_by_its_id_if_it_is_the_posts_to_see(run: Run, town: Town) -> None:
    record = _look(run, town, QUILLON, "--json").json()["people"][0]["records"][0]["record_id"]
    told = run("lookup", town.folder, "--record", record, *AS_FIRE, "--json").json()
    assert told["people"][0]["records"][0]["record_id"] == record
    for unknown in ("0" * 32, "not an id"):
        ended = run("lookup", town.folder, "--record", unknown, *AS_FIRE)
        assert ended.returncode == 8
        assert "no such record that you may see" in ended.stderr


def test_the_reasons_can_be_drawn_into_a_new_file_of_ones_own(run: Run, town: Town, tmp_path: Path) -> None:
    picture = tmp_path / "why.svg"
    ended = _look(run, town, QUILLON, "--waterfall", picture)
    assert ended.returncode == 0, ended.stderr
    assert ET.fromstring(picture.read_text(encoding="utf-8")).tag.endswith("svg")
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600
    assert "Featherby" not in picture.read_text(encoding="utf-8")
    assert _look(run, town, QUILLON, "--waterfall", picture).returncode == 8
    assert _look(run, town, QUILLON, "--waterfall", town.folder / "why.svg").returncode == 8


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing was given"),
        (("--from", "-", "--nhs", "1"), "in two ways"),
        (("--number", "N1"), "needs its dataset"),
        (("--from", "nowhere.json"), "cannot be opened"),
    ],
)
def test_what_cannot_be_looked_up_is_said(run: Run, town: Town, words: tuple[str, ...], said: str) -> None:
    ended = run("lookup", town.folder, *AS_FIRE, *words)
    assert ended.returncode == 8
    assert said in ended.stderr

"""`roundtable subject`, `seal`, `erase`, `retention` and `copies`, by the entry point, in one process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pyarrow.parquet as pq
import pytest

from roundtable.cli.main import main
from roundtable.data.lake import Lake
from roundtable.ledger.database import close_ledger, open_ledger
from tests.town import Town

CONTRACT = """
    apiVersion: v3.1.0
    kind: DataContract
    id: records
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
            customProperties: [{property: roundtable, value: {canonical: source_id}}]
          - name: code
            required: true
            customProperties: [{property: roundtable, value: {canonical: code, codes: [assault, theft]}}]
          - name: day
            required: true
            logicalType: date
            logicalTypeOptions: {format: yyyy-MM-dd}
            customProperties: [{property: roundtable, value: {canonical: occurred_from}}]
          - name: name
            customProperties: [{property: roundtable, value: {canonical: person.full_name}}]
          - name: nhs
            customProperties: [{property: roundtable, value: {canonical: person.nhs_number}}]
          - name: home
            customProperties: [{property: roundtable, value: {canonical: person.uprn}}]
        customProperties:
          - property: roundtable
            value:
              {canonical: event, scheme: test, role: victim, periodPattern: '(?P<period>[0-9]{4}-[0-9]{2})'}
    customProperties:
      - property: roundtable
        value:
          createdBy: police-uk
          consumedBy: [{agency: council, decision: Whom to visit, frequency: monthly}]
          subjects: people
          specialCategory: false
          criminalOffence: true
          timelinessDays: unknown
"""
ROWS = """\
id,code,day,name,nhs,home
CRIME-001,assault,2026-01-05,Quill Featherby,9990000018,999000000001
CRIME-002,theft,2026-01-06,Quill Featherby,9990000018,999000000001
CRIME-003,theft,2026-01-07,Ann Other,9990000026,999000000002
"""
WHY = ("--reason", "a reason")
POSTS = ("council-analyst", "council-community-safety-lead")


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town to which records about three crimes have been sent under an agreement."""
    town = Town.built_in(tmp_path)
    town.write("datasets/records.yaml", dedent(CONTRACT).lstrip())
    agreed = (town.folder / "agreements" / "open-street-crime.yaml").read_text(encoding="utf-8")
    granted = "columns: [id, code, day, name, nhs, home]"
    agreed = agreed.replace("columns: [Crime ID, Month, Longitude, Latitude, Crime type]", granted)
    agreed = agreed.replace("dataset: street-crime", "dataset: records").replace(
        "table: street", "table: rows"
    )
    agreed = agreed.replace("id: open-street-crime", "id: share-records")
    town.write("agreements/share-records.yaml", agreed + "retention_days: 30000\n")
    town.write("deliveries/records/2026-01.csv", ROWS)
    town.change("agencies/council.yaml", "kind: analyst", "kind: dpo")
    town.change("agencies/council.yaml", "kind: risk_owner", "kind: siro")
    return town


@pytest.fixture
def run(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command on the town as its program does, with its keys in a folder of their own."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr("gc.freeze", lambda: None)

    def command(*words: str | Path) -> Ended:
        capsys.readouterr()
        monkeypatch.setattr("sys.argv", ["roundtable", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
            raise SystemExit(0)
        close_ledger()
        said = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, said.out, said.err)

    assert command("keys", "init", town.folder).returncode == 0
    received = command("receive", town.folder)
    assert received.returncode == 0, received.stdout + received.stderr
    return command


def _found(run: Run, town: Town, *words: str) -> list[dict[str, str]]:
    ended = run("subject", "find", town.folder, *words, "--by", POSTS[0], "--json")
    assert ended.returncode == 0, ended.stderr
    found: list[dict[str, str]] = json.loads(ended.stdout)
    return found


def test_a_person_is_found_shown_and_erased_with_proof(run: Run, town: Town) -> None:
    folder = town.folder
    records = [row["record_id"] for row in _found(run, town, "--nhs-number", "999 000 0018")]
    assert len(records) == 2
    named = [word for record in records for word in ("--record", record)]
    shown = run("subject", "show", folder, *named, "--by", POSTS[0])
    assert "Quill Featherby" in shown.stdout
    assert "Ann Other" not in shown.stdout
    assert "deliveries/records/2026-01.csv" in shown.stdout
    taken = run("subject", "request", folder, "--right", "erasure", *named, "--by", POSTS[0])
    assert "Request 1: erasure, open, due" in taken.stdout
    early = run("erase", folder, "--request", "1", "--by", POSTS[0], "--second", POSTS[1])
    assert early.returncode == 4
    assert "it has not been granted" in early.stderr
    reason = ("--reason", "nothing stands against it")
    assert run("subject", "decide", folder, "1", "granted", "--by", POSTS[0], *reason).returncode == 0
    alone = run("erase", folder, "--request", "1", "--by", POSTS[0], "--second", POSTS[0])
    assert alone.returncode == 4
    done = run("erase", folder, "--request", "1", "--by", POSTS[0], "--second", POSTS[1])
    assert done.returncode == 0, done.stderr
    assert "Erasure 1 is done and proved." in done.stdout
    assert "Tell police-uk: sent it" in done.stdout
    assert _found(run, town, "--nhs-number", "9990000018") == []
    assert len(_found(run, town, "--nhs-number", "9990000026")) == 1
    assert not (folder / "deliveries" / "records" / "2026-01.csv.vault").exists()
    town.write("deliveries/records/2026-02.csv", ROWS.replace("2026-01-", "2026-02-"))
    again = run("receive", folder)
    assert "what was erased does not come back" in again.stdout
    assert _found(run, town, "--nhs-number", "9990000018") == []
    assert "Traceback" not in done.stderr + again.stderr


def test_a_seal_hides_and_a_release_shows(run: Run, town: Town) -> None:
    folder = town.folder
    (record,) = _found(run, town, "--nhs-number", "9990000026")
    set_ = run(
        "seal", "add", folder, "--kind", "protected_address", "--uprn", "999000000002",
        "--reason", "a refuge", "--by", POSTS[0],
    )  # fmt: skip
    assert set_.stdout.startswith("Seal 1 is set.")
    assert _found(run, town, "--nhs-number", "9990000026") == []
    assert _found(run, town, "--uprn", "999000000002") == []
    gone = run("subject", "show", folder, "--record", record["record_id"], "--by", POSTS[0])
    assert (gone.returncode, gone.stdout) == (8, "")
    words = ("--purpose", "rights_of_the_person", "--reason", "their own request", "--hours", "1")
    alone = run("seal", "release", folder, "1", "--by", POSTS[0], "--second", POSTS[0], *words)
    assert alone.returncode == 4
    given = run("seal", "release", folder, "1", "--by", POSTS[0], "--second", POSTS[1], *words)
    assert given.returncode == 0, given.stderr
    assert len(_found(run, town, "--nhs-number", "9990000026")) == 1
    reach = run("seal", "reach", folder, "1", "--by", POSTS[0])
    assert reach.stdout == "Seal 1 has reached 1 records.\n       1  by the property\n"
    listed = run("seal", "list", folder)
    assert "Seal 1: protected_address" in listed.stdout
    assert "999000000002" not in listed.stdout
    lifted = run("seal", "lift", folder, "1", "--by", POSTS[0], "--second", POSTS[1], "--reason", "moved")
    assert lifted.returncode == 0, lifted.stderr


def test_how_far_a_seal_reaches_is_told_to_the_post_that_set_it_alone(run: Run, town: Town) -> None:
    words = ("--kind", "protected_witness", "--reason", "by order of a court", "--by", POSTS[0])
    run("seal", "add", town.folder, "--nhs-number", "9990000018", *words)
    other = run("seal", "reach", town.folder, "1", "--by", POSTS[1])
    assert (other.returncode, other.stdout) == (4, "")
    assert "has reached" in run("seal", "reach", town.folder, "1", "--by", POSTS[0]).stdout


def test_sealing_a_record_does_not_tell_whether_there_is_one(run: Run, town: Town) -> None:
    record = _found(run, town, "--nhs-number", "9990000018")[0]
    words = ("--kind", "protected_witness", "--reason", "by order of a court", "--by", POSTS[0])
    known = run("seal", "add", town.folder, "--record", record["record_id"], *words)
    unknown = run("seal", "add", town.folder, "--record", "0" * 32, *words)
    assert (known.returncode, known.stderr) == (unknown.returncode, unknown.stderr) == (0, "")
    assert known.stdout.replace("Seal 1", "Seal 2") == unknown.stdout
    assert run("seal", "add", town.folder, "--record", "9990000018", *words).returncode != 0


def test_what_a_run_counted_is_not_printed_once_a_seal_was_set(run: Run, town: Town) -> None:
    folder = town.folder
    run("run", folder)
    before = run("status", folder).stdout
    assert " rows" in before and "not shown" not in before
    words = ("--kind", "protected_witness", "--reason", "by order of a court", "--by", POSTS[0])
    run("seal", "add", folder, "--nhs-number", "9990000018", *words)
    after = run("status", folder).stdout
    assert "not shown" in after and "roundtable run" in after
    steps = [line for line in after.splitlines() if line.startswith("  measure harm")]
    assert steps and not any(letter.isdigit() for letter in steps[0])
    run("run", folder)
    assert "not shown" not in run("status", folder).stdout


def test_a_run_leaves_sealed_records_out_of_every_count(run: Run, town: Town) -> None:
    folder = town.folder
    assert run("run", folder).returncode == 0

    def counted() -> str:
        open_ledger(folder)
        files = Lake(folder).files("harm_code")
        rows = [row for file in files for row in pq.read_table(file.path).to_pylist()]
        close_ledger()
        return str(sorted({row["code"] for row in rows}))

    before = counted()
    words = ("--reason", "by order of a court", "--by", POSTS[0])
    run("seal", "add", folder, "--kind", "protected_witness", "--nhs-number", "9990000018", *words)
    assert not (folder / ".roundtable" / "report.html").exists(), "what it said is not to be seen any more"
    assert run("run", folder).returncode == 0
    assert (before, counted()) == ("['assault', 'theft']", "['theft']")


def test_retention_says_what_is_due_and_copies_say_where_else_it_is(run: Run, town: Town) -> None:
    folder = town.folder
    kept = run("retention", folder)
    assert kept.returncode == 0
    assert "30000 days by 'share-records'" in kept.stdout
    assert "0 due, 0 held, " in kept.stdout.splitlines()[-1]
    town.change("agreements/share-records.yaml", "retention_days: 30000", "retention_days: 1")
    assert run("copies", folder, "--add", "backup", "--what", "nightly tape").returncode == 0
    assert "Copy 1: backup, nightly tape, until nobody knows" in run("copies", folder).stdout
    assert run("copies", folder, "--gone", "1").returncode == 0
    assert "gone since" in run("copies", folder).stdout


def test_mistakes_end_in_a_message(run: Run, town: Town) -> None:
    folder = town.folder
    for words, code, what in (
        (("subject", "find", folder, "--name", "Ann", "--by", POSTS[0]), 8, "could be anybody"),
        (("subject", "find", folder, "--uprn", "1", "--by", "council-analist"), 8, "did you mean"),
        (("subject", "request", folder, "--right", "oblivion", "--by", POSTS[0]), 8, "write one of"),
        (
            ("seal", "lift", folder, "9", "--by", POSTS[0], "--second", POSTS[1], "--reason", "x"),
            8,
            "no seal 9",
        ),
        (("subject", "decide", folder, "7", "granted", "--by", POSTS[0], *WHY), 8, "no request 7"),
    ):
        ended = run(*words)
        assert (ended.returncode, what in ended.stderr) == (code, True), ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_post_that_does_not_answer_for_data_looks_nobody_up(run: Run, town: Town) -> None:
    ended = run("subject", "find", town.folder, "--nhs-number", "9990000018", "--by", "fire-visits-lead")
    assert ended.returncode == 4, ended.stdout
    assert "does not deal with people's rights" in ended.stderr

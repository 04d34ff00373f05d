"""The starter with property flags, end to end on a county that does not exist, as a user starts it."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.tables import LAKE_TABLES
from tests.cli.test_run_commands import roundtable

PEOPLE = "10000"


@dataclass(frozen=True)
class Flagged:
    """A starter that a county of ten thousand people was delivered to, run, put right, and run again.

    Attributes:
        folder: the partnership folder.
        last_names: the last names that social care delivered.
        first: the first run; the county plants one delivery that the door must refuse.
        adopted: what was said as the contract was changed as proposed.
        ran: the run after that.
        ask: calls the command line with the keys.
    """

    folder: Path
    last_names: frozenset[str]
    first: CompletedProcess[str]
    adopted: CompletedProcess[str]
    ran: CompletedProcess[str]
    ask: Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def flagged(tmp_path_factory: pytest.TempPathFactory) -> Flagged:
    base = tmp_path_factory.mktemp("flags")
    folder, keys = base / "our-flags", str(base / "keys")

    def ask(*words: str | Path) -> CompletedProcess[str]:
        return roundtable(*words, ROUNDTABLE_KEYS=keys)

    for words in (
        ("init", folder, "--starter", "property-flags", "--as-of", "2026-11-23"),
        ("keys", "init", folder),
        ("county", folder, "--people", PEOPLE, "--processes", "1", "--no-open-data"),
    ):
        done = ask(*words)
        assert done.returncode == 0, done.stderr
    names = _last_names(folder)
    first = ask("run", folder)
    (proposal,) = (folder / ".roundtable" / "proposals").iterdir()
    adopted = ask("deliveries", "adopt", folder, proposal.name)
    return Flagged(folder, names, first, adopted, ask("run", folder), ask)


def _last_names(folder: Path) -> frozenset[str]:
    """The last names that social care delivered."""
    newest = sorted((folder / "deliveries" / "adult-social-care-cases").glob("*.csv"))[-1]
    with newest.open(encoding="utf-8-sig", newline="") as lines:
        return frozenset(row["last_name"] for row in csv.DictReader(lines))


def _texts(table: pa.Table) -> set[str]:
    return {
        text
        for column in table.columns
        if pa.types.is_string(column.type)
        for text in column.to_pylist()
        if text is not None
    }


def _counts(flagged: Flagged) -> dict[str, object]:
    found: dict[str, object] = json.loads(flagged.ask("flags", flagged.folder, "--json").stdout)
    return found


def test_a_run_works_with_what_could_be_taken_and_says_what_was_refused(flagged: Flagged) -> None:
    """In its last month the county's fire service sends a column that no contract has."""
    first = flagged.first
    assert first.returncode == 3, first.stderr
    refused = [line for line in first.stdout.splitlines() if line.startswith("  refused: ")]
    assert len(refused) == 1 and "extra: 'Battery charging'" in refused[0]
    assert "property flags         ran: it has not run before" in first.stdout
    assert "withheld" not in first.stdout and "Report: " in first.stdout


def test_what_was_proposed_is_adopted_and_a_run_takes_it_all_in(flagged: Flagged) -> None:
    assert flagged.adopted.returncode == 0, flagged.adopted.stderr
    assert flagged.ran.returncode == 0, flagged.ran.stderr
    assert "property flags         ran: table contact" in flagged.ran.stdout
    assert "refused" not in flagged.ran.stdout and "withheld" not in flagged.ran.stdout


def test_nothing_that_was_not_granted_stands_in_any_file_of_the_lake(flagged: Flagged) -> None:
    """Last names and NHS numbers were delivered; neither their columns nor their letters got in."""
    names = [name for name in flagged.last_names if len(name) > 5]
    assert len(names) > 20

    lake = flagged.folder / ".roundtable" / "lake"
    tables = [pq.read_table(path) for path in sorted(lake.rglob("*.parquet"))]
    texts = {text for table in tables for text in _texts(table)}
    assert len(texts) > 100 and not [name for name in names if any(name in text for text in texts)]
    assert not list((lake / "person_record").glob("*"))


def test_its_value_is_told_and_small_counts_are_hidden(flagged: Flagged) -> None:
    told = flagged.ask("flags", flagged.folder)
    counts = _counts(flagged)

    assert told.returncode == 0, told.stderr
    assert "Two services or more have flagged" in told.stdout
    assert "Adult social care cases: Last name; Date of birth" in told.stdout
    shown = [counts[name] for name in ("together", "alone", "unknown_to_visitor", "visited")]
    assert all(number is None or number == 0 or number % 5 == 0 for number in shown)  # type: ignore[operator]


def test_the_report_has_the_same_section(flagged: Flagged) -> None:
    page = (flagged.folder / ".roundtable" / "report.html").read_text(encoding="utf-8")

    assert '<h2 id="flags">Flags on properties</h2>' in page
    assert "Counts from 1 to 7 are not shown" in page
    assert "ZY1" not in page


def test_the_list_is_for_a_post_that_the_agreement_gives_it_to(flagged: Flagged, tmp_path: Path) -> None:
    to = tmp_path / "visits.csv"
    given = flagged.ask("flags", flagged.folder, "--list", to, "--post", "fire-visits-lead")

    assert given.returncode == 0, given.stderr
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    with to.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows and f"{len(rows):,} homes" in given.stdout
    assert all(int(row["services"]) >= 2 and row["uprn"].startswith("9990") for row in rows)
    assert [int(row["services"]) for row in rows] == sorted((int(r["services"]) for r in rows), reverse=True)
    assert set(rows[0]) == {
        "uprn",
        "address",
        "postcode",
        "kind_of_place",
        "services",
        "flagged_by",
        "newest_flag",
    }
    chain = flagged.ask("audit", "show", flagged.folder, "--json").stdout
    assert "list.given" in chain and not [row["uprn"] for row in rows if row["uprn"] in chain]


@pytest.mark.parametrize("post", ["trust-frailty-lead", "council-dpo"])
def test_no_other_post_gets_what_the_agreement_does_not_give_it(
    flagged: Flagged, tmp_path: Path, post: str
) -> None:
    """The council receives, and so its posts may have the list; the trust only gives."""
    to = tmp_path / "visits.csv"
    ended = flagged.ask("flags", flagged.folder, "--list", to, "--post", post)

    assert ended.returncode == (4 if post.startswith("trust") else 0)
    assert to.exists() is not post.startswith("trust")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--list", "{inside}", "--post", "fire-visits-lead"), "where no personal data may"),
        (("--list", "{there}", "--post", "fire-visits-lead"), "there is something of this name already"),
        (("--list", "{nowhere}", "--post", "fire-visits-lead"), "its folder does not exist"),
        (("--list", "{free}", "--post", "fire-visits-led"), "mean 'fire-visits-lead'"),
        (("--list", "{free}"), "nobody says which post asks"),
    ],
)
def test_a_list_that_cannot_be_given_is_refused_in_words(
    flagged: Flagged, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there.csv").write_text("mine", encoding="utf-8")
    places = {
        "inside": flagged.folder / "visits.csv",
        "there": tmp_path / "there.csv",
        "nowhere": tmp_path / "none" / "visits.csv",
        "free": tmp_path / "free.csv",
    }
    ended = flagged.ask("flags", flagged.folder, *(word.format(**places) for word in words))

    assert ended.returncode == 8 and said in ended.stderr and "Traceback" not in ended.stderr
    assert (tmp_path / "there.csv").read_text(encoding="utf-8") == "mine"
    assert not (flagged.folder / "visits.csv").exists() and not (tmp_path / "free.csv").exists()


def test_a_second_run_writes_nothing(flagged: Flagged) -> None:
    again = flagged.ask("run", flagged.folder)

    assert again.returncode == 0 and "nothing was written" in again.stdout


def test_before_any_run_it_says_how_to_begin(tmp_path: Path) -> None:
    assert roundtable("init", tmp_path / "flags", "--starter", "property-flags").returncode == 0

    ended = roundtable("flags", tmp_path / "flags")

    assert ended.returncode == 8 and "Begin with `roundtable run" in ended.stderr


def test_a_starter_that_does_not_exist_is_no_starter(tmp_path: Path) -> None:
    ended = roundtable("init", tmp_path / "flags", "--starter", "flags")

    assert ended.returncode == 8 and "Write one of open-data, property-flags." in ended.stderr
    assert not (tmp_path / "flags").exists()


def test_the_tables_of_flags_hold_no_name_and_no_number_of_a_person() -> None:
    columns = {*LAKE_TABLES["property_flags"].schema.names, *LAKE_TABLES["flag_overlap"].schema.names}

    assert not columns & {"uprn", "record_id", "person_id", "given_name", "surname", "address", "postcode"}

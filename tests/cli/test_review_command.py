"""`roundtable review` by the entry point: links of a small county put to reviewers, and what comes of it."""

from __future__ import annotations

import csv
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from roundtable.cli.main import app
from roundtable.data.lake import Lake
from roundtable.errors import UserError
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.review_batches import every_question
from tests.conftest import ROOT
from tests.county_received import sent_county

PURPOSE = "crisis_care"
FOR = ("--purpose", PURPOSE)
#: Posts of the authority that the example's agreement on crisis care gives the records to.
ONE, TWO = "ynyca-analyst", "ynyca-siro"
DATASETS = ("crisis-contacts", "s136-detentions", "adult-social-care-cases")


def _ask(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def _done(*words: str | Path) -> str:
    ended = _ask(*words)
    assert ended.exit_code == 0, (ended.output, ended.exception)
    return ended.output


def _refused(*words: str | Path) -> UserError:
    ended = _ask(*words)
    assert isinstance(ended.exception, UserError), (ended.output, ended.exception)
    return ended.exception


@dataclass(frozen=True)
class County:
    """A small county whose people were linked."""

    folder: Path
    base: Path

    def people(self) -> dict[str, str]:
        """Whom each record was put to, for the purpose."""
        open_ledger(self.folder)
        paths = [file.path for file in Lake(self.folder).files("person_link")]
        rows = pa.concat_tables([pq.read_table(path, partitioning=None) for path in paths]).to_pylist()
        return {row["record_id"]: row["person_id"] for row in rows if row["purpose"] == PURPOSE}

    def answered(self, post: str, answer: str, *more: str) -> Path:
        """A file of questions for a post, filled in."""
        path = self.base / f"{post}-{len(list(self.base.iterdir()))}.csv"
        _done("review", "out", self.folder, *FOR, "--post", post, "--to", path, *more)
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        with path.open("w", encoding="utf-8-sig", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(row | {"answer": answer} for row in rows)
        return path


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    base = tmp_path_factory.mktemp("review")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROUNDTABLE_KEYS", str(base / "keys"))
        sent_county(base / "county", 600, DATASETS, hold_back=10)
        close_ledger()
        assert "Nothing has been asked yet." in _done("review", "status", base / "county", *FOR)
        early = _refused("review", "out", base / "county", *FOR, "--post", ONE, "--to", base / "early.csv")
        assert early.problems[0].rule == "nothing-linked"
        _done("run", base / "county")
    return County(base / "county", base)


@pytest.fixture(autouse=True)
def keys(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(county.base / "keys"))


def test_what_two_posts_agree_on_is_how_the_next_run_links(county: County) -> None:
    first, second = county.answered(ONE, "different"), county.answered(TWO, "different")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    open_ledger(county.folder)
    pairs = [(one.left, one.right) for one in every_question(PURPOSE)]
    before = county.people()
    assert any(before[left] == before[right] for left, right in pairs)
    for post, path in ((ONE, first), (TWO, second)):
        assert f"{len(pairs)} answers taken in." in _done("review", "in", county.folder, path, "--post", post)
    assert f"{len(pairs)} were known already." in _done("review", "in", county.folder, first, "--post", ONE)
    assert f"{len(pairs)} settled" in _done("review", "status", county.folder, *FOR)
    assert "what reviewers decided" in _done("run", county.folder)
    after = county.people()
    assert not any(after[left] == after[right] for left, right in pairs)
    asked = {record for pair in pairs for record in pair}
    touched = {before[record] for record in asked}
    assert all(after[one] == before[one] for one in before if before[one] not in touched)
    assert "review.answered" in _done("audit", "show", county.folder)


def test_a_sample_says_nothing_until_it_was_answered(county: County) -> None:
    path = county.answered(ONE, "different", "--kind", "sample", "--number", "60")
    _done("review", "in", county.folder, path, "--post", ONE)
    said = _done("review", "estimate", county.folder, *FOR)
    assert said.count("Not enough questions to say: 0 pairs that were put together are settled") == 3
    assert '"why_not": "Not enough' in _done("review", "estimate", county.folder, *FOR, "--json")
    name = next(csv.DictReader(path.open(encoding="utf-8-sig")))["question"]
    words = ("--post", ONE, "--question", name, "--why", "A slip.")
    assert "1 answer withdrawn." in _done("review", "withdraw", county.folder, *words)


def test_before_any_run_it_says_how_to_begin(tmp_path: Path) -> None:
    close_ledger()
    folder = tmp_path / "example"
    shutil.copytree(ROOT / "examples" / "north-yorkshire", folder)
    for words in (
        ("out", "--to", tmp_path / "q.csv", "--post", ONE, *FOR),
        ("status", *FOR),
        ("estimate", *FOR),
    ):
        assert "Begin with `roundtable run" in str(_refused("review", words[0], folder, *words[1:]))
    assert "Begin with" in str(_refused("review", "in", folder, tmp_path / "q.csv", "--post", ONE))


def test_what_cannot_be_is_refused_in_words(county: County, tmp_path: Path) -> None:
    def out(*words: str | Path) -> UserError:
        return _refused("review", "out", county.folder, "--to", tmp_path / "q.csv", *words)

    assert "did you mean 'crisis_care'" in str(out("--purpose", "crisis_car", "--post", ONE))
    assert "no agreement lets records of people be linked" in str(
        out("--purpose", "evaluation", "--post", ONE)
    )
    assert "did you mean 'worth'" in str(out(*FOR, "--post", ONE, "--kind", "worst"))
    assert "did you mean 'ynyca-analyst'" in str(out(*FOR, "--post", "ynyca-analist"))
    assert "may not be given to 'nyfrs-siro'" in str(out(*FOR, "--post", "nyfrs-siro"))
    assert "no sample of number 99" in str(
        _refused("review", "estimate", county.folder, *FOR, "--batch", "99")
    )
    assert not (tmp_path / "q.csv").exists()

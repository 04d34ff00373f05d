"""The page about the audit chain lists every act, with its meaning."""

from pathlib import Path

from roundtable.ledger.acts import ACTS

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"


def test_every_act_is_listed_with_its_meaning() -> None:
    rows = "".join(f"| `{act}` | {meaning} |\n" for act, meaning in ACTS.items())
    assert f"| act | what it says |\n|---|---|\n{rows}" in PAGE.read_text(encoding="utf-8")

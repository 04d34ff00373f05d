"""`roundtable keys`: what it makes, what it shows and never shows, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from roundtable.cli.keys import keys
from roundtable.errors import ExitCode, SettingUnusable, StoreUnusable
from roundtable.ledger import audit
from roundtable.ledger.database import close_ledger, open_ledger
from tests.town import Town


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(tmp_path / "safe"))
    yield Town.built_in(tmp_path)
    close_ledger()


def _run(*words: Any) -> tuple[int, str]:
    """Exit code and standard output; a user's mistake is raised, as it is to `main`."""
    result = CliRunner().invoke(keys, [str(word) for word in words])
    if isinstance(result.exception, Exception):
        raise result.exception
    return result.exit_code, result.stdout


def _file(town: Town) -> Path:
    (path,) = (town.folder.parent / "safe").iterdir()
    return path


def test_keys_are_made_once_and_their_place_is_told(town: Town) -> None:
    code, out = _run("init", town.folder)
    assert code == 0
    assert str(_file(town)) in out
    assert "nobody will ever read the vault again" in " ".join(out.split())
    held = _file(town).read_bytes()
    with pytest.raises(SettingUnusable, match="there are keys already"):
        _run("init", town.folder)
    assert _file(town).read_bytes() == held


def test_no_key_is_shown_or_told_to_the_chain(town: Town) -> None:
    _run("init", town.folder)
    _, out = _run("show", town.folder)
    (root,) = [one["key"] for one in json.loads(_file(town).read_text(encoding="utf-8"))["versions"]]
    open_ledger(town.folder)
    made = [event for event in audit.events() if event.action == "keys.made"]
    assert len(made) == 1
    for told in (out, str([(event.about, event.detail) for event in made])):
        assert root[:12] not in told


def test_versions_are_listed_for_a_machine(town: Town) -> None:
    _run("init", town.folder)
    _, out = _run("rotate", town.folder)
    assert "Version 2 was added; 0 files" in out
    _, out = _run("show", town.folder, "--json")
    shown = json.loads(out)
    assert shown["file"] == str(_file(town))
    assert [(one["version"], one["files"]) for one in shown["versions"]] == [(1, 0), (2, 0)]
    assert len({one["fingerprint"] for one in shown["versions"]}) == 2


def test_without_keys_it_says_how_to_make_them(town: Town) -> None:
    for word in ("show", "rotate"):
        with pytest.raises(StoreUnusable, match="roundtable keys init") as caught:
            _run(word, town.folder)
        assert caught.value.exit_code is ExitCode.STORE_UNUSABLE


def test_keys_do_not_stand_in_the_partnership_folder(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(town.folder / ".roundtable" / "keys"))
    with pytest.raises(SettingUnusable, match="inside the partnership folder"):
        _run("init", town.folder)
    assert not list(town.folder.rglob("*.keys.json"))

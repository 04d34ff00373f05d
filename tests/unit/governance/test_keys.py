"""The keys of the vault: outside the partnership folder, for their owner alone, and by version."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from roundtable.errors import SettingUnusable, StoreUnusable
from roundtable.governance import keys
from roundtable.governance.keys import (
    Keyring,
    KeyVersion,
    add_version,
    held_keyring,
    key_file,
    make_keys,
    needed_keyring,
)

TODAY = date(2026, 11, 23)
MARK = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A partnership folder whose keys would stand beside it."""
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(tmp_path / "safe" / "keys"))
    monkeypatch.setattr(keys, "ledger_id", lambda: MARK)
    made = tmp_path / "town"
    made.mkdir()
    return made


def test_keys_are_made_once_and_read_again(folder: Path) -> None:
    assert held_keyring(folder) is None
    made = make_keys(folder, TODAY)
    assert held_keyring(folder) == made
    assert needed_keyring(folder) == made
    assert [(one.number, one.made, len(one.root)) for one in made.versions] == [(1, TODAY, 32)]
    with pytest.raises(SettingUnusable, match="there are keys already"):
        make_keys(folder, TODAY)
    assert held_keyring(folder) == made


def test_two_partnerships_have_different_keys(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = make_keys(folder, TODAY)
    monkeypatch.setattr(keys, "ledger_id", lambda: "f" * 32)
    assert held_keyring(folder) is None
    assert make_keys(folder, TODAY).versions[0].root != one.versions[0].root


def test_nobody_else_may_read_the_file(folder: Path) -> None:
    path = key_file(make_keys(folder, TODAY).owner)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    path.chmod(0o640)
    with pytest.raises(StoreUnusable, match="others than its owner may read it"):
        held_keyring(folder)


def test_no_keys_inside_the_partnership_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for inside in (folder, folder / "keys", folder / ".roundtable" / "deep"):
        monkeypatch.setenv("ROUNDTABLE_KEYS", str(inside))
        with pytest.raises(SettingUnusable, match="inside the partnership folder"):
            make_keys(folder, TODAY)
        with pytest.raises(SettingUnusable, match="inside the partnership folder"):
            held_keyring(folder)
    link = folder.parent / "link"
    link.symlink_to(folder)
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(link / "keys"))
    with pytest.raises(SettingUnusable, match="inside the partnership folder"):
        held_keyring(folder)


def test_a_process_without_keys_is_told_what_to_do(folder: Path) -> None:
    with pytest.raises(StoreUnusable, match="roundtable keys init"):
        needed_keyring(folder)


def test_a_version_is_added_and_the_old_ones_stay(folder: Path) -> None:
    made = make_keys(folder, TODAY)
    longer = add_version(made, date(2026, 12, 1))
    assert held_keyring(folder) == longer
    assert longer.versions[0] == made.versions[0]
    assert (longer.first, longer.newest) == (1, 2)
    assert longer.derive("vault file") != made.derive("vault file")
    assert longer.derive("vault file", 1) == made.derive("vault file")


def test_a_key_that_is_not_there_is_told_by_its_version(folder: Path) -> None:
    with pytest.raises(StoreUnusable, match="version 2 of the keys is needed"):
        make_keys(folder, TODAY).derive("vault file", 2)


def test_a_damaged_file_is_refused_and_not_repeated(folder: Path) -> None:
    path = key_file(make_keys(folder, TODAY).owner)
    held = json.loads(path.read_text(encoding="utf-8"))
    key = held["versions"][0]["key"]
    for damaged in (
        path.read_text(encoding="utf-8")[:-20],
        json.dumps(held | {"versions": []}),
        json.dumps(held | {"versions": [held["versions"][0] | {"key": key[:-2]}]}),
        json.dumps(held | {"versions": [held["versions"][0] | {"number": 2}]}),
    ):
        path.write_text(damaged, encoding="utf-8")
        with pytest.raises(StoreUnusable, match="no key file, or is damaged") as caught:
            held_keyring(folder)
        assert key[:16] not in str(caught.value)
        assert caught.value.__cause__ is None


def test_the_file_of_another_ledger_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = key_file(make_keys(folder, TODAY).owner)
    monkeypatch.setattr(keys, "ledger_id", lambda: "f" * 32)
    path.rename(key_file("f" * 32))
    with pytest.raises(StoreUnusable, match="another partnership"):
        held_keyring(folder)


def test_a_key_is_derived_as_rfc_5869_says() -> None:
    root = bytes(range(32))
    ring = Keyring(MARK, (KeyVersion(1, TODAY, root),))
    expected = HKDF(algorithm=SHA256(), length=32, salt=MARK.encode(), info=b"vault record").derive(root)
    assert ring.derive("vault record") == expected
    assert ring.derive("vault record") != ring.derive("vault address")


def test_no_key_is_ever_shown() -> None:
    ring = Keyring(MARK, (KeyVersion(1, TODAY, b"a root key that must not be seen"),))
    assert "root key" not in repr(ring) + str(ring)

"""A sealed file: only who has the key reads it, and only as it was written."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundtable.data.vault import sealed_file
from roundtable.data.vault.sealed_file import AROUND, CHUNK, LENGTH, Header
from roundtable.data.vault.sealed_text import seal_text, unseal_text
from roundtable.data.vault.sealing import SealingFile
from roundtable.data.vault.unsealing import UnsealedFile
from roundtable.errors import StoreUnusable
from roundtable.governance.keys import Keyring, KeyVersion

FIRST = KeyVersion(1, date(2026, 11, 23), b"1" * 32)
RING = Keyring("ledger", (FIRST,))
ROTATED = Keyring("ledger", (FIRST, KeyVersion(2, date(2027, 1, 1), b"2" * 32)))
OTHER = Keyring("ledger", (KeyVersion(1, date(2026, 11, 23), b"3" * 32),))
BEGUN = len(Header("people", 1).packed)


def sealed(path: Path, content: bytes, ring: Keyring = RING, label: str = "people") -> Path:
    with SealingFile(path, label, ring) as file:
        file.write(content)
        file.finish()
    return path


def unsealed(path: Path, ring: Keyring = RING, label: str = "people") -> bytes:
    with UnsealedFile(path, label, ring) as file:
        return file.read()


def chunks(count: int, letter: bytes = b"a") -> bytes:
    """So many whole chunks and a bit, no two alike."""
    return b"".join(bytes([number]) + letter * (CHUNK - 1) for number in range(count)) + b"end"


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_can_be_read(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    assert unsealed(sealed(tmp_path / "a", content)) == content


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3 * CHUNK), st.integers(0, CHUNK + 9)), max_size=8))
def test_any_part_of_it_can_be_read_in_any_order(tmp_path: Path, parts: list[tuple[int, int]]) -> None:
    path = tmp_path / "a"
    if not path.exists():
        sealed(path, chunks(2))
    with UnsealedFile(path, "people", RING) as file:
        assert file.size() == len(chunks(2))
        for start, size in parts:
            file.seek(start)
            assert file.read(size) == chunks(2)[start : start + size]


def test_how_it_is_written_does_not_show(tmp_path: Path) -> None:
    content = chunks(2)
    whole = sealed(tmp_path / "a", content).read_bytes()
    with SealingFile(tmp_path / "b", "people", RING) as file:
        for start in range(0, len(content), 100_001):
            file.write(memoryview(content)[start : start + 100_001])
        file.finish()
    assert (tmp_path / "b").read_bytes() == whole


def test_nothing_of_it_is_on_the_disk_at_any_moment(tmp_path: Path) -> None:
    with SealingFile(tmp_path / "a", "people", RING) as file:
        for _ in range(40):
            file.write(b"Quillon Featherby " * 1000)
            assert b"Quillon" not in (tmp_path / "a").read_bytes()
        file.finish()
    assert b"Quillon" not in (tmp_path / "a").read_bytes()
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0


def test_another_key_or_another_table_opens_nothing(tmp_path: Path) -> None:
    path = sealed(tmp_path / "a", b"content")
    for ring, label in ((OTHER, "people"), (RING, "places")):
        with pytest.raises(StoreUnusable) as caught:
            unsealed(path, ring, label)
        assert caught.value.problems[0].rule == "vault-unreadable"
    relabelled = path.read_bytes().replace(b"people", b"places", 1)
    path.write_bytes(relabelled)
    with pytest.raises(StoreUnusable):
        unsealed(path, RING, "places")


def test_an_old_version_reads_what_it_sealed_and_nothing_newer(tmp_path: Path) -> None:
    old = sealed(tmp_path / "old", b"content", RING)
    new = sealed(tmp_path / "new", b"content", ROTATED)
    assert unsealed(old, ROTATED) == b"content"
    assert old.read_bytes()[BEGUN:] != new.read_bytes()[BEGUN:]
    with pytest.raises(StoreUnusable, match="version 2 of the keys is needed"):
        unsealed(new, RING)


def test_every_byte_of_it_counts(tmp_path: Path) -> None:
    whole = sealed(tmp_path / "a", b"what nobody may change").read_bytes()
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        (tmp_path / "a").write_bytes(changed)
        with pytest.raises(StoreUnusable):
            unsealed(tmp_path / "a")


def test_it_cannot_be_cut_or_lengthened(tmp_path: Path) -> None:
    whole = sealed(tmp_path / "a", chunks(1)).read_bytes()
    cuts = [0, 5, BEGUN, BEGUN + 40, CHUNK, len(whole) - LENGTH.size, len(whole) - 1]
    for changed in [whole[:cut] for cut in cuts] + [whole + b"0", whole + whole[-LENGTH.size :]]:
        (tmp_path / "a").write_bytes(changed)
        with pytest.raises(StoreUnusable):
            unsealed(tmp_path / "a")


def test_a_file_that_was_not_finished_is_none(tmp_path: Path) -> None:
    with SealingFile(tmp_path / "a", "people", RING) as file:
        file.write(chunks(2))
    with pytest.raises(StoreUnusable):
        unsealed(tmp_path / "a")


def test_chunks_cannot_change_places(tmp_path: Path) -> None:
    whole = bytearray(sealed(tmp_path / "a", chunks(3)).read_bytes())
    size = CHUNK + AROUND
    first, second = (slice(BEGUN + n * size, BEGUN + (n + 1) * size) for n in (0, 1))
    whole[first], whole[second] = whole[second], whole[first]
    (tmp_path / "a").write_bytes(whole)
    with pytest.raises(StoreUnusable, match="chunk 0 is not the one"):
        unsealed(tmp_path / "a")


def test_a_chunk_of_another_file_of_the_table_has_no_place(tmp_path: Path) -> None:
    one = bytearray(sealed(tmp_path / "a", chunks(3, b"a")).read_bytes())
    other = sealed(tmp_path / "b", chunks(3, b"b")).read_bytes()
    at = slice(BEGUN + CHUNK + AROUND, BEGUN + 2 * (CHUNK + AROUND))
    one[at] = other[at]
    (tmp_path / "a").write_bytes(one)
    with UnsealedFile(tmp_path / "a", "people", RING) as file:
        assert file.read(CHUNK) == chunks(3, b"a")[:CHUNK]
        with pytest.raises(StoreUnusable, match="chunk 1 is not the one"):
            file.read(1)


def test_equal_files_are_equal_and_others_share_no_nonce(tmp_path: Path) -> None:
    one, again = (sealed(tmp_path / name, chunks(2, b"a")).read_bytes() for name in "ab")
    assert one == again
    other = sealed(tmp_path / "c", chunks(2, b"b")).read_bytes()
    elsewhere = sealed(tmp_path / "d", chunks(2, b"a"), label="places").read_bytes()
    nonces = [
        held[at : at + sealed_file.NONCE]
        for held in (one, other, elsewhere)
        for at in range(BEGUN, BEGUN + 2 * (CHUNK + AROUND), CHUNK + AROUND)
    ]
    assert len(set(nonces)) == len(nonces)


def test_like_chunks_in_different_places_look_different(tmp_path: Path) -> None:
    held = sealed(tmp_path / "a", b"a" * 2 * CHUNK).read_bytes()
    size = CHUNK + AROUND
    assert held[BEGUN : BEGUN + size] != held[BEGUN + size : BEGUN + 2 * size]


def test_a_text_is_sealed_for_one_place() -> None:
    held = seal_text(RING, "Quillon", "quarantine 1")
    assert "Quillon" not in held
    assert unseal_text(ROTATED, held, "quarantine 1") == "Quillon"
    for ring, about, text in (
        (OTHER, "quarantine 1", held),
        (RING, "quarantine 2", held),
        (RING, "quarantine 1", held[:-8] + "AAAAAAA="),
        (RING, "quarantine 1", "no such thing"),
    ):
        with pytest.raises(StoreUnusable) as caught:
            unseal_text(ring, text, about)
        assert "Quillon" not in str(caught.value)

"""Keyed ids: the same for the same key, and nothing to anybody else."""

import hashlib
import hmac
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.data.vault.keyed_columns import keyed_column
from roundtable.governance.keys import Keyring, KeyVersion
from roundtable.governance.pseudonyms import (
    address_id,
    keyed,
    pseudonym,
    record_id,
    version_of,
)

FIRST = KeyVersion(1, date(2026, 11, 23), b"1" * 32)
RING = Keyring("ledger", (FIRST,))
ROTATED = Keyring("ledger", (FIRST, KeyVersion(2, date(2027, 1, 1), b"2" * 32)))
OTHER = Keyring("ledger", (KeyVersion(1, date(2026, 11, 23), b"3" * 32),))


def test_an_id_is_the_first_half_of_an_hmac() -> None:
    """RFC 4231, test case 2."""
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert keyed(b"Jefe", "what do ya want for nothing?") == expected[:32]


def test_a_record_is_known_by_dataset_table_and_key() -> None:
    found = record_id(RING, "crimes", "calls", "7")
    message = b"crimes\x1fcalls\x1f7"
    assert found == hmac.digest(RING.derive("vault record", 1), message, "sha256").hex()[:32]
    others = {
        record_id(RING, "crimes", "calls", "8"),
        record_id(RING, "crimes", "call", "s7"),
        record_id(RING, "crimescalls", "", "7"),
        record_id(OTHER, "crimes", "calls", "7"),
    }
    assert found not in others
    assert len(others) == 4


def test_ids_of_records_and_addresses_outlast_a_rotation() -> None:
    assert record_id(ROTATED, "crimes", "calls", "7") == record_id(RING, "crimes", "calls", "7")
    assert address_id(ROTATED, "100") == address_id(RING, "100")


@pytest.mark.parametrize("uprn", ["100012345678", "000100012345678", " 1000 1234 5678 "])
def test_leading_zeros_of_a_property_number_do_not_count(uprn: str) -> None:
    assert address_id(RING, uprn) == address_id(RING, "100012345678")


def test_a_list_of_every_number_finds_nobody_without_the_key() -> None:
    """Numbers of a register are few enough to be tried one after another; hashes of them protect nobody."""
    numbers = [f"999000{number:04d}" for number in range(10_000)]
    found = record_id(RING, "register", "people", numbers[4_321])
    home = address_id(RING, numbers[4_321])
    with_another_key = {record_id(OTHER, "register", "people", number) for number in numbers}
    tried = {*with_another_key, *(address_id(OTHER, number) for number in numbers)}
    for begun in ("", "register\x1fpeople\x1f"):
        for name in ("sha256", "sha1", "md5"):
            tried |= {hashlib.new(name, f"{begun}{number}".encode()).hexdigest()[:32] for number in numbers}
    assert not {found, home} & tried
    assert found in {record_id(RING, "register", "people", number) for number in numbers}


def test_no_number_is_no_address() -> None:
    assert address_id(RING, "") is None
    assert address_id(RING, "000") is None


def test_each_purpose_calls_a_subject_differently() -> None:
    names = {pseudonym(RING, purpose, "subject") for purpose in ("harm", "need", "evaluation")}
    assert len(names) == 3
    assert pseudonym(RING, "harm", "subject") == pseudonym(RING, "harm", "subject")
    key = RING.derive("pseudonym|v1|harm", 1)
    assert pseudonym(RING, "harm", "subject") == f"v1-{keyed(key, 'subject')}"


def test_new_pseudonyms_are_of_the_newest_version_and_old_ones_can_be_made_again() -> None:
    new = pseudonym(ROTATED, "harm", "subject")
    assert version_of(new) == 2
    assert pseudonym(ROTATED, "harm", "subject", 1) == pseudonym(RING, "harm", "subject")
    with pytest.raises(ValueError, match="no pseudonym"):
        version_of("subject")


@given(st.lists(st.none() | st.text(max_size=80)), st.binary(min_size=1, max_size=64), st.text(max_size=70))
def test_a_column_is_keyed_as_its_values_are(values: list[str | None], key: bytes, begun: str) -> None:
    expected = [None if value is None else keyed(key, begun + value) for value in values]
    column = pa.chunked_array([pa.array(values[:1], pa.string()), pa.array(values[1:], pa.string())])
    assert keyed_column(column, key, begun).to_pylist() == expected


def test_a_key_longer_than_a_block_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        keyed_column(pa.array(["a"]), b"k" * 65)

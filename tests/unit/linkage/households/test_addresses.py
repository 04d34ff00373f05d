"""However a home was written, it is one address; and no text of it stands in any table."""

import pytest

from roundtable.data.linked_tables import (
    HOUSEHOLD,
    HOUSEHOLD_MEMBER,
    LINKED_ADDRESS,
    PERSON_ADDRESS,
    without_purpose,
)
from tests.unit.linkage.households.town import at, found, gazetteer, homes, record

WRITTEN = {"address_key": "4 high street", "postcode": "ZY11AA"}


def test_a_written_address_is_of_the_uprn_that_other_records_give_it() -> None:
    made = found(
        record("oak-ann", "2024-01-01", **at("u1", address_key="4 high street")),
        record("oak-ben", "2024-02-01", **WRITTEN),
    )

    assert made.linked_address["linked_address_id"].to_pylist() == ["u1"]
    assert made.linked_address["written_forms"].to_pylist() == [1]
    assert homes(made) == [{"oak-ann", "oak-ben"}]


def test_the_register_has_the_first_word() -> None:
    register = gazetteer(("u2", "4 high street", "ZY11AA", "house"))
    mistaken = at("u1", address_key="4 high street")

    made = found(
        record("oak-ann", "2024-01-01", **mistaken),
        record("oak-ben", "2024-02-01", **WRITTEN),
        gazetteer=register,
    )

    assert homes(made) == [{"oak-ann"}, {"oak-ben"}]
    assert sorted(made.linked_address["linked_address_id"].to_pylist()) == ["u1", "u2"]


def test_a_written_address_of_two_uprns_is_joined_to_neither() -> None:
    made = found(
        record("oak-ann", "2024-01-01", **at("u1", address_key="4 high street")),
        record("elm-cat", "2024-01-01", **at("u2", address_key="4 high street")),
        record("ash-ben", "2024-02-01", **WRITTEN),
    )

    assert homes(made) == [{"ash-ben"}, {"elm-cat"}, {"oak-ann"}]


def test_an_address_that_nobody_gives_a_uprn_is_one_by_its_writing_and_shows_no_text() -> None:
    made = found(record("oak-ann", "2024-01-01", **WRITTEN), record("oak-ben", "2024-02-01", **WRITTEN))

    row = made.linked_address.to_pylist()[0]
    assert (row["has_uprn"], row["people"], row["records"]) == (False, 2, 2)
    assert len(row["linked_address_id"]) == 32
    for table in (made.linked_address, made.person_address, made.household, made.household_member):
        assert not any(
            "high" in str(value) or "ZY1" in str(value) for r in table.to_pylist() for value in r.values()
        )


def test_ids_of_written_addresses_differ_by_key() -> None:
    one, other = (found(record("oak-ann", "2024-01-01", **WRITTEN), key=key) for key in (b"one", b"other"))

    assert one.linked_address["linked_address_id"] != other.linked_address["linked_address_id"]


@pytest.mark.parametrize("said", [{"postcode": "ZY11AA"}, {"address_key": "4 high street"}, {}])
def test_half_an_address_is_none(said: dict[str, str]) -> None:
    made = found(record("oak-ann", "2024-01-01", **said), record("oak-ben", "2024-01-01", **said))

    assert made.linked_address.num_rows == 0 and made.household.num_rows == 0


def test_the_tables_are_the_lakes_without_the_purpose() -> None:
    made = found(record("oak-ann", "2024-01-01", **at("u1")))

    for table in (LINKED_ADDRESS, PERSON_ADDRESS, HOUSEHOLD, HOUSEHOLD_MEMBER):
        assert getattr(made, table.name).schema.equals(without_purpose(table))
        assert table.schema.names[0] == "purpose"


def test_nothing_at_all_comes_to_empty_tables() -> None:
    made = found()

    assert {made.linked_address.num_rows, made.person_address.num_rows, made.household.num_rows} == {0}

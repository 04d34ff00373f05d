"""What looks like a way to reach somebody, and what only looks a little like one."""

import pytest

from roundtable.errors import Place
from roundtable.partnership.contact_details import contact_details


@pytest.mark.parametrize(
    "text",
    [
        "contact: some.body@example.org",
        "# ring 01632 960123",
        "call: (01632) 960123",
        "call: 020 7946 0018",
        "call: '07700900123'",
        "call: +44 7700 900123",
        "call: +44 (0)20 7946 0018",
        "call: 0113-496-0000",
    ],
)
def test_an_address_and_a_telephone_number_are_found(text: str) -> None:
    assert len(list(contact_details(text.encode(), "x.yaml"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "low: 0.0123456789",
        "uprn: '010012345678'",
        "on: 2026-01-01",
        "org: GB-COH-01234567",
        "id: E01027363",
        "at: 0123 456",
        "pattern: '^[^@]+$'",
        "who: '@nobody'",
        "number: a-01632960123",
        "long: 01632 960123456",
    ],
)
def test_decimals_ids_days_and_short_numbers_are_not(text: str) -> None:
    assert list(contact_details(text.encode(), "x.yaml")) == []


def test_it_says_the_line_and_the_column_in_order() -> None:
    text = b"a: 1\nb: some@example.org\nc: 01632 960123\n"

    assert list(contact_details(text, "x.yaml")) == [Place("x.yaml", 2, 4), Place("x.yaml", 3, 4)]

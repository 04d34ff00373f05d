"""What is known of somebody who is looked up, as it was said, before anything is cleaned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True)
class Asked:
    """What is known. Any part may be missing; what is given is cleaned as records are.

    Attributes:
        given, middle, surname, former_surname, known_as: names from boxes of their own.
        name: a whole name, where it came in one piece.
        born: the date of birth.
        sex: in anybody's usual code, such as f or m.
        nhs: an NHS number.
        phone, email: as written.
        address: in one line.
        postcode: as written.
        uprn: the number of the property.
        number: a source's own number for the person, with `dataset`.
        dataset: whose number it is.
    """

    given: str | None = None
    middle: str | None = None
    surname: str | None = None
    former_surname: str | None = None
    known_as: str | None = None
    name: str | None = None
    born: date | None = None
    sex: str | None = None
    nhs: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    postcode: str | None = None
    uprn: str | None = None
    number: str | None = None
    dataset: str | None = None

    def items(self) -> tuple[str, ...]:
        """The names of the parts that are given, in order."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) is not None)


#: Part by part, the column of a person's record that it fills.
FILLS: Mapping[str, str] = MappingProxyType(
    {
        "given": "given_name",
        "middle": "middle_names",
        "surname": "surname",
        "former_surname": "former_surname",
        "known_as": "known_as",
        "name": "full_name",
        "born": "date_of_birth",
        "sex": "sex",
        "nhs": "nhs_number",
        "phone": "phone",
        "email": "email",
        "address": "address",
        "postcode": "postcode",
        "uprn": "uprn",
        "number": "source_person_id",
    }
)

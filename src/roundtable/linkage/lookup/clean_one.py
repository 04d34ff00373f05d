"""One record cleaned by the same rules as everybody's, in a tenth of the time that a table of one row takes.

The rules are those of `cleaning/`; only the columns are gone. That the two agree is held by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from roundtable.linkage.cleaning.cleaned import RULES_OF
from roundtable.linkage.cleaning.full_names import JOINT, Apart, Whole, apart, parts_of_given, whole_name
from roundtable.linkage.cleaning.name_columns import parts_of_name
from roundtable.linkage.cleaning.names import GIVEN_RULES, SURNAME_RULES, before, called
from roundtable.linkage.cleaning.nicknames import root_of
from roundtable.linkage.cleaning.nobodys import NUMBERS
from roundtable.linkage.cleaning.phones import is_mobile
from roundtable.linkage.cleaning.postcodes import outward_of
from roundtable.linkage.cleaning.rule import Rule, outcome
from roundtable.linkage.cleaning.sexes import sex_by_title
from roundtable.linkage.cleaning.usual import SEPARATOR, Usual
from roundtable.linkage.lookup.asked import FILLS, Asked


def sent_of(asked: Asked, address_id: str | None = None) -> dict[str, str | None]:
    """What is known, by the columns of a person's record; `address_id` is the keyed id of its UPRN."""
    sent = {column: _text(getattr(asked, part)) for part, column in FILLS.items()}
    return sent | {"dataset": asked.dataset, "address_id": address_id}


def clean_one(sent: Mapping[str, str | None], usual: Usual) -> dict[str, Any]:
    """A record after cleaning, by the columns of CLEANED that tell who somebody is.

    Args:
        sent: the record by the columns of PERSON_RECORD, as text.
        usual: what the cleaning of everybody's went by.
    """
    dataset = sent.get("dataset")
    values = {column: _put(rules, sent.get(column)) for column, rules in RULES_OF.items()}
    if f"{dataset}{SEPARATOR}{values['date_of_birth']}" in usual.nobodys_days:
        values["date_of_birth"] = None
    for column in NUMBERS:
        if f"{column}{SEPARATOR}{values[column]}" in usual.nobodys_numbers:
            values[column] = None
    for titled in (sent.get("title"), sent.get("full_name")):
        values["sex"] = _or(values["sex"], _through(sex_by_title, titled))
    names = _names(sent, usual)
    given, phone, postcode = names["given"], values["phone"], sent.get("postcode")
    number = values["source_person_id"]
    alone = None if dataset in usual.registers or dataset in usual.accounts else dataset
    return names | {
        "source_person": _numbered(alone, number),
        "given_root": root_of(given, values["sex"]) if given else None,
        "date_of_birth": values["date_of_birth"],
        "sex": values["sex"],
        "nhs_number": values["nhs_number"],
        "other_number": _numbered(usual.registers.get(dataset or ""), number),
        "mobile": phone if phone and is_mobile(phone) else None,
        "landline": phone if phone and not is_mobile(phone) else None,
        "email": values["email"],
        "postcode": values["postcode"],
        "outward": None if postcode is None else outward_of(postcode),
        "address_key": values["address"],
        "address_id": sent.get("address_id"),
    }


def _names(sent: Mapping[str, str | None], usual: Usual) -> dict[str, Any]:
    given_box, surname_box, full_box = (sent.get(name) for name in ("given_name", "surname", "full_name"))
    whole = None if full_box is None else whole_name(full_box)
    within = _or(_through(called, given_box), _through(called, full_box))
    earlier = _or(_through(before, surname_box), _through(before, full_box))
    boxed = _put(GIVEN_RULES, given_box)
    given, more = parts_of_given(boxed.split(), usual.alone) if boxed else (None, None)
    parts = Apart() if whole is None else apart(whole, usual.leaning, usual.alone)
    middle = " ".join(one for one in (more, _put(GIVEN_RULES, sent.get("middle_names"))) if one) or None
    names = {
        "given": _or(given, parts.given),
        "middle": _or(middle, parts.middle),
        "surname": _or(_put(SURNAME_RULES, surname_box), parts.surname),
        "former_surname": _put(SURNAME_RULES, _or(sent.get("former_surname"), earlier)),
        "known_as": _put(GIVEN_RULES, _or(sent.get("known_as"), within)),
    }
    tokens = {word for name in (*names.values(), _in_one(whole)) for word in parts_of_name(name)}
    return {**names, "name_tokens": sorted(tokens) or None}


def _in_one(whole: Whole | None) -> str | None:
    if whole is None:
        return None
    return " ".join(filter(None, (whole.before, whole.after))).replace(JOINT, " ")


def _put(rules: Sequence[Rule], value: str | None) -> str | None:
    return None if value is None else outcome(rules, value)[0]


def _through(change: Callable[[str], str | None], value: str | None) -> str | None:
    return None if value is None else change(value)


def _or(first: str | None, second: str | None) -> str | None:
    return second if first is None else first


def _numbered(register: str | None, number: str | None) -> str | None:
    return f"{register}{SEPARATOR}{number}" if register is not None and number is not None else None


def _text(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value

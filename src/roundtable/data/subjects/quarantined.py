"""People who stand in quarantine: a row that could not be taken has no record, and is about somebody.

Such a row is found by what it says, whichever column it says it in, because what is wrong with it may be
that its values stand in the wrong places. It goes by a keyed id of the place where it stood, made as ids of
records are, so that a request, a hold or an erasure can be about it.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.data.subjects.finding import Sought
from roundtable.data.subjects.records import batches_of
from roundtable.governance.keys import Keyring
from roundtable.governance.pseudonyms import SEPARATOR, keyed, record_id
from roundtable.governance.rights.folding import digits_of, folded, folded_name
from roundtable.governance.rights.keyed import Identity
from roundtable.ledger import deliveries
from roundtable.partnership.model.whole import Partnership

#: Where a quarantined row stood and why, and what it said of a person, in the vault.
STOOD, SAID = "quarantine", "quarantine_row"
PLACE = ("delivery_id", "file", "line")
#: What the key of their ids is derived for. A word that changes, changes every id.
_KEY = "vault quarantined row"
_NHS_DIGITS = 10
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d", "%d/%m/%y", "%d %b %Y", "%d %B %Y")
_PERSON = "person."
Meaning = Mapping[str, str]


@dataclass(frozen=True)
class HeldPerson:
    """A row in quarantine that is about a person or a home.

    Attributes:
        record_id: the keyed id of its place; it stands where that of a record would.
        dataset: the id of the dataset.
        agency: who sent it.
        delivery_id: the delivery.
        delivery: where its file stood, from the partnership folder.
        file: the delivered file, or the file inside the ZIP.
        line: where it began in it.
        table: the table of the contract that it is for.
        rule: the rules that it breaks.
        column: the columns that could not be taken.
        reason: why, in words.
        said: what it says, by column.
        means: what its columns become, by column.
        keys: the columns that a source tells its rows by.
    """

    record_id: str
    dataset: str
    agency: str
    delivery_id: str
    delivery: str
    file: str
    line: int
    table: str
    rule: str
    column: str
    reason: str
    said: Mapping[str, str | None]
    means: Meaning
    keys: tuple[str, ...] = ()

    @cached_property
    def values(self) -> frozenset[str]:
        """Everything that it says, without what stands around it."""
        return frozenset(value.strip() for value in self.said.values() if value and value.strip())

    @cached_property
    def person(self) -> Mapping[str, str]:
        """What it says of the person, by the vault's own names of it."""
        return {
            meant.removeprefix(_PERSON): value.strip()
            for column, meant in self.means.items()
            if (value := self.said.get(column)) and value.strip()
        }

    def identity(self, keyring: Keyring) -> Identity:
        """What it would be known by, had it been taken."""
        known = self.person
        primary = [value.strip() for name in self.keys if (value := self.said.get(name))]
        whole = SEPARATOR.join(primary) if primary and len(primary) == len(self.keys) else None
        key = whole or known.get("source_id") or f"quarantined {self.record_id}"
        born = next((day for value in [known.get("date_of_birth")] if (day := _day(value))), None)
        return Identity(
            record_id=record_id(keyring, self.dataset, self.table, key),
            dataset=self.dataset,
            source_person_id=known.get("source_person_id"),
            full_name=known.get("full_name"),
            given_name=known.get("given_name"),
            surname=known.get("surname"),
            date_of_birth=born,
            nhs_number=digits_of(known.get("nhs_number")) or None,
            address=known.get("address"),
            postcode=known.get("postcode"),
            address_id=None,
        )


def place_id(keyring: Keyring, delivery_id: str, file: str, line: int) -> str:
    """The keyed id of the place where a quarantined row stood: 32 hexadecimal digits."""
    key = keyring.derive(_KEY, keyring.first)
    return keyed(key, SEPARATOR.join((delivery_id, file, str(line))))


def held_people(
    lake: Lake, partnership: Partnership, files: Iterable[LakeFile], within: Container[str] | None = None
) -> Iterator[HeldPerson]:
    """The rows in quarantine that say something of a person or a home, each once.

    Args:
        lake: with the keys.
        partnership: its contracts say what the columns mean.
        files: the files of the lake to look through.
        within: the deliveries to look through; without it, all.

    Raises:
        StoreUnusable: there are such rows, and this process has no key.
    """
    wanted = [one for one in files if one.table in (STOOD, SAID) and (within is None or one.source in within)]
    said = [one for one in wanted if one.table == SAID]
    if not said or lake.keyring is None:
        return
    sources = {one.source for one in said}
    why = {
        tuple(row[name] for name in PLACE): (row["rule"], row["column"], row["reason"])
        for batch in batches_of(lake, [one for one in wanted if one.table == STOOD and one.source in sources])
        for row in batch.rows.select([*PLACE, "rule", "column", "reason"]).to_pylist()
    }
    known = {one.delivery_id: one for one in deliveries.every_delivery() if one.delivery_id in sources}
    means, seen = _meanings(partnership), set[str]()
    for batch in batches_of(lake, said):
        for row in batch.rows.to_pylist():
            delivery, file, line = (row[name] for name in PLACE)
            one, values = known.get(delivery), _values(row["row"])
            own_id = place_id(lake.keyring, delivery, file, line)
            if one is None or not values or own_id in seen:
                continue
            seen.add(own_id)
            table = next((member.table for member in one.members if member.member == file), "")
            rule, column, reason = why.get((delivery, file, line), ("", "", ""))
            meant, keys = means.get((one.dataset, table), ({}, ()))
            yield HeldPerson(
                own_id, one.dataset, one.agency, delivery, one.file, file, line, table, rule, column, reason,
                values, meant, keys,
            )  # fmt: skip


def fits(one: HeldPerson, sought: Sought) -> bool:
    """Whether a row in quarantine is about who is sought: everything that is given must stand in it.

    A name counts with the date of birth. Where the very date could not be read, the name alone does, and the
    post sees by the reason that it was so.
    """
    if not sought.says_enough or (sought.dataset is not None and sought.dataset != one.dataset):
        return False
    if sought.records and one.record_id not in sought.records:
        return False
    numbers = {digits for value in one.values if (digits := digits_of(value)) and _is_number(value)}
    return (
        (sought.source_id is None or sought.source_id in one.values)
        and (sought.person_number is None or sought.person_number in one.values)
        and (sought.nhs_number is None or _has_nhs(numbers, sought.nhs_number))
        and (sought.uprn is None or digits_of(sought.uprn).lstrip("0") in {n.lstrip("0") for n in numbers})
        and (sought.name is None or _has_name(one, sought.name))
        and (sought.born is None or _has_birth(one, sought.born))
    )


def _has_nhs(numbers: Iterable[str], sought: str) -> bool:
    wanted = digits_of(sought)
    return len(wanted) == _NHS_DIGITS and wanted in numbers


def _has_name(one: HeldPerson, name: str) -> bool:
    wanted, known = folded_name(name, None, None), one.person
    given, surname = known.get("given_name"), known.get("surname")
    named = {
        folded_name(known.get("full_name"), given, surname),
        folded_name(None, given, known.get("former_surname")),
        folded_name(None, known.get("known_as"), surname),
        *(folded_name(value, None, None) for value in one.values),
    }
    return bool(wanted) and (wanted in named or set(wanted.split()) <= _words(one))


def _words(one: HeldPerson) -> set[str]:
    """Whole values that could each be one of a person's names."""
    return {folded(value) for value in one.values}


def _has_birth(one: HeldPerson, born: date) -> bool:
    if any(_day(value) == born for value in one.values):
        return True
    columns = [column for column, meant in one.means.items() if meant == f"{_PERSON}date_of_birth"]
    faulty = {name.strip() for name in one.column.split(",")}
    return any(column in faulty and _day(one.said.get(column)) is None for column in columns)


def _is_number(value: str) -> bool:
    return value.replace(" ", "").replace("-", "").isdigit()


def _day(value: str | None) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(value or "", form).date()
        except ValueError:
            continue
    return None


def _values(row: str | None) -> dict[str, str | None]:
    try:
        held = json.loads(row or "{}")
    except ValueError:
        return {}
    if not isinstance(held, dict):
        return {}
    return {str(name): None if value is None else str(value) for name, value in held.items()}


def _meanings(partnership: Partnership) -> dict[tuple[str, str], tuple[Meaning, tuple[str, ...]]]:
    """What the columns of each table become, and which of them its rows are told by."""
    return {
        (dataset.id, table.name): (
            {column.name: column.terms.canonical for column in table.properties if column.terms.canonical},
            tuple(column.name for column in table.properties if column.primary_key),
        )
        for dataset in partnership.datasets
        for table in dataset.schema_
    }

"""No file of a delivery holds anything that only the truth may say, or that could be somebody real's."""

from __future__ import annotations

import re

import pyarrow.parquet as pq

from roundtable.county.sends.every_sender import PRODUCERS
from tests.unit.county.sends.conftest import SmallCounty
from tests.unit.county.sends.reading_back import all_rows, rows_of


def test_no_id_of_the_county_itself_is_sent(small: SmallCounty) -> None:
    """Persons, addresses and happenings have numbers of the county's own; no cell holds one.

    The first shard's are small numbers, which ages and amounts may equal, so the columns that name people,
    rows and events are looked at, and every run of figures in them.
    """
    truth = small.folders.truth
    people = set(pq.read_table(truth / "persons.parquet")["person"].to_pylist())
    assert len(people) >= small.wanted.plan.people
    for sent in small.tables:
        if (sent.dataset.id, sent.table.name) not in PRODUCERS or sent.dataset.id == "address-gazetteer":
            continue
        named = [
            column.name
            for column in sent.table.properties
            if column.primary_key
            or (column.terms.canonical or "") in ("source_id", "event_source_id", "person.source_person_id")
        ]
        for row in all_rows(small.deliveries, sent):
            for name in named:
                figures = re.findall(r"\d+", row[name])
                assert not any(int(number) in people for number in figures), row[name]


def test_e_mail_addresses_do_not_hold_the_person_s_id(small: SmallCounty) -> None:
    reach = pq.read_table(small.folders.truth / "reach.parquet").to_pylist()
    mails = [(row["person"], row["email"]) for row in reach if row["email"]]
    same = sum(re.findall(r"\d+", mail)[-1:] == [str(person)] for person, mail in mails)
    assert len(mails) > 500
    assert same <= len(mails) / 100


def test_numbers_are_of_nobody(small: SmallCounty) -> None:
    """Telephone numbers kept for drama, e-mail addresses of no host, NHS numbers that are not issued."""
    checked = 0
    for sent in small.tables:
        if (sent.dataset.id, sent.table.name) not in PRODUCERS:
            continue
        kinds = {column.name: column.terms.canonical for column in sent.table.properties}
        unknown = {code for column in sent.table.properties for code in column.terms.unknown_codes}
        for file in sent.files:
            for row in rows_of(small.deliveries, sent, file):
                for name, canonical in kinds.items():
                    value = row[name]
                    if not value or value in unknown:
                        continue
                    if canonical == "person.phone":
                        figures = value.replace(" ", "").replace("+44", "0")
                        assert figures.startswith(("07700900", "01632960")), value
                    elif canonical == "person.email":
                        assert value.endswith("example.org"), value
                    elif canonical == "person.nhs_number":
                        assert value.startswith("999"), value
                    elif canonical in ("person.postcode", "postcode"):
                        assert value.casefold().startswith("zy"), value
                    elif canonical in ("uprn", "person.uprn"):
                        assert value.startswith("999"), value
                    else:
                        continue
                    checked += 1
    assert checked > 10_000


def test_a_refuge_cannot_be_told_from_the_gazetteer(small: SmallCounty) -> None:
    sent = next(one for one in small.tables if one.dataset.id == "address-gazetteer")
    assert "refuge" not in {row["class"] for row in all_rows(small.deliveries, sent)}

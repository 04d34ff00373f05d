"""The audit chain of a county that was received, run and asked about names nobody who lives in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roundtable.data.quarantine.working import Desk
from roundtable.data.subjects.finding import Sought
from roundtable.data.subjects.looking import Looking
from roundtable.data.subjects.records import batches_of
from roundtable.governance.clock import trusted_clock
from roundtable.ledger import audit
from roundtable.ledger.database import close_ledger
from roundtable.ledger.models import Right, SealKind
from roundtable.rights import requesting
from roundtable.rights.office import open_office
from roundtable.rights.sealing import Covered, set_seal
from roundtable.rights.showing import found, shown
from tests.county_received import ReceivedCounty, worked_county

POST = "nyc-dpo"
WHY = "a question of the court"
#: Shorter texts turn up in hashes and words by chance.
SHORTEST = 6
NUMBERS = ("nhs_number", "phone", "email", "postcode", "uprn", "address", "source_id", "source_person_id")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReceivedCounty]:
    """2,000 people, received and run; a post has looked, sealed, taken a request, worked the quarantine."""
    beside = tmp_path_factory.mktemp("chain")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("ROUNDTABLE_KEYS", str(beside / "keys"))
        made = worked_county(beside / "county", 2_000)
        _ask(made)
        yield made
        close_ledger()


def _ask(county: ReceivedCounty) -> None:
    folder = county.partnership.folder
    with open_office(folder, trusted_clock, writes=True) as office:
        person = _somebody(county)
        rows = found(office, Sought(nhs_number=person["nhs_number"]), POST, "a search")
        found(office, Sought(name=person["name"], born=person["born"]), POST, "a search")
        records = [row["record_id"] for row in rows]
        shown(office, records, POST, "a search")
        requesting.take(office, Right.ACCESS, office.now.date(), POST, records)
        covered = Covered(uprns=(person["uprn"],), nhs_numbers=(person["nhs_number"],))
        set_seal(office, SealKind.PROTECTED_ADDRESS, covered, POST, WHY)
        held = next(batch.rows for batch in batches_of(office.lake, office.lake.files("quarantine_row")))
        delivery = held.column("delivery_id")[0].as_py()
        desk = Desk(office.partnership, office.lake, POST, office.now)
        (row, *_) = desk.shown(delivery, WHY)
        desk.dismiss(row, delivery, WHY)


def _somebody(county: ReceivedCounty) -> dict[str, Any]:
    for batch in batches_of(county.lake, county.lake.files("person_record")):
        for row in batch.rows.to_pylist():
            known = row["nhs_number"] and row["uprn"] and row["given_name"] and row["date_of_birth"]
            if known:
                name = f"{row['given_name']} {row['surname']}"
                return {**row, "name": name, "born": row["date_of_birth"]}
    raise AssertionError("nobody in the county has a number, a home and a name")


@pytest.fixture(scope="module")
def chain(county: ReceivedCounty) -> str:
    """Everything that the chain says, as one text."""
    return "\n".join(
        f"{one.action} {one.about} {json.dumps(dict(one.detail), ensure_ascii=False)}"
        for one in audit.events()
    )


@pytest.fixture(scope="module")
def vault(county: ReceivedCounty) -> dict[str, set[str]]:
    """Every value of the vault that could say who somebody is or where they live."""
    values: dict[str, set[str]] = {name: set() for name in (*NUMBERS, "name")}
    for table in ("person_record", "address_record"):
        for batch in batches_of(county.lake, county.lake.files(table)):
            for name in set(NUMBERS) & set(batch.rows.column_names):
                values[name] |= {one for one in batch.rows.column(name).to_pylist() if one}
            if table == "person_record":
                values["name"] |= set(_names(batch.rows.to_pylist()))
    return {name: {one for one in held if len(one) >= SHORTEST} for name, held in values.items()}


def _names(rows: list[dict[str, object]]) -> Iterator[str]:
    """Each name as a source writes it, in both orders, and with its day of birth."""
    for row in rows:
        if row["full_name"]:
            yield str(row["full_name"])
        if row["given_name"] and row["surname"]:
            yield f"{row['given_name']} {row['surname']}"
            yield f"{row['surname']}, {row['given_name']}"


def _found_in(text: str, wanted: set[str]) -> list[str]:
    content = text.encode()
    places = Looking([one.encode() for one in wanted]).places(content)
    return [
        content[start:end].decode()
        for start, end in places
        if not content[start - 1 : start].isalnum() and not content[end : end + 1].isalnum()
    ]


def test_the_chain_is_long_and_the_vault_full(chain: str, vault: dict[str, set[str]]) -> None:
    """Or the search below would find nothing whatever the chain said."""
    acts = {line.split(" ", 1)[0] for line in chain.splitlines()}
    asked = {"subject.looked_at", "request.taken", "seal.set", "quarantine.read", "quarantine.dismissed"}
    assert acts >= {"delivery.accepted", "data.read", "run.finished", "page.written", *asked}
    assert all(len(values) > 50 for values in vault.values()), {k: len(v) for k, v in vault.items()}


@pytest.mark.parametrize("kind", [*NUMBERS, "name"])
def test_nothing_that_stands_in_the_vault_is_in_the_chain(
    chain: str, vault: dict[str, set[str]], kind: str
) -> None:
    assert _found_in(chain, vault[kind]) == []


@pytest.mark.parametrize("kind", [*NUMBERS, "name"])
def test_and_the_search_finds_it_where_it_is(chain: str, vault: dict[str, set[str]], kind: str) -> None:
    one = max(vault[kind])
    assert one in _found_in(f'{chain}\nx y {{"said": "{one}"}}', vault[kind])


def test_no_file_that_a_partner_named_is_in_the_chain(county: ReceivedCounty, chain: str) -> None:
    """A partner can put a person into the name of a file."""
    sent = (county.partnership.folder / "deliveries").rglob("*")
    names = {re.sub(r"\.vault$", "", path.name) for path in sent if path.is_file()}
    assert len(names) > 80
    assert [name for name in sorted(names) if name in chain] == []


def test_the_chain_of_the_county_is_whole(county: ReceivedCounty) -> None:
    assert Path(county.partnership.folder).is_dir()
    assert audit.verify().problems == ()

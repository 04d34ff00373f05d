"""Of those whom the county protects, who ends under seal because a source flagged them, and who does not.

The domestic abuse charity flags its own clients. Its flag seals what the charity itself sent about them: it
sends no NHS number, and where a client lives now is never let through, so that nothing leads from there to
what others sent. That much is reached, and all of it. The rest is a post's to seal, by the NHS number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq
import pytest

from roundtable.data.subjects.records import batches_of
from roundtable.governance.clock import trusted_clock
from roundtable.governance.pseudonyms import record_id
from roundtable.ledger import seals
from roundtable.ledger.database import close_ledger
from roundtable.ledger.marks import records_in
from roundtable.ledger.models import SealKind, SealOrigin
from roundtable.partnership.model.purpose import Purpose
from roundtable.rights.office import open_office
from roundtable.rights.sealing import Covered, set_seal
from roundtable.steps.unsealed import left_out_for
from tests.county_received import ReceivedCounty, sent_county, take_in

CHARITY = "support-service-cases"
DATASETS = (CHARITY, "adult-social-care-cases", "ed-attendance-records")


@dataclass(frozen=True)
class Protected:
    """A county, and what its charity flagged.

    Attributes:
        county: received.
        flagged: the numbers of clients with a flagged case.
        who: the truth about each record, by its id.
    """

    county: ReceivedCounty
    flagged: frozenset[str]
    who: dict[str, dict[str, Any]]

    def records(self, dataset: str) -> dict[str, dict[str, Any]]:
        """The truth about each record of a dataset that is in the vault."""
        held = set()
        for batch in batches_of(self.county.lake, self.county.lake.files("person_record"), ["record_id"]):
            held |= set(batch.rows.column("record_id").to_pylist())
        return {one: told for one, told in self.who.items() if told["dataset"] == dataset and one in held}

    def truth(self, name: str) -> list[dict[str, Any]]:
        """A table of the truth."""
        return list(pq.read_table(self.county.truth / f"{name}.parquet").to_pylist())


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Protected]:
    """10,000 people, of whom three agencies have sent what they know."""
    beside = tmp_path_factory.mktemp("protected")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("ROUNDTABLE_KEYS", str(beside / "keys"))
        county = sent_county(beside / "county", 10_000, DATASETS, hold_back=8)
        flagged = frozenset(_flagged(county))
        take_in(county)
        truth = pq.read_table(county.truth / "record_identity.parquet").to_pylist()
        who = {
            record_id(county.keyring, one["dataset"], one["table"], one["row_key"]): one
            for one in truth
            if one["person"] is not None
        }
        yield Protected(county, flagged, who)
        close_ledger()


def _flagged(county: ReceivedCounty) -> Iterator[str]:
    for path in sorted((county.partnership.folder / "deliveries" / CHARITY).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["safe_address_only"] == "true":
                    yield row["client_key"]


def _sealed() -> frozenset[str]:
    return records_in(mark for marks in seals.standing_marks().values() for mark in marks)


def test_whoever_the_charity_flags_is_sealed_with_every_case_of_theirs(protected: Protected) -> None:
    records = protected.records(CHARITY)
    wanted = {one for one, told in records.items() if told["source_person_id"] in protected.flagged}
    assert len(protected.flagged) >= 5
    assert _sealed() & set(records) == wanted
    assert len(wanted) < len(records) / 2, "and nobody else's"
    (made,) = [one for one in seals.every_seal() if one.origin is SealOrigin.DELIVERY]
    assert (made.kind, made.set_by) == (SealKind.PROTECTED_ADDRESS, CHARITY)


def test_each_of_them_is_somebody_whom_the_truth_protects(protected: Protected) -> None:
    ever = {one["person"] for one in protected.truth("protections") if one["kind"] in ("address", "refuge")}
    assert {protected.who[one]["person"] for one in _sealed()} <= ever


def test_no_purpose_sees_them_again(protected: Protected) -> None:
    for purpose in Purpose:
        assert left_out_for(purpose).records == _sealed()


def test_of_what_others_sent_only_their_own_is_reached_and_a_post_reaches_the_rest(
    protected: Protected,
) -> None:
    """A flag reaches another agency's records where names and birth date agree; a number reaches the rest.

    How much is reached of all that is protected is measured by `python -m bench.seals`.
    """
    people = {protected.who[one]["person"] for one in _sealed()}
    elsewhere = {
        one
        for dataset in DATASETS[1:]
        for one, told in protected.records(dataset).items()
        if told["person"] in people
    }
    others = {one for dataset in DATASETS[1:] for one in protected.records(dataset)}
    assert elsewhere & _sealed(), "alike in name and birth date"
    assert others & _sealed() <= elsewhere, "and nobody else's"
    numbers = _nhs_numbers(protected, elsewhere)
    folder = protected.county.partnership.folder
    with open_office(folder, trusted_clock, writes=True) as office:
        covered = Covered(nhs_numbers=tuple(sorted(numbers)))
        set_seal(office, SealKind.PROTECTED_ADDRESS, covered, "nyc-dpo", "the charity flagged them")
    assert {one for one in elsewhere if one in _sealed()} >= {
        one for one in elsewhere if _nhs_numbers(protected, {one})
    }


def _nhs_numbers(protected: Protected, records: set[str]) -> set[str]:
    lake = protected.county.lake
    columns = ["record_id", "nhs_number"]
    return {
        row["nhs_number"]
        for batch in batches_of(lake, lake.files("person_record"), columns)
        for row in batch.rows.to_pylist()
        if row["record_id"] in records and row["nhs_number"]
    }

"""How far seals reach in the synthetic county, by its truth: whom they hide and miss, and who is a stranger.

    python -m bench.seals [PEOPLE]

First by the flags of the domestic abuse charity alone, as on the first day; then with a seal besides on the
NHS number of everybody whose address was ever protected, as posts ought to set them. Nothing of the rules is
chosen by what this prints: they are chosen by reason (docs/seals.md), and this says what they do.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq

from roundtable.data.lake import Lake
from roundtable.data.subjects.reach import counted_reach
from roundtable.data.subjects.records import IDENTIFYING, PERSON, batches_of, identities
from roundtable.data.subjects.settling import settle
from roundtable.governance.clock import trusted_clock
from roundtable.governance.keys import held_keyring
from roundtable.governance.pseudonyms import record_id
from roundtable.governance.rights.keyed import Keyed
from roundtable.governance.rights.likeness import LIKENESS, Known
from roundtable.ledger import seals
from roundtable.ledger.marks import Mark, records_in
from roundtable.ledger.models import MarkKind, SealKind, SealOrigin
from tests.county_received import sent_county, take_in

PEOPLE = 10_000
#: Agencies that a person who hides is known to: the charity, the police, the council, the hospital.
DATASETS = (
    "support-service-cases",
    "domestic-abuse-incidents",
    "housing-tenancies",
    "council-tax-arrears",
    "homelessness-cases",
    "ed-attendance-records",
    "childrens-services-cases",
)
#: Protections of where somebody lives.
_OF_PLACES = frozenset({"refuge", "address", "witness"})
Whose = Mapping[str, int]


def measured(folder: Path, people: int = PEOPLE) -> dict[str, int]:
    """Make a county, take it in, and count.

    Args:
        folder: a scratch folder; ROUNDTABLE_KEYS names another.
        people: how many.
    """
    county = sent_county(folder / "county", people, DATASETS, hold_back=4)
    take_in(county)
    lake, truth = county.lake, county.truth
    whose = _whose(lake, truth)
    found = {"people of whom there is a record": len(set(whose.values()))}
    found |= _now(lake, truth, whose, "flags alone")
    _seal_by_number(lake, truth)
    found |= _now(lake, truth, whose, "flags and NHS numbers")
    return found | _namesakes(lake, whose)


def _now(lake: Lake, truth: Path, whose: Whose, when: str) -> dict[str, int]:
    """What is under seal as things are."""
    marks = frozenset[Mark]().union(*seals.standing_marks().values())
    hidden = records_in(marks)
    certain = {mark.value for mark in marks if mark.what is MarkKind.RECORD}
    sure = {whose[one] for one in certain if one in whose}
    counts = _protected(truth, whose, hidden, certain)
    strangers = {whose[one] for one in hidden if one in whose} - sure
    counts["people under seal by a likeness alone, who are strangers"] = len(strangers)
    counts |= {f"records reached by {said}": count for said, count in counted_reach(lake, marks).items()}
    return {f"{when}: {what}": count for what, count in counts.items()}


def _seal_by_number(lake: Lake, truth: Path) -> None:
    assert lake.keyring is not None
    keyed, at, who = Keyed(lake.keyring), trusted_clock(), _protected_people(truth)
    persons = pq.read_table(truth / "persons.parquet", columns=["person", "nhs_number"]).to_pylist()
    numbers = {keyed.nhs_number(row["nhs_number"]) for row in persons if row["person"] in who} - {None}
    wanted = [number for number in numbers if number is not None]
    seals.set_seal(SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "post", "at risk", wanted, at)
    settle(lake, at)


def _protected_people(truth: Path) -> set[int]:
    rows = pq.read_table(truth / "protections.parquet").to_pylist()
    return {row["person"] for row in rows if row["kind"] in _OF_PLACES}


def _whose(lake: Lake, truth: Path) -> Whose:
    """Who each record in the vault truly is of."""
    keyring = held_keyring(lake.folder)
    assert keyring is not None
    rows = pq.read_table(truth / "record_identity.parquet").to_pylist()
    true = {
        record_id(keyring, row["dataset"], row["table"], key): row["person"]
        for row in rows
        if row["person"] is not None and (key := row["row_key"] or row["source_id"])
    }
    files = lake.files(PERSON)
    held = {
        one for batch in batches_of(lake, files, ["record_id"]) for one in batch.rows["record_id"].to_pylist()
    }
    return {one: true[one] for one in sorted(held) if one in true}


def _protected(truth: Path, whose: Whose, hidden: frozenset[str], certain: set[str]) -> dict[str, int]:
    """Of the people whose address was ever protected: how many have a record, one under seal, all of them."""
    protected = _protected_people(truth)
    mine: dict[int, list[str]] = defaultdict(list)
    for one, person in whose.items():
        if person in protected:
            mine[person].append(one)
    under = [person for person, records in mine.items() if hidden & set(records)]
    whole = [person for person in under if hidden >= set(mine[person])]
    theirs = [one for person in mine if certain & set(mine[person]) for one in mine[person]]
    return {
        "protected people with a record": len(mine),
        "of them with a record under seal": len(under),
        "of them with every record under seal": len(whole),
        "records of protected people a seal is on": len(theirs),
        "of these under seal": len(hidden & set(theirs)),
        "of these under seal without any likeness": len(certain & set(theirs)),
    }


def _namesakes(lake: Lake, whose: Whose) -> dict[str, int]:
    """How many pairs of different people a likeness takes for one, had everybody a seal."""
    keyring = held_keyring(lake.folder)
    assert keyring is not None
    keyed = Keyed(keyring)
    found: dict[MarkKind, dict[str, set[int]]] = {kind: defaultdict(set) for kind in LIKENESS}
    for batch in batches_of(lake, lake.files(PERSON), list(IDENTIFYING)):
        for one in identities(batch.rows):
            if one.record_id in whose:
                for mark in Known(one, keyed).alike:
                    found[mark.what][mark.value].add(whose[one.record_id])
    pairs = {
        kind: {(a, b) for who in of.values() for a in who for b in who if a < b} for kind, of in found.items()
    }
    return {f"pairs of people alike by {kind.value}": len(pairs[kind]) for kind in LIKENESS}


def main(people: int) -> None:
    """Print what is measured."""
    with tempfile.TemporaryDirectory(prefix="roundtable-seals-") as scratch:
        os.environ["ROUNDTABLE_KEYS"] = str(Path(scratch) / "keys")
        for what, count in measured(Path(scratch), people).items():
            print(f"{what}: {count:,}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)

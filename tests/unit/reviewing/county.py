"""Twelve people whom the police, care and health have records of, linked for safeguarding with some doubts.

Records of health are linked too, but no agreement gives them to anybody.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from roundtable.data.engine import EngineName
from roundtable.data.subjects.made_under import note_made
from roundtable.data.subjects.settling import settle
from roundtable.data.tables import LAKE_TABLES
from roundtable.ledger.models import ReviewKind
from roundtable.linkage.clustering.constraints import NO_PAIRS
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.vocabulary import Vocabulary
from roundtable.linkage.linking.index_rows import index_rows
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.state import RECORD, State
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.reviewing.desk import Desk
from roundtable.reviewing.giving import Given, give_questions
from tests.factories import role
from tests.factories_rights import NOW, People
from tests.factories_sharing import basis, body, party, share, table

PURPOSE = Purpose.SAFEGUARDING_ADULTS
STEP = f"link people for {PURPOSE.value}"
SOURCES = ("police", "care", "health")
#: What a contract calls each column of a person's record.
COLUMNS = {"first": "given_name", "last": "surname", "born": "date_of_birth", "nhs": "nhs_number"}
SURNAMES = (
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Gorse",
    "Hazel",
    "Ivy",
    "Juniper",
    "Kauri",
    "Larch",
)


def dataset_of_people(id: str) -> Dataset:
    """A dataset of the police with a name, a birth date and an NHS number; others are spoken of by its id."""
    from tests.factories import dataset

    terms = {"createdBy": "police", "subjects": "people", "specialCategory": True, "criminalOffence": True}
    properties = [
        {
            "name": name,
            "customProperties": [{"property": "roundtable", "value": {"canonical": f"person.{one}"}}],
        }
        for name, one in COLUMNS.items()
    ]
    rows = {"canonical": "person_record", "arrives": "whole"}
    schema = [
        {
            "name": "rows",
            "properties": properties,
            "customProperties": [{"property": "roundtable", "value": rows}],
        }
    ]
    return dataset(id, "police", schema=schema, customProperties=[{"property": "roundtable", "value": terms}])


def agreed() -> Partnership:
    """The council may have the records of the police and of care, and of care no NHS number."""
    posts = [role(f"council-{name}") for name in ("post", "one", "two", "three")]
    vacant = role("council-vacant", vacant_since="2026-01-01")

    def grants(**columns: tuple[str, ...]) -> list[dict[str, object]]:
        return [{"dataset": name, "table": "rows", "columns": list(own)} for name, own in columns.items()]

    every = tuple(COLUMNS)
    given = share("given", rung=5, grants=grants(police=every, care=every[:3]), basis=basis())
    kept = share(
        "kept",
        rung=5,
        grants=grants(health=every, care=every),
        parties=[party("police", gives=True), party("probation", receives=True)],
        basis=basis(),
    )
    return table(
        body("council", roles=[*posts, vacant]), *(dataset_of_people(name) for name in SOURCES), given, kept
    )


@dataclass(frozen=True)
class Reviewing:
    """The county at review.

    Attributes:
        people: the lake.
        partnership: what is agreed.
        records: the id of each record, by source and person.
        elsewhere: a folder for files that leave.
    """

    people: People
    partnership: Partnership
    records: dict[tuple[str, int], str]
    elsewhere: Path

    @property
    def desk(self) -> Desk:
        """The desk today."""
        return Desk(self.partnership, self.people.lake, PURPOSE, EngineName.DUCKDB, NOW)

    def give(self, post: str, kind: ReviewKind = ReviewKind.WORTH, number: int = 100) -> tuple[Path, Given]:
        """A file of questions for a post."""
        to = self.elsewhere / f"{post}-{len(list(self.elsewhere.iterdir()))}.csv"
        return to, give_questions(self.desk, post, kind, number, to)

    def answer(self, path: Path, answer: str = "same", why: str = "") -> Path:
        """Fill a file in as a spreadsheet would."""
        rows = read(path)
        for row in rows:
            row["answer"], row["why"] = answer, why
        return write(path, rows)


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, rows: list[dict[str, str]], **form: object) -> Path:
    """Rows as a file again, with or without what other spreadsheets do."""
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), **form)  # type: ignore[arg-type]
        writer.writeheader()
        writer.writerows(rows)
    return path


def reviewing(people: People, tmp_path: Path) -> Reviewing:
    """Deliver the records, link them, and publish what a run would."""
    records: dict[tuple[str, int], str] = {}
    for source in SOURCES:
        for one, surname in enumerate(SURNAMES):
            records[source, one] = people.record(
                f"{source}-{one}",
                source,
                given_name="=Robin" if one == 0 else "Robin",
                surname=surname,
                date_of_birth=date(1950 + one, 2, 1),
                nhs_number=f"999000{one:04d}" if source != "police" else None,
            )
        people.deliver(source, ("given", "kept"))
    built = replace(agreed(), folder=people.folder)
    made = Reviewing(people, built, records, tmp_path / "elsewhere")
    made.elsewhere.mkdir()
    settle(people.lake, NOW)
    publish(people, state_of(records))
    note_made(people.lake)
    return made


def state_of(records: dict[tuple[str, int], str]) -> State:
    """Of each person the police's and health's records are together, and care's stands apart in doubt."""
    names = list(records)
    profile = {name: place for place, name in enumerate(names)}
    pairs, labels = [], np.arange(len(names), dtype=np.int32)
    for one in range(len(SURNAMES)):
        police, care, health = (profile[source, one] for source in SOURCES)
        pairs += [(police, care, 0.5 + one / 10), (police, health, 3.0)]
        labels[health] = police
    left, right = (np.array([pair[side] for pair in pairs], np.int32) for side in (0, 1))
    born = np.array([one for _, one in names], np.int32)
    same = np.zeros(len(names), np.int32)
    encoded = Encoded(
        {"given": same, "given_root": same, "surname": born, "date_of_birth": born, "outward": same - 1,
         "sex": same - 1, "postcode": same - 1},
        {"name": Vocabulary([*(word.lower() for word in SURNAMES)]),
         "date_of_birth": Vocabulary([f"{1950 + one}0201" for one in range(len(SURNAMES))]),
         "outward": Vocabulary(), "sex": Vocabulary(), "postcode": Vocabulary()},
    )  # fmt: skip
    table = pa.table(
        {
            "record_id": [records[name] for name in names],
            "person_id": [f"p{label}" for label in labels],
            "joined_run": [1] * len(names),
            "former_id": [None] * len(names),
            "profile": np.arange(len(names), dtype=np.int32),
            "event_id": [None] * len(names),
        },
        schema=RECORD,
    )
    return State(
        Model("uk", "test", {}, -10.0, -10.0, {}),
        0.9,
        encoded,
        np.arange(len(names), dtype=np.uint64),
        {},
        left,
        right,
        np.array([pair[2] for pair in pairs]),
        labels,
        NO_PAIRS,
        np.empty(0, np.int32),
        Decisions(),
        table,
    )


def publish(people: People, state: State) -> None:
    """Publish a state as the step of the purpose does."""
    rows = index_rows(state.to_parts())
    whole = rows.add_column(0, "purpose", pa.array([PURPOSE.value] * rows.num_rows))
    lake = people.lake
    path = lake.stage()
    lake.write("link_index", whole.cast(LAKE_TABLES["link_index"].schema).to_batches(), path)
    lake.publish(STEP, [lake.seal("link_index", path, STEP)], (), lambda _: None, NOW)

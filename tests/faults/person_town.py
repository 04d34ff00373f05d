"""A town of a dozen people: flags on homes, a register with a name under seal, links, and what files become.

The starter with property flags as `roundtable init` makes it, and three datasets beside it: areas, a register
of named people that comes night by night and has a flag for a protected address, and a list that its
agreement has deleted once it is taken in. Both may be linked. A first lot is received; then come a
correction, a withdrawal, a second night and a newer list, and a run takes those in and works its steps out.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from textwrap import dedent
from unittest.mock import patch
from uuid import UUID

from roundtable import pipeline
from roundtable.data.engine import EngineName
from roundtable.data.intake.receive import receive
from roundtable.data.lake import Lake
from roundtable.governance.keys import held_keyring
from roundtable.ledger import database
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.new_folder import Starter, new_folder
from roundtable.report.flags import FLAGS_PURPOSE
from roundtable.settings import KEYS
from tests.faults.lake_job import leave_something_over
from tests.faults.small_run import DAY, squares, unchanging_code

#: The mark of the town's ledger, the same in every life, so that its one key file fits them all.
MARK = UUID(int=0x0DD)
TOWN, LATER, CAME, HELD = "town", "later", "came", "keys"
NAMES = ("Quillfeather", "Oakapple", "Thistledown", "Marjoram", "Hollyhock", "Fennelseed")
NUMBERS = ("9990000018", "9990000026", "9990000034")
HOMES = tuple(f"99900000000{number}" for number in range(1, 7))
STREET, POSTCODE, BORN = "Elderflower Row", "ZY12 3AB", "1941-02-03"
#: What may stand in no file that the town's own processes wrote, whenever they are stopped.
SECRETS = (*NAMES, *NUMBERS, *HOMES, STREET, POSTCODE, BORN)

CONTRACT = """\
apiVersion: v3.1.0
kind: DataContract
id: {id}
version: 1.0.0
status: active
name: {id}
description: {{purpose: For tests., limitations: Made up.}}
schema:
  - name: rows
    physicalName: '{pattern}'
    description: One row for each.
    properties:
{columns}
    customProperties: [{{property: roundtable, value: {{{terms}}}}}]
customProperties:
  - property: roundtable
    value: {{createdBy: council, subjects: {subjects}, specialCategory: false, criminalOffence: false}}
"""
COLUMN = """\
      - name: {name}
        logicalType: {kind}
        customProperties: [{{property: roundtable, value: {{{terms}}}}}]{more}"""
AGREEMENT = """\
id: {id}-agreed
title: {id}
tier: specific
purposes: [prevention_of_fire_and_falls]
rung: 5
parties:
  - {{agency: council, role: controller, gives: true, signed_by: council-dpo, signed_on: 2026-01-01}}
  - {{agency: fire-service, role: controller, receives: true, signed_by: fire-siro, signed_on: 2026-01-01}}
grants:
  - {{dataset: {id}, table: rows, columns: [{columns}]}}
basis: {{regime: uk_gdpr, gateways: [frsa04.s6], article_6: public task}}
{raw}
starts: 2026-01-01
"""
REGISTER = {
    "id": "canonical: source_id",
    "name": "canonical: person.full_name",
    "born": "canonical: person.date_of_birth",
    "nhs": "canonical: person.nhs_number",
    "home": "canonical: person.uprn",
    "safe": "canonical: person.seal, codes: [Y, N], seals: protected_address, sealCodes: [Y]",
    "state": "canonical: withdrawn, withdrawnCodes: [gone]",
}
FIRST = {
    "squares/squares.geojson": squares(),
    "address-gazetteer/address-gazetteer-2026-10.csv": f"""\
        UPRN,SINGLE_LINE_ADDRESS,POSTCODE,LONGITUDE,LATITUDE,CLASS
        {HOMES[0]},1 {STREET},{POSTCODE},-1.05,54.05,house
        {HOMES[1]},2 {STREET},{POSTCODE},-0.95,54.05,house
        {HOMES[2]},3 {STREET},{POSTCODE},-0.95,54.06,house
        """,
    "home-fire-safety-visits/home-fire-safety-visits-2026-10.csv": f"""\
        visit_ref,uprn,visited_on,visit_kind,risk_band,alarm_fitted,occupier_name
        v1,{HOMES[0]},2026-10-01,revisit,high,true,{NAMES[0]}
        v2,{HOMES[1]},2026-10-02,revisit,very high,false,{NAMES[1]}
        """,
    "adult-social-care-cases/adult-social-care-cases-2026-10-31.csv": f"""\
        case_id,uprn,care_level,started_on,ended_on,last_name,birth_date
        c1,{HOMES[0]},home care,2026-02-01,,{NAMES[0]},{BORN}
        c2,{HOMES[2]},reablement,2026-03-01,,{NAMES[2]},{BORN}
        """,
    "falls-admissions/falls-admissions-2026-09.csv": f"""\
        admission_key|uprn|admitted_on|discharged_on|injury|nhs_number
        a1|{HOMES[0]}|20260903|20260905|hip fracture|{NUMBERS[0]}
        """,
    "falls-admissions/falls-admissions-2026-10.csv": f"""\
        admission_key|uprn|admitted_on|discharged_on|injury|nhs_number
        a2|{HOMES[1]}|20261003|20261005|bruising|{NUMBERS[1]}
        """,
    "register/n1.csv": f"""\
        id,name,born,nhs,home,safe,state
        1,Ann {NAMES[3]},{BORN},{NUMBERS[0]},{HOMES[3]},Y,
        2,Bo {NAMES[4]},{BORN},{NUMBERS[1]},{HOMES[4]},N,
        3,Cy {NAMES[5]},never {NUMBERS[2]},,{HOMES[5]},N,
        """,
    "register/n1.csv.note.yaml": "period: '2026-10-01'\n",
    "helped/list.csv": f"id,name,home\n1,Di {NAMES[5]},{HOMES[5]}\n2,Di {NAMES[5]},{HOMES[5]}\n",
    "helped/list.csv.note.yaml": "rows: 2\n",
}
SECOND = {
    "adult-social-care-cases/adult-social-care-cases-2026-11-20.csv": f"""\
        case_id,uprn,care_level,started_on,ended_on,last_name,birth_date
        c2,{HOMES[2]},home care,2026-03-01,,{NAMES[2]},{BORN}
        """,
    "falls-admissions/falls-admissions-2026-10-b.csv": f"""\
        admission_key|uprn|admitted_on|discharged_on|injury|nhs_number
        a2|{HOMES[1]}|20261003|20261006|head injury|{NUMBERS[1]}
        a3|{HOMES[0]}|20261009||bruising|{NUMBERS[0]}
        """,
    "falls-admissions/falls-admissions-2026-10-b.csv.note.yaml": (
        "corrects: falls-admissions-2026-10.csv\nperiod: '2026-10'\n"
    ),
    "falls-admissions/w.withdraw.note.yaml": "withdraws: falls-admissions-2026-09.csv\n",
    "register/n2.csv": f"""\
        id,name,born,nhs,home,safe,state
        2,Bo {NAMES[4]},{BORN},{NUMBERS[1]},{HOMES[4]},N,gone
        4,Ed {NAMES[5]},{BORN},{NUMBERS[2]},{HOMES[3]},N,
        """,
    "register/n2.csv.note.yaml": "period: '2026-10-02'\n",
}


def town_with_people(parent: Path) -> Path:
    """A folder with the town in it, its first lot delivered, and its second lot and its keys beside it."""
    place = parent / "place"
    place.mkdir()
    town = place / TOWN
    new_folder(town, "A town", DAY.date(), Starter.PROPERTY_FLAGS)
    areas = {"Code": "canonical: area_id", "Name": "canonical: name"}
    _agree(town, "squares", "canonical: area, format: geojson, areaKind: lsoa11", areas, subjects="areas")
    nightly = "canonical: person_record, arrives: increments, quarantineLimit: 0.9"
    _agree(town, "register", nightly, REGISTER)
    listed = {name: REGISTER[name] for name in ("id", "name", "home")}
    _agree(town, "helped", "canonical: person_record", listed, raw="raw_deliveries: delete")
    _deliver(town / "deliveries", FIRST)
    _deliver(place / LATER, SECOND)
    _make_keys(place / HELD)
    leave_something_over(town)
    return place


def open_town(place: Path) -> None:
    """Make the town's ledger."""
    with _writing(place):
        pass


def receive_first(place: Path) -> None:
    """Receive the first lot, from wherever it was left."""
    with _writing(place) as (partnership, lake):
        receive(partnership, lake, _day)


def receive_second(place: Path) -> None:
    """Put the second lot where it belongs, and receive it; from wherever it was left."""
    with _writing(place) as (partnership, lake):
        if (place / LATER).is_dir():
            shutil.copytree(place / LATER, place / TOWN / "deliveries", dirs_exist_ok=True)
            (place / LATER).rename(place / CAME)
        receive(partnership, lake, _day)


@contextmanager
def _writing(place: Path) -> Iterator[tuple[Partnership, Lake]]:
    with in_town(place) as town:
        partnership = load_partnership(town)
        open_ledger(town, partnership.charter.id)
        with writer_lock(town):
            lake = Lake(town, held_keyring(town))
            lake.collect_orphans()
            yield partnership, lake


def run_steps(place: Path) -> None:
    """A run that goes through the steps about homes, links people for them, and writes its page."""
    steps = tuple(step for step in pipeline.STEPS if step.purpose is FLAGS_PURPOSE)
    with in_town(place) as town, unchanging_code(), patch.object(pipeline, "STEPS", steps):
        pipeline.run(town, engine=EngineName.DUCKDB, clock=_day, progress=lambda _told: None)


def _day() -> datetime:
    return DAY


class in_town(ExitStack):
    """While the block lasts, a new ledger has the town's mark and the keys are the town's."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._place = place

    def __enter__(self) -> Path:  # type: ignore[override]
        self.enter_context(patch.object(database, "uuid4", lambda: MARK))
        self.enter_context(patch.dict(os.environ, {KEYS.name: str(self._place / HELD)}))
        self.callback(close_ledger)
        return self._place / TOWN


def _agree(
    town: Path, id: str, terms: str, columns: Mapping[str, str], *, subjects: str = "people", raw: str = ""
) -> None:
    listed = "\n".join(
        COLUMN.format(
            name=name,
            terms=said,
            kind="date" if name == "born" else "string",
            more="\n        primaryKey: true\n        required: true" if "source_id" in said else "",
        )
        for name, said in columns.items()
    )
    pattern = "*.geojson" if subjects == "areas" else "*.csv"
    contract = CONTRACT.format(id=id, pattern=pattern, columns=listed, terms=terms, subjects=subjects)
    (town / "datasets" / f"{id}.yaml").write_text(contract, encoding="utf-8")
    agreement = AGREEMENT.format(id=id, columns=", ".join(columns), raw=raw)
    (town / "agreements" / f"{id}-agreed.yaml").write_text(agreement, encoding="utf-8")


def _deliver(to: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_text(dedent(text), encoding="utf-8")


def _make_keys(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    held = {"ledger": MARK.hex, "versions": [{"number": 1, "made": "2026-11-23", "key": "6b" * 32}]}
    path = folder / f"{MARK.hex}.keys.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    path.chmod(0o600)

"""What is planted in the whole county, as tables of the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from roundtable.county.effects.planted import Planted
from roundtable.county.sends.planned_files import SentTable
from roundtable.county.truth.tables import (
    EFFECTS,
    PILOT_AREAS,
    PLANTED_MISHAPS,
    SERVICES,
    UNDER_RECORDING,
)


def planted_tables(planted: Planted) -> Mapping[str, pa.Table]:
    """The tables `services`, `pilot_areas`, `under_recording` and `effects`; the same for every shard."""
    services = [
        (one.service, one.need, one.rate_ratio, one.referred, one.uptake, one.delay_days)
        for one in planted.services
    ]
    pilots = [
        (one.pilot, area, one.need, one.begins, one.rate_ratio)
        for one in planted.pilots
        for area in sorted(one.areas)
    ]
    rules = [
        (one.agency, one.need, one.group, one.sex or None, one.from_age, one.under_age, one.relative)
        for one in planted.under_recordings
    ]
    near, officer = planted.near_repeat, planted.officer
    sizes = [
        ("near_repeat.metres", near.metres, "metres"),
        ("near_repeat.days", float(near.days), "days"),
        ("near_repeat.offspring", near.offspring, "burglaries that one brings on directly"),
        (f"officer.{officer.officer}", officer.factor, "times as many discretionary records as a colleague"),
    ]
    return {
        "services": _table(SERVICES.schema, services),
        "pilot_areas": _table(PILOT_AREAS.schema, pilots),
        "under_recording": _table(UNDER_RECORDING.schema, rules),
        "effects": _table(EFFECTS.schema, sizes),
    }


def mishaps_table(tables: Sequence[SentTable]) -> pa.Table:
    """Every delivery that goes wrong, and what the door makes of it."""
    rows = [
        (
            sent.dataset.id,
            sent.table.name,
            file.sent_as,
            str(sent.mishap.kind),
            sent.mishap.detail or None,
            bool(file.adds),
            sent.mishap.outcome,
        )
        for sent in tables
        if sent.mishap is not None
        for file in sent.files
        if file.slot == sent.mishap_slot or file.adds
    ]
    return _table(PLANTED_MISHAPS.schema, rows)


def _table(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)

"""One run of linkage for one purpose: from records as they may be seen to every table made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.linked_tables import LINKED_TABLES, without_purpose
from roundtable.linkage.cleaning.cleaned import Cleaned, cleaned
from roundtable.linkage.cleaning.gazetteer import cleaned_gazetteer
from roundtable.linkage.cleaning.usual import Usual
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.households.finding import Households, households_of
from roundtable.linkage.linking.index_rows import index_parts, index_rows
from roundtable.linkage.linking.linked import Linked, changes_since, link_night, with_ids
from roundtable.linkage.linking.model_rows import model_rows
from roundtable.linkage.linking.once import Once
from roundtable.linkage.linking.quality_tables import curve_of, links_of, quality_tables, told
from roundtable.linkage.linking.whole import link_whole
from roundtable.linkage.lookup.index import kept_for_lookup
from roundtable.linkage.lookup.sources import Sources
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.link_tables import PERSON_LINK, PERSON_MOVE, PERSON_MOVED
from roundtable.linkage.people.state import State, StateUnusable

#: Beyond this share of records that changed, everything is linked again: a night would not be shorter.
TOO_MUCH = 0.1
#: A model, and what is usual, is learnt anew once there are about so many times as many identities as it was
#: learnt from.
OUTGROWN = 1.5
#: What is kept beside the state: what the model was learnt from and for, and what pairs proved to be worth.
_ABOUT, _CALIBRATION = "run", "calibration"
_TABLES = {table.name: without_purpose(table) for table in LINKED_TABLES}
_HOMES = ("linked_address", "person_address", "household", "household_member")


@dataclass(frozen=True)
class Asked:
    """What a run of linkage works with.

    Attributes:
        records: person records with `event_id`, as the purpose may see them; `place_of_event` says of which
            the address is that of the event.
        addresses: the register of addresses, likewise.
        before: what the run before made, by table, without the purpose; empty tables the first time.
        decisions: what people decided.
        person_key, household_key: what ids are keyed with.
        run: the number of this run.
        today: the day that ages are counted on.
        settings: the name of shipped settings.
    """

    records: pa.Table
    addresses: pa.Table
    before: Mapping[str, pa.Table]
    decisions: Decisions
    person_key: bytes
    household_key: bytes
    run: int
    today: date
    settings: str = "uk"


@dataclass(frozen=True)
class _Then:
    """What the run before left that a night can go on from."""

    state: State
    usual: Usual
    trained_on: int
    calibration: pa.Table


def link(asked: Asked, once: Once | None = None) -> dict[str, pa.Table]:
    """Link, and make every table of `LINKED_TABLES`, without the purpose.

    Args:
        asked: what to work with.
        once: what other purposes of the same run worked out already.
    """
    once = once or Once()
    if not asked.records.num_rows:
        return {name: schema.empty_table() for name, schema in _TABLES.items()}
    settings = shipped(asked.settings)
    then = _then(asked, settings)
    usual = then.usual if then else None
    records, name = once.cleaned(
        asked.records, usual.to_json() if usual else "", lambda: cleaned(asked.records, usual)
    )
    linked, trained_on, calibration = _linked(asked, settings, records, then, once, name)
    return _made(asked, records, linked, trained_on, calibration, settings)


def _then(asked: Asked, settings: Settings) -> _Then | None:
    """What the run before left; None where there is nothing that this one can go on from."""
    parts = index_parts(asked.before["link_index"])
    try:
        about = json.loads(parts[_ABOUT])
        if about["settings"] != _fingerprint(settings):
            return None
        usual = Usual.from_json(parts["usual"].decode())
        calibration = pa.ipc.open_stream(parts[_CALIBRATION]).read_all()
        state, trained_on = State.from_parts(parts), int(about["trained_on"])
    except (KeyError, StateUnusable):
        return None
    if _identities_now(state, asked.records.num_rows) > OUTGROWN * trained_on:
        return None
    return _Then(state, usual, trained_on, calibration)


def _identities_now(state: State, records: int) -> float:
    """About how many distinct identities so many records have, if as many share one as did before."""
    return float(len(np.unique(state.profile)) * records / max(1, state.records.num_rows))


def _linked(
    asked: Asked, settings: Settings, records: Cleaned, then: _Then | None, once: Once, name: str
) -> tuple[Linked, int, pa.Table]:
    """Link: a night where little has changed, else the whole, with the model that there is."""
    if then is not None:
        changes = changes_since(then.state, records)
        if len(changes) <= TOO_MUCH * max(1, records.table.num_rows):
            made = link_night(
                then.state, records, changes, asked.person_key, asked.run, asked.decisions, settings
            )
            return made, then.trained_on, then.calibration
    model = then.state.model if then is not None else None
    besides = [name, asked.settings, model.to_json() if model else None, repr(asked.decisions)]
    whole = once.whole(json.dumps(besides), lambda: link_whole(records, settings, model, asked.decisions))
    before = asked.before["person_link"].select(PERSON_LINK.names)
    linked = with_ids(whole, before if before.num_rows else None, asked.person_key, asked.run)
    trained_on = then.trained_on if then is not None else len(whole.encoded)
    return linked, trained_on, whole.chosen.calibration


def _made(
    asked: Asked, records: Cleaned, linked: Linked, trained_on: int, calibration: pa.Table, settings: Settings
) -> dict[str, pa.Table]:
    links = links_of(linked, records, calibration)
    homes = _households(asked, records, linked)
    made = {
        "person_link": linked.link,
        "person_move": _after(asked, "person_move", linked.moves.select(PERSON_MOVE.names)),
        "person_moved": _after(asked, "person_moved", linked.moved.select(PERSON_MOVED.names)),
        "link_index": index_rows(_parts(records, linked, trained_on, calibration, settings)),
        "link_curve": curve_of(linked, asked.before),
        "link_model": model_rows(linked.state.model, trained_on),
        **{name: getattr(homes, name) for name in _HOMES},
        **quality_tables(links, linked, asked.before, asked.records, homes.in_communal, asked.today),
    }
    made["link_told"] = told(linked, records, made["link_drift"], asked.before["link_told"])
    return {name: made[name].select(schema.names).cast(schema) for name, schema in _TABLES.items()}


def _households(asked: Asked, records: Cleaned, linked: Linked) -> Households:
    before = {name: asked.before[name] for name in _HOMES}
    previous = Households(**before) if before["household"].num_rows else None
    gazetteer = cleaned_gazetteer(asked.addresses) if asked.addresses.num_rows else None
    homes = _without_places_of_events(records.table, asked.records)
    return households_of(homes, linked.link, asked.household_key, previous, gazetteer)


def _without_places_of_events(cleaned_table: pa.Table, sent: pa.Table) -> pa.Table:
    """Cleaned records without addresses at which something happened and nobody is said to live."""
    if "place_of_event" not in sent.column_names:
        return cleaned_table
    elsewhere = sent.filter(sent["place_of_event"])["record_id"]
    if not len(elsewhere):
        return cleaned_table
    there = pc.is_in(cleaned_table["record_id"], value_set=elsewhere.combine_chunks())
    at = cleaned_table.column_names.index("address_id")
    own = pc.if_else(there, None, cleaned_table["address_id"])
    return cleaned_table.set_column(at, cleaned_table.schema.field(at), own)


def _parts(
    records: Cleaned, linked: Linked, trained_on: int, calibration: pa.Table, settings: Settings
) -> dict[str, bytes]:
    sources = Sources.of(records.table, linked.state.records["record_id"].combine_chunks())
    about = {"settings": _fingerprint(settings), "trained_on": trained_on}
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, calibration.schema) as writer:
        writer.write_table(calibration)
    return {
        **linked.state.to_parts(),
        **kept_for_lookup(records.usual, sources),
        _ABOUT: json.dumps(about, sort_keys=True).encode(),
        _CALIBRATION: bytes(sink.getvalue()),
    }


def _after(asked: Asked, name: str, now: pa.Table) -> pa.Table:
    """A log with what this run adds; a run that was stopped and does it again adds it once."""
    before = asked.before[name].select(_TABLES[name].names)
    earlier = before.filter(pc.less(before["run"], asked.run))
    return pa.concat_tables([earlier, now.cast(_TABLES[name])])


def _fingerprint(settings: Settings) -> str:
    return sha256(settings.model_dump_json().encode()).hexdigest()

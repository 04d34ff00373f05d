"""How well it went, as tables: by agency and group, how links are spread, and what moved since last time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.data.linked_tables import LINK_CURVE, LINK_DRIFT, LINK_TOLD, without_purpose
from roundtable.linkage.cleaning.cleaned import Cleaned
from roundtable.linkage.linking.linked import Linked
from roundtable.linkage.quality.by_agency import by_agency
from roundtable.linkage.quality.by_group import by_group, no_home
from roundtable.linkage.quality.compared import quality_table
from roundtable.linkage.quality.curve import curve_table
from roundtable.linkage.quality.drift import Run, alarms, drift
from roundtable.linkage.quality.links import Links, calibrated
from roundtable.linkage.quality.measures import measures_of
from roundtable.linkage.quality.shape import shape_of


def links_of(linked: Linked, cleaned: Cleaned, calibration: pa.Table) -> Links:
    """The records as they were linked, for measuring.

    Args:
        linked: what linking came to.
        cleaned: the records.
        calibration: what pairs proved to be worth when the stop was chosen; without rows, the model's word
            stands.
    """
    state = linked.state
    records = state.records.sort_by("record_id")
    of_record: NDArray[np.int32] = records["profile"].to_numpy()
    people = np.unique(state.labels, return_inverse=True)[1].astype(np.int32)
    told = calibration.num_rows > 0
    worth = calibrated(state.weight, calibration) if told else state.probability
    alone = np.zeros(len(state), np.bool_)
    alone[state.alone] = True
    return Links(cleaned.table, of_record, people, alone, state.left, state.right, worth)


def quality_tables(
    links: Links,
    linked: Linked,
    before: Mapping[str, pa.Table],
    sent: pa.Table,
    in_communal: pa.Array,
    today: date,
) -> dict[str, pa.Table]:
    """The tables `link_quality`, `link_shape` and `link_drift`.

    Args:
        links: what is measured.
        linked: what linking came to.
        before: the tables of the run before, by name; without rows the first time.
        sent: the records as they were sent.
        in_communal: the ids of those that say a communal address.
        today: the day that ages are counted on.
    """
    measures = measures_of(links)
    place = pc.index_in(links.cleaned["record_id"], value_set=sent["record_id"].combine_chunks())
    homeless = no_home(sent["address"].take(place.combine_chunks()))
    communal = np.asarray(pc.is_in(links.cleaned["record_id"], value_set=in_communal))
    rows = by_agency(links, measures) + by_group(links, measures, today, homeless, communal)
    shape = shape_of(links, linked.state.weight)
    moved = _drifted(linked, shape, before)
    return {"link_quality": quality_table(rows), "link_shape": shape, "link_drift": moved}


def _drifted(linked: Linked, shape: pa.Table, before: Mapping[str, pa.Table]) -> pa.Table:
    from roundtable.linkage.linking.model_rows import model_of

    if not before["link_shape"].num_rows or not before["link_model"].num_rows:
        return without_purpose(LINK_DRIFT).empty_table()
    moves = Counter(linked.moves["kind"].to_pylist())
    then = Run(before["link_shape"], model_of(before["link_model"]), {})
    return drift(then, Run(shape, linked.state.model, moves))


def curve_of(linked: Linked, before: Mapping[str, pa.Table]) -> pa.Table:
    """The table `link_curve`: of a night, that of the run that chose the stop."""
    if linked.whole is None:
        return before["link_curve"].select(without_purpose(LINK_CURVE).names)
    return curve_table(linked.whole.chosen.curve)


def told(linked: Linked, cleaned: Cleaned, drifted: pa.Table, before: pa.Table) -> pa.Table:
    """The table `link_told`: what whoever uses the links has to know, in words."""
    rows = [*_told_now(linked, cleaned, drifted), *_told_then(linked, before)]
    counted: Counter[str] = Counter()
    numbered = []
    for kind, said, number in rows:
        counted[kind] += 1
        numbered.append({"kind": kind, "place": counted[kind], "told": said, "number": number})
    return pa.Table.from_pylist(numbered, schema=without_purpose(LINK_TOLD))


Told = tuple[str, str, int | None]


def _told_now(linked: Linked, cleaned: Cleaned, drifted: pa.Table) -> Iterator[Told]:
    if linked.whole is not None:
        yield from (("stop", said, None) for said in linked.whole.chosen.says)
        yield from (("warning", _sentence(said), None) for said in dict.fromkeys(linked.whole.warnings))
        if linked.whole.crowds:
            said = "Events that so many people were in that they say nothing of who is not whom."
            yield "crowd", said, linked.whole.crowds
    for clash in linked.contradictions:
        yield (
            "contradiction",
            f"A decision that two records are of one person is not followed: {clash.why}.",
            None,
        )
    for one in linked.left_out:
        key = one.key.replace("_", " ")
        said = f"Identities with one and the same {key} are too many to be compared with one another for it."
        yield "left_out", said, one.size
    yield from _refused(cleaned.told)
    alone = int(np.isin(linked.state.profile, linked.state.alone).sum())
    if alone:
        yield (
            "unlinkable",
            "Records say neither a name nor a number of a person, and are linked to nothing.",
            alone,
        )
    yield from (("drift", said, None) for said in alarms(drifted))


def _told_then(linked: Linked, before: pa.Table) -> Iterator[Told]:
    """After a night, why the stop is where it is and what was warned of the model still holds."""
    if linked.whole is None:
        for row in before.to_pylist():
            if row["kind"] in ("stop", "warning"):
                yield row["kind"], row["told"], row["number"]


def _refused(told_by_cleaning: pa.Table) -> Iterator[Told]:
    rows: list[dict[str, Any]] = told_by_cleaning.to_pylist()
    for row in rows:
        if row["tells"] == "refused":
            said = f"In {row['dataset']}, {row['column'].replace('_', ' ')} could not be used: {row['rule']}."
            yield "placeholder", said, row["records"]


def _sentence(said: str) -> str:
    return said[:1].upper() + said[1:].rstrip(".") + "."

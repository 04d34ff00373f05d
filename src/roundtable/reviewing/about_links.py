"""What whoever uses the links of a purpose has to know of them, in figures and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.ledger.links import every_decision
from roundtable.ledger.runs import worked_in
from roundtable.linkage.review.undone import with_undone
from roundtable.reviewing.desk import Desk
from roundtable.reviewing.seen_by_post import seen_by_post
from roundtable.steps.link_people import link_step_name

_READS = ("person_move", "person_moved", "household", "link_curve", "link_told")


@dataclass(frozen=True)
class Told:
    """A sentence, and how many records, pairs or people it is about; None where it counts none."""

    says: str
    number: int | None


@dataclass(frozen=True)
class AboutLinks:
    """The links of a purpose.

    Attributes:
        run: the run that linked last, for this purpose.
        began: when that run began.
        records, people, households: how many there are.
        curve: what is expected at the stop in force, as `link_curve` has it; None where no stop was chosen.
        told: what was told, by its kind.
        undone: how many moves are undone.
        waiting: how many moves were undone, or stand again, since the run.
    """

    run: int | None
    began: datetime | None
    records: int
    people: int
    households: int
    curve: Mapping[str, Any] | None
    told: Mapping[str, tuple[Told, ...]]
    undone: int
    waiting: int


def about_links(desk: Desk, post: str) -> AboutLinks:
    """The links of a purpose, for a post that may be given some of the records.

    Raises:
        SettingUnusable: there is no such post, or nobody has been linked yet.
        NotPermitted: the agreements give this post nobody's records for the purpose.
        Busy: people were linked before the last delivery, seal or decision about people.
    """
    desk.agency_of(post)
    seen_by_post(desk.partnership, post, desk.purpose, desk.now.date())
    found = desk.linked(*_READS)
    link, moves = found["person_link"], found["person_move"]
    now = with_undone(moves, found["person_moved"], every_decision(desk.purpose.value))
    by, before = (pc.fill_null(one["undone_by"], 0).to_numpy() for one in (now, moves))
    began = worked_in(link_step_name(desk.purpose))
    run = max(began, default=None)
    return AboutLinks(
        run,
        None if run is None else began[run],
        link.num_rows,
        pc.count_distinct(link["person_id"]).as_py(),
        found["household"].num_rows,
        next(iter(found["link_curve"].filter(pc.field("chosen")).to_pylist()), None),
        _told(found["link_told"]),
        int(np.count_nonzero(by)),
        int(np.count_nonzero(by != before)),
    )


def _told(rows: pa.Table) -> Mapping[str, tuple[Told, ...]]:
    found: dict[str, list[Told]] = {}
    for row in sorted(rows.to_pylist(), key=lambda one: (one["kind"], one["place"])):
        found.setdefault(row["kind"], []).append(Told(row["told"], row["number"]))
    return {kind: tuple(said) for kind, said in found.items()}

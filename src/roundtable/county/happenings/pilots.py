"""Pilots in some areas: what would have happened there without them."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import prevented
from roundtable.county.happenings.drawing import Drawn
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints


def left_by_pilots(chronicle: Chronicle, need: str, drawn: Drawn, areas: Ints) -> Flags:
    """Which of a need's happenings the pilots leave; the rest is revealed as prevented.

    `areas` are the places of the areas in which they happen; -1 is none.
    """
    found = np.ones(len(drawn), bool)
    for pilot in chronicle.planted.pilots:
        if pilot.need != need:
            continue
        luck = chronicle.rng(f"pilot {pilot.pilot}").random(len(drawn))
        begins = int(np.datetime64(pilot.begins, "D").astype(np.int64)) * DAY_SECONDS
        mine = [place for place, code in enumerate(chronicle.lives.places.areas) if code in pilot.areas]
        gone = found & np.isin(areas, mine) & (drawn.at >= begins) & (luck > pilot.rate_ratio)
        chronicle.reveal("prevented", prevented(chronicle, pilot.pilot, need, drawn.kept(gone)))
        found &= ~gone
    return found

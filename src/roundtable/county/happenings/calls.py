"""Reports of anti-social behaviour and calls about somebody's safety."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings.drawing import NONE, mixed
from roundtable.county.happenings.figures import chance, value
from roundtable.county.happenings.lives import Ints
from roundtable.county.happenings.pilots import left_by_pilots
from roundtable.county.happenings.police_shapes import ANTISOCIAL, CONCERN_CALL
from roundtable.county.happenings.police_written import Police
from roundtable.county.happenings.spots import Spots, at_home, when


def antisocial(police: Police) -> None:
    """Write `antisocial` down: reported from home about the street, or seen in a street near by."""
    chronicle = police.chronicle
    rng = chronicle.rng("antisocial")
    drawn = chronicle.happen(rng, chronicle.need("antisocial", rng), "night/summer")
    lived = at_home(chronicle, police.streets, rng, drawn.unit, drawn.day)
    indoors = (rng.random(len(drawn)) < chance("antisocial.at_home")) & (lived.address >= 0)
    street = police.streets.draw(rng, lived.areas(chronicle), value("antisocial.near_home"))
    spots = Spots(np.where(indoors, lived.address, NONE), street)
    kept = left_by_pilots(chronicle, "antisocial", drawn, spots.areas(chronicle))
    left, spots = drawn.kept(kept), Spots(spots.address[kept], spots.street[kept])
    size = len(left)
    known = rng.random(size) < chance("antisocial.subject_known")
    subject = police.suspects.draw(left.at, known, left.unit)
    columns = {
        **when(rng, left.at, left.unit, value("antisocial.recorded_after")),
        **spots.columns(chronicle),
        "code": mixed(rng, "antisocial.code", size),
        "topic": mixed(rng, "antisocial.topic", size),
        "grade": mixed(rng, "antisocial.grade", size),
        "officer": police.officers.any(size),
    }
    chronicle.put(ANTISOCIAL, columns, [("caller", left.unit), ("subject", subject)])


def concern_calls(police: Police) -> Ints:
    """Write `concern_call` down; its events, in the table's order."""
    chronicle = police.chronicle
    rng = chronicle.rng("concern calls")
    drawn = chronicle.happen(rng, chronicle.need("concern", rng), "home/level")
    size = len(drawn)
    home = chronicle.lives.where(drawn.unit, drawn.day).household
    row, person = chronicle.lives.members(home, drawn.day)
    other = person != drawn.unit[row]
    caller = np.full(size, NONE)
    caller[row[other]] = person[other]
    caller[rng.random(size) < chance("concern_call.caller_unknown")] = NONE
    columns = {
        **when(rng, drawn.at, drawn.unit, value("concern_call.recorded_after")),
        **at_home(chronicle, police.streets, rng, drawn.unit, drawn.day).columns(chronicle),
        "code": mixed(rng, "concern_call.code", size),
        "closing_code": mixed(rng, "concern_call.closing_code", size),
        "grade": mixed(rng, "antisocial.grade", size),
        "officer": police.officers.any(size),
    }
    return chronicle.put(CONCERN_CALL, columns, [("subject", drawn.unit), ("caller", caller)])

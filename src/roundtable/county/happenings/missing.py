"""People who go missing: mostly children, those in care most of all, and the same ones again and again."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings.drawing import NONE, Drawn, mixed, words
from roundtable.county.happenings.figures import chance, value
from roundtable.county.happenings.lives import Ints
from roundtable.county.happenings.pilots import left_by_pilots
from roundtable.county.happenings.police_shapes import MISSING
from roundtable.county.happenings.police_written import Police
from roundtable.county.happenings.spots import Spots, at_home, when


def missing(police: Police) -> tuple[Ints, Drawn]:
    """Write `missing` down; its events, and the episodes."""
    chronicle = police.chronicle
    rng = chronicle.rng("missing")
    children = chronicle.happen(rng, chronicle.need("missing_child", rng), "home/summer")
    home = at_home(chronicle, police.streets, chronicle.rng("missing from"), children.unit, children.day)
    children = children.kept(left_by_pilots(chronicle, "missing_child", children, home.areas(chronicle)))
    adults = chronicle.happen(rng, chronicle.need("missing_adult", rng), "day/level")
    drawn = Drawn(np.concatenate([children.unit, adults.unit]), np.concatenate([children.at, adults.at]))
    size, child = len(drawn), np.arange(len(drawn)) < len(children)
    care = child & (chronicle.lives.traits["care"][drawn.unit] > 1 - chance("missing.in_care"))
    within = rng.random(size) < value("missing.resolved_in_a_day")
    hours = np.where(
        within,
        np.minimum(rng.exponential(value("missing.hours_short"), size) + value("missing.hours_least"), 23.9),
        24 + rng.exponential(value("missing.hours_long"), size),
    )
    luck = rng.random(size)
    dead, hurt = value("missing.dead"), value("missing.hurt")
    # Grown people alone are found dead, so that of them the share is the greater.
    dead_grown = dead / (1 - value("missing.children"))
    harm = np.where(~child & (luck < dead_grown), 2, np.where(luck < dead + hurt, 1, 0))
    found = police.streets.draw(rng, np.full(size, NONE), 0.0)
    area = Spots(np.full(size, NONE), found).areas(chronicle)
    columns = {
        **when(rng, drawn.at, drawn.unit, value("missing.recorded_after")),
        **at_home(chronicle, police.streets, rng, drawn.unit, drawn.day).columns(chronicle),
        "code": words(("child", "child in care", "adult"), np.where(child, care.astype(np.int64), 2)),
        "found_at": drawn.at + (hours * 3600).astype(np.int64),
        "hours_missing": hours,
        "found_area": chronicle.area_codes(
            np.where(rng.random(size) < chance("missing.found_area_known"), area, NONE)
        ),
        "risk_grade": mixed(rng, "missing.risk_grade", size),
        "interview_held": child & (rng.random(size) < chance("missing.interview_held")),
        "exploitation": rng.random(size)
        < np.where(
            care,
            chance("missing.exploitation_in_care"),
            np.where(child, chance("missing.exploitation_child"), chance("missing.exploitation_adult")),
        ),
        "harm": words(("none", "hurt", "dead"), harm),
        "officer": police.officers.any(size),
    }
    return chronicle.put(MISSING, columns, [("missing person", drawn.unit)]), drawn

"""What the fire and rescue service sends: incidents, and visits to homes."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, recoded
from roundtable.county.sends.shares import drawn_words

FIRE = Producers()
_SENDER = "fire-service"


@FIRE.sends("fire-incidents", "incidents", _SENDER)
def incidents(case: Case) -> Drawn:
    """One row an incident."""
    fire = case.of("fire")
    return fire.drawn(
        {
            "time_of_call": fire.instants("at"),
            "incident_type": recoded(
                fire.text("code"),
                {"false alarm, apparatus": "false alarm", "false alarm, good intent": "false alarm"},
            ),
            "cause": recoded(fire.text("cause"), {"candle": "candles", "none": None}),
            "smoke_alarm": recoded(
                fire.text("alarm"),
                {"sounded": "worked", "did not sound": "did not work", "not applicable": None},
            ),
            "casualties": fire.numbers("casualties"),
        },
        who=case.first(fire, "occupier", "casualty"),
        named={"occupier": "full_name"},
    )


@FIRE.sends("home-fire-safety-visits", "visits", _SENDER)
def visits(case: Case) -> Drawn:
    """One row a visit that was held; whoever refuses has none."""
    visit = case.of("home_safety_visit")
    visit = visit.kept(np.asarray(pc.equal(visit.text("code"), "visited").to_numpy(zero_copy_only=False)))
    kinds = drawn_words(case.chance("kinds of visit"), "visits", len(visit))
    after_fire = pc.equal(visit.text("referred_by"), "after a fire")
    return visit.drawn(
        {
            "visited_on": visit.instants("at"),
            "visit_kind": pc.if_else(after_fire, "after a fire", kinds),
            "risk_band": visit.text("risk_band"),
            "smoker": visit.flags("smoker"),
            "oxygen_in_use": visit.flags("oxygen_in_use"),
            "lives_alone": visit.flags("lives_alone"),
            "alarm_fitted": visit.flags("alarm_fitted"),
            "clutter_rating": visit.numbers("clutter_rating"),
            "blocked_exit": visit.text("blocked_exit"),
            "referred_by": visit.text("referred_by"),
        },
        named={"occupier_name": "full_name", "occupier_phone": "phone"},
    )

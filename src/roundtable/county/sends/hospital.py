"""What the hospital trust sends: emergency attendances, and admissions after a fall."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, ended, recoded
from roundtable.county.sends.shares import share

HOSPITAL = Producers()
_SENDER = "hospital"
_DISPOSALS = {
    "home": "discharged",
    "left before seen": "left before treatment",
    "other hospital": "referred",
}
_INJURIES = {
    "none": "none found",
    "bruise or sprain": "bruising",
    "wound": "bruising",
    "head": "head injury",
}


@HOSPITAL.sends("ed-attendance-records", "attendances", _SENDER)
def attendances(case: Case) -> Drawn:
    """One row an attendance; how it ended is filled in when the record is coded."""
    seen = case.of("ed_attendance")
    return seen.drawn(
        {
            "arrived_at": seen.instants("at"),
            "complaint": recoded(seen.text("code"), {"collapse": "other"}),
            "arrival_mode": recoded(seen.text("arrival_mode"), {"walk-in": "walked in"}),
            "disposal": recoded(seen.text("disposal"), dict(_DISPOSALS)),
        },
        changing=frozenset({"disposal"}),
    )


@HOSPITAL.sends("falls-admissions", "admissions", _SENDER)
def falls(case: Case) -> Drawn:
    """One row an admission after a fall."""
    stay = case.of("hospital_admission")
    stay = stay.kept(np.asarray(pc.equal(stay.text("code"), "fall").to_numpy(zero_copy_only=False)))
    wrist = case.chance("wrists").random(len(stay)) < share("falls.wrist")
    injuries = recoded(stay.text("injury"), dict(_INJURIES))
    wrist &= np.asarray(pc.equal(injuries, "other fracture").to_numpy(zero_copy_only=False))
    return stay.drawn(
        {
            "admitted_on": stay.instants("at"),
            "discharged_on": ended(stay.days("until")),
            "injury": pc.if_else(pa.array(wrist), "wrist fracture", injuries),
            "falls_12m": stay.numbers("falls_12m"),
            "discharged_to": stay.text("discharged_to"),
        }
    )

"""What the ambulance service sends: the incidents that it answered."""

from __future__ import annotations

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, recoded

AMBULANCE = Producers()
_REASONS = {reason: "other" for reason in ("chest pain", "collapse", "assault", "overdose")}


@AMBULANCE.sends("ambulance-see-and-treat", "incidents", "ambulance")
def incidents(case: Case) -> Drawn:
    """One row an incident."""
    answered = case.of("ambulance")
    return answered.drawn(
        {
            "called_at": answered.instants("at"),
            "reason": recoded(answered.text("code"), dict(_REASONS)),
            "conveyed": answered.flags("conveyed"),
            "calls_90d": answered.numbers("calls_90d"),
        }
    )

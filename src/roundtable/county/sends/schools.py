"""What schools send: each pupil's term, and exclusions."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.sends.calendar import term_number, terms_of
from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, recoded, yes_no
from roundtable.county.sends.shares import share

SCHOOLS = Producers()
_SENDER = "schools"
_REASONS = {
    "assault on a pupil": "physical assault",
    "assault on an adult": "physical assault",
    "threats": "verbal abuse",
}


@SCHOOLS.sends("school-absence", "absence", _SENDER, twice=False, by_term=True)
def absence(case: Case) -> Drawn:
    """One row a pupil and term."""
    term = case.of("school_term")
    part_time = term.flags("part_time")
    elsewhere = part_time & (case.chance("taught elsewhere").random(len(term)) < share("school.elsewhere"))
    placement = np.where(elsewhere, 2, part_time.astype(np.int64))
    kinds = pa.array(["full time", "part-time timetable", "alternative provision"])
    return term.drawn(
        {
            "term": term.text("code"),
            "term_began": term.instants("at"),
            "term_ended": term.days("until"),
            "placement": kinds.take(pa.array(placement)),
            "sessions_possible": term.numbers("sessions_possible"),
            "sessions_missed": term.numbers("sessions_missed"),
            "suspensions": term.numbers("suspensions"),
            "part_time_timetable": part_time,
            "free_meals": yes_no(term.flags("free_meals"), "T", "F"),
        },
        terms=_terms(term.text("code")),
    )


def _terms(codes: pa.Array) -> np.ndarray:
    words = codes.dictionary_encode()
    apart = [code.split("-") for code in words.dictionary.to_pylist()]
    numbers = np.array([term_number(int(year), season) for year, season in apart], dtype=np.int64)
    return numbers[words.indices.to_numpy()] if len(numbers) else np.zeros(0, dtype=np.int64)


@SCHOOLS.sends("school-absence", "exclusions", _SENDER, by_term=True)
def exclusions(case: Case) -> Drawn:
    """One row a suspension or permanent exclusion."""
    excluded = case.of("exclusion")
    permanent = pc.equal(excluded.text("code"), "permanent")
    return excluded.drawn(
        {
            "began_on": excluded.instants("at"),
            "kind": pc.if_else(permanent, "permanent exclusion", "suspension"),
            "why": recoded(excluded.text("reason"), dict(_REASONS)),
        },
        terms=terms_of(excluded.instants("at")),
    )

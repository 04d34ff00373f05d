"""Public protection notices that officers send after abuse, a missing episode or a worrying call."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings import domestic
from roundtable.county.happenings.drawing import Drawn, words
from roundtable.county.happenings.figures import chance, value
from roundtable.county.happenings.lives import DAY_SECONDS, Ints
from roundtable.county.happenings.police_shapes import NOTICE
from roundtable.county.happenings.police_written import Police
from roundtable.county.happenings.spots import unplaced, when

CODES = ("adult", "child", "domestic abuse", "missing", "mental health")
SUBJECTS = ("victim", "child in home", "vulnerable adult")


def notices(police: Police, found: domestic.Incidents, incidents: Ints, episodes: tuple[Ints, Drawn]) -> None:
    """Write `notice` down."""
    chronicle = police.chronicle
    rng = chronicle.rng("notices")
    calls = chronicle.tables["concern_call"]
    about = chronicle.lives.place_of(calls["person"].to_numpy())
    call_at = calls["at"].cast("int64").to_numpy()
    mental = np.equal(calls["code"].to_numpy(zero_copy_only=False), "mental health")
    one = np.flatnonzero(rng.random(len(found.at)) < chance("notice.domestic_abuse"))
    two = np.flatnonzero(rng.random(len(found.child)) < chance("notice.child_in_home"))
    three = np.flatnonzero(rng.random(len(call_at)) < chance("notice.concern"))
    four = np.flatnonzero(rng.random(len(episodes[1])) < chance("notice.missing"))
    person = np.concatenate([found.victim[one], found.child[two], about[three], episodes[1].unit[four]])
    cause = np.concatenate(
        [found.at[one], found.at[found.child_of[two]], call_at[three], episodes[1].at[four]]
    )
    source = np.concatenate(
        [
            incidents[one],
            incidents[found.child_of[two]],
            calls["event"].to_numpy()[three],
            episodes[0][four],
        ]
    )
    code = np.concatenate(
        [np.full(len(one), 2), np.full(len(two), 2), np.where(mental[three], 4, 0), np.full(len(four), 3)]
    )
    size = len(person)
    at = cause + (rng.exponential(value("notice.hours_after"), size) * 3600).astype(np.int64) + 1800
    child = chronicle.lives.age_on(person, at // DAY_SECONDS) < 18
    code = np.where((code == 0) & child, 1, code)
    subject = np.where(child, 1, np.where(code == 2, 0, 2))
    columns = {
        **when(rng, at, person, value("notice.recorded_after")),
        **unplaced(chronicle, chronicle.lives.where(person, at // DAY_SECONDS).address),
        "code": words(CODES, code),
        "source": source,
        "subject_role": words(SUBJECTS, subject),
        "child_voice": child & (rng.random(size) < chance("notice.child_voice")),
        "consent": ~child & (rng.random(size) < chance("notice.consent")),
        "officer": police.officers.any(size),
    }
    roles = [(role, np.where(subject == place, person, -1)) for place, role in enumerate(SUBJECTS)]
    chronicle.put(NOTICE, columns, roles, chronicle.there(person, at))

"""Attendances at emergency departments and the admissions that follow them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.happenings.ambulance import Calls, by_age
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.domestic import earlier
from roundtable.county.happenings.drawing import NONE, Drawn, mixed, words
from roundtable.county.happenings.falls import DEPARTMENT, Falls
from roundtable.county.happenings.figures import chance, mix, rows, value
from roundtable.county.happenings.health_shapes import ED_ATTENDANCE, HOSPITAL_ADMISSION, INJURIES, SITES
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints
from roundtable.county.happenings.spots import unplaced, when
from roundtable.county.places.county_map import KM_A_DEGREE, KM_A_DEGREE_EAST

_HURT = ("injury", "assault", "fall")


def hospital(chronicle: Chronicle, falls: Falls, calls: Calls) -> None:
    """Write `ed_attendance` and `hospital_admission` down."""
    rng = chronicle.rng("emergency department")
    base = chronicle.happen(rng, chronicle.need("ed", rng), "health/level")
    walked = falls.response == DEPARTMENT
    taken = _taken(calls)
    parts = (base, falls.drawn.kept(walked), calls.drawn.kept(taken))
    unit = np.concatenate([one.unit for one in parts])
    at = np.concatenate([one.at for one in parts]) + 1200
    fallen = np.repeat([False, True, True], [len(one) for one in parts])
    cause = np.concatenate([np.full(len(base), NONE), falls.event[walked], calls.event[taken]])
    injury = np.concatenate(
        [np.zeros(len(base), np.int64), falls.injury[walked], _injuries(falls, calls, taken)]
    )
    reason = pc.if_else(pa.array(fallen), pa.scalar("fall"), _reasons(chronicle, rng, unit, at))
    size = len(unit)
    hurt = pc.is_in(reason, pa.array(_HURT)).to_numpy(zero_copy_only=False)
    shares = mix("ed.injury")
    order = np.array([INJURIES.index(code) for code in shares.codes])
    injury = np.where(fallen, injury, np.where(hurt, order[shares.draw(rng, size)], 0))
    admitted, disposal = _disposals(chronicle, rng, unit, at, injury, fallen)
    assault = pc.equal(reason, "assault")
    arrival = pc.if_else(
        pa.array(fallen & (np.arange(size) >= len(base) + int(walked.sum()))),
        pa.scalar("ambulance"),
        mixed(rng, "ed.arrival_mode", size),
    )
    site = _sites(chronicle, unit, at)
    columns = {
        **when(rng, at, unit, value("ed_attendance.recorded_after")),
        **unplaced(chronicle, chronicle.lives.where(unit, at // DAY_SECONDS).address),
        "code": reason,
        "site": words(SITES, site),
        "arrival_mode": arrival,
        "departed": at
        + (
            rng.gamma(value("ed_attendance.hours_shape"), value("ed_attendance.hours_scale"), size) * 3600
        ).astype(np.int64),
        "triage": mixed(rng, "ed.triage", size),
        "injury": words(INJURIES, injury),
        "weapon": pc.if_else(assault, mixed(rng, "ed.weapon", size), pa.scalar("none")),
        "disposal": disposal,
        "cause": cause,
    }
    events = chronicle.put(ED_ATTENDANCE, columns, [("patient", unit)], chronicle.there(unit, at))
    which = admitted & (events >= 0)
    _admissions(chronicle, Drawn(unit[which], at[which]), reason, site, injury, events, which)


def _admissions(
    chronicle: Chronicle, drawn: Drawn, reason: pa.Array, site: Ints, injury: Ints, events: Ints, which: Flags
) -> None:
    rng = chronicle.rng("admissions")
    at, size = drawn.at + 4 * 3600, len(drawn)
    old = chronicle.lives.age_on(drawn.unit, drawn.day) >= 75
    stay = rng.gamma(
        value("hospital_admission.days_shape"),
        np.where(
            injury[which] == 4,
            value("hospital_admission.days_hip"),
            np.where(old, value("hospital_admission.days_old"), value("hospital_admission.days")),
        ),
        size,
    )
    mine = reason.filter(pa.array(which))
    fell = pc.equal(mine, "fall").to_numpy(zero_copy_only=False)
    counted = np.where(fell, drawn.unit, chronicle.lives.size)
    columns = {
        **when(rng, at, drawn.unit, value("hospital_admission.recorded_after"), chronicle.until(at, stay)),
        **unplaced(chronicle, chronicle.lives.where(drawn.unit, drawn.day).address),
        "code": mine,
        "site": words(SITES, site[which]),
        "injury": words(INJURIES, injury[which]),
        "falls_12m": np.where(fell, earlier(counted, drawn.at, 365), 0),
        "discharged_to": mixed(rng, "hospital_admission.discharged_to", size),
        "attendance": events[which],
    }
    chronicle.put(HOSPITAL_ADMISSION, columns, [("patient", drawn.unit)], chronicle.there(drawn.unit, at))


def _reasons(chronicle: Chronicle, rng: np.random.Generator, unit: Ints, at: Ints) -> pa.Array:
    """A complaint for each by age; some assaults drawn become plain injuries, by sex and latent violence."""
    reason = by_age(chronicle, rng, "ed", unit, at)
    lives = chronicle.lives
    male, female = (chance(f"ed.assault_kept.{sex}") for sex in ("male", "female"))
    odds = (
        np.where(lives.male[unit], male, female)
        * value("ed_attendance.assault_violence")
        * lives.traits["violence"][unit]
    )
    plain = pc.and_(pc.equal(reason, "assault"), pa.array(rng.random(len(unit)) >= odds))
    return pc.if_else(plain, pa.scalar("injury"), reason)


def _taken(calls: Calls) -> Flags:
    """Ambulance incidents after a fall that were conveyed. Other conveyed patients are in the base rate."""
    found: Flags = calls.conveyed & (calls.cause >= 0)
    return found


def _injuries(falls: Falls, calls: Calls, taken: Flags) -> Ints:
    """The injury of each fall that an ambulance brought in."""
    order = np.argsort(falls.event)
    place = order[np.searchsorted(falls.event[order], calls.cause[taken])]
    found: Ints = falls.injury[place]
    return found


def _disposals(
    chronicle: Chronicle, rng: np.random.Generator, unit: Ints, at: Ints, injury: Ints, fallen: Flags
) -> tuple[Flags, pa.Array]:
    """Who is admitted, likelier when old and after a fracture, and where the others go."""
    old = chronicle.lives.age_on(unit, at // DAY_SECONDS)
    odds = np.where(
        old >= 75,
        chance("hospital_admission.from_75"),
        np.where(
            old >= 65,
            chance("hospital_admission.from_65"),
            np.where(old < 18, chance("hospital_admission.child"), chance("hospital_admission.adult")),
        ),
    )
    odds = np.where(fallen, odds * chance("hospital_admission.after_fall"), odds)
    odds = np.where(
        injury == 4,
        chance("hospital_admission.broken_hip"),
        np.where(injury == 5, odds + chance("hospital_admission.hurt_head"), odds),
    )
    admitted = rng.random(len(unit)) < odds
    drawn = mix("ed.disposal")
    others = np.where(np.array(drawn.codes) == "admitted", 0.0, drawn.shares)
    places = np.searchsorted(np.cumsum(others / others.sum())[:-1], rng.random(len(unit)), side="right")
    places = np.where(admitted, drawn.codes.index("admitted"), places)
    return admitted, words(drawn.codes, places)


def _sites(chronicle: Chronicle, unit: Ints, at: Ints) -> Ints:
    """The nearest hospital to where each lives; the first of the shard's, for who lives nowhere."""
    places = chronicle.lives.places
    stands = {row["site"]: (float(row["longitude"]), float(row["latitude"])) for row in rows("hospitals")}
    at_site = np.array([stands[name] for name in SITES])
    east = places.longitude[:, None] - at_site[:, 0]
    north = places.latitude[:, None] - at_site[:, 1]
    nearest = np.argmin((east * KM_A_DEGREE_EAST / KM_A_DEGREE) ** 2 + north**2, axis=1)
    address = chronicle.lives.where(unit, at // DAY_SECONDS).address
    found: Ints = nearest[np.maximum(address, 0)]
    return found

"""The police's tables of crime and domestic abuse, written down from what was drawn."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from roundtable.county.happenings import domestic
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.crime import PLACES, Crimes, all_crimes
from roundtable.county.happenings.drawing import NONE, mixed, words
from roundtable.county.happenings.figures import Mix, chance, offences, value
from roundtable.county.happenings.justice import divert, treat
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints
from roundtable.county.happenings.officers import DISCRETIONARY, Officers
from roundtable.county.happenings.police_shapes import CRIME, DOMESTIC_ABUSE
from roundtable.county.happenings.spots import Streets, at_home, when
from roundtable.county.happenings.suspects import Suspects, outcomes, prevented_by_courses
from roundtable.county.truth.tables import NEAR_REPEAT


class Police:
    """What the families of police tables share: the streets, the officers, the suspects and the courses."""

    def __init__(self, chronicle: Chronicle, courses: Courses, streets: Streets) -> None:
        self.chronicle = chronicle
        self.courses = courses
        self.streets = streets
        self.officers = Officers(chronicle)
        self.suspects = Suspects(chronicle)


def crime_and_abuse(police: Police) -> tuple[domestic.Incidents, Ints, WrittenCrimes]:
    """Write `crime` and `domestic_abuse` down.

    Returns:
        The incidents, their event numbers, and the crimes that were written.
    """
    chronicle = police.chronicle
    found = domestic.incidents(chronicle, police.courses)
    crimes, burglaries = all_crimes(chronicle, police.streets, _domestic_crimes(police, found))
    suspects, known = _suspected(police, crimes, found)
    treat(police.courses)
    divert(police.courses, crimes.at, suspects, known)
    apart = np.where(crimes.domestic, NONE, suspects)
    gone = prevented_by_courses(police.courses, crimes.at, apart)
    events = np.full(len(crimes), NONE)
    events[~gone] = _write_crimes(police, crimes.kept(~gone), suspects[~gone], known[~gone])
    first = int(found.crime.sum())
    chronicle.reveal("near_repeat", _parents(events[first : first + len(burglaries.at)], burglaries.parent))
    incident_events = _write_abuse(police, found, events[:first])
    written = WrittenCrimes(crimes.kept(~gone), suspects[~gone], events[~gone])
    return found, incident_events, written


class WrittenCrimes:
    """The crimes of the table `crime`: what was drawn, who is suspected, and their event numbers."""

    def __init__(self, crimes: Crimes, suspects: Ints, events: Ints) -> None:
        self.crimes = crimes
        self.suspects = suspects
        self.events = events


def _domestic_crimes(police: Police, found: domestic.Incidents) -> Crimes:
    rng = police.chronicle.rng("domestic crimes")
    which = found.crime
    size = int(which.sum())
    male = police.chronicle.lives.male[found.victim[which]]
    offence = _domestic_offences(rng, found.grade[which], male)
    spots = at_home(
        police.chronicle, police.streets, rng, found.victim[which], found.at[which] // DAY_SECONDS
    )
    return Crimes(
        offence,
        found.victim[which],
        found.at[which],
        spots,
        np.where(spots.address >= 0, 0, 1),
        np.ones(size, bool),
    )


#: Offences that are likelier the higher the grade.
_GRAVE = ("1", "2", "5D", "19C", "20A")


def _domestic_offences(rng: np.random.Generator, grade: Ints, male: Flags) -> Ints:
    """An offence for each domestic crime: graver where the danger is, and fitting the victim's sex."""
    shares = np.array([one.domestic_share for one in offences()])
    grave = np.array([one.code in _GRAVE for one in offences()])
    women_only = np.array([one.victim == "female 16+" for one in offences()])
    codes = tuple(one.code for one in offences())
    found = np.zeros(len(grade), np.int64)
    for place, name in enumerate(domestic.GRADES):
        weighted = np.where(grave, shares * chance(f"domestic_abuse.grave.{name}"), shares)
        for sex in (False, True):
            mine = (grade == place) & (male == sex)
            fitting = weighted * ~women_only if sex else weighted
            found[mine] = Mix(codes, fitting / fitting.sum()).draw(rng, int(mine.sum()))
    return found


def _suspected(police: Police, crimes: Crimes, found: domestic.Incidents) -> tuple[Ints, Flags]:
    """A suspect for each crime (-1 where nobody with a row), and whether one is known at all."""
    rng = police.chronicle.rng("known suspects")
    odds = np.array([chance(f"crime.suspect_known.{one.category}") for one in offences()])
    known = rng.random(len(crimes)) < odds[crimes.offence]
    known |= crimes.domestic
    suspects = police.suspects.draw(crimes.at, known & ~crimes.domestic, crimes.victim)
    suspects[: int(found.crime.sum())] = found.suspect[found.crime]
    return suspects, known


def _write_crimes(police: Police, crimes: Crimes, suspects: Ints, known: Flags) -> Ints:
    chronicle, rng = police.chronicle, police.chronicle.rng("crime details")
    size = len(crimes)
    category = np.array([one.category for one in offences()], object)
    violent = np.isin(category, ["Violence and sexual offences", "Robbery", "Possession of weapons"])
    armed = np.where(violent[crimes.offence], 1, 0) == 1
    weapon = np.where(armed, 1, 0)
    drawn = mixed(rng, "crime.weapon", size)
    columns = {
        **when(
            rng,
            crimes.at,
            np.where(crimes.victim >= 0, crimes.victim, suspects),
            value("crime.recorded_after"),
        ),
        **crimes.spots.columns(chronicle),
        "code": words([one.code for one in offences()], crimes.offence),
        "subgroup": words([one.subgroup for one in offences()], crimes.offence),
        "category": words(list(category), crimes.offence),
        "place": words(PLACES, crimes.place),
        "grade": mixed(rng, "crime.grade", size),
        "officer": police.officers.draw(np.isin(category, DISCRETIONARY)[crimes.offence]),
        "outcome": outcomes(rng, known),
        "weapon": pa.compute.if_else(pa.array(weapon == 1), drawn, pa.scalar("none")),
        "domestic": crimes.domestic,
        "alcohol": rng.random(size)
        < np.where(crimes.place == 3, chance("crime.alcohol_licensed"), chance("crime.alcohol")),
    }
    return chronicle.put(CRIME, columns, [("victim", crimes.victim), ("suspect", suspects)])


def _write_abuse(police: Police, found: domestic.Incidents, crime_events: Ints) -> Ints:
    chronicle, rng = police.chronicle, police.chronicle.rng("domestic abuse details")
    size = len(found.at)
    crime = np.full(size, NONE)
    crime[found.crime] = crime_events
    spots = at_home(chronicle, police.streets, rng, found.victim, found.at // DAY_SECONDS)
    columns = {
        **when(rng, found.at, found.victim, value("domestic_abuse.recorded_after")),
        **spots.columns(chronicle),
        "code": words(("domestic incident", "domestic crime"), found.crime.astype(np.int64)),
        "crime": crime,
        "relationship": words(domestic.RELATIONSHIPS, found.relationship),
        "dash_grade": words(domestic.GRADES, found.grade),
        "dash_score": domestic.dash_scores(rng, found.grade),
        "children": found.children,
        "school_notified": domestic.school_notified(rng, chronicle, found),
        "repeat_12m": found.earlier,
        "technology_abuse": domestic.technology(rng, size),
        "consent": rng.random(size) < chance("domestic_abuse.consent"),
        "grade": mixed(rng, "crime.grade", size),
        "officer": police.officers.any(size),
    }
    events = chronicle.put(DOMESTIC_ABUSE, columns, [("victim", found.victim), ("suspect", found.suspect)])
    chronicle.take_part(events[found.child_of], found.child, "child")
    return events


def _parents(events: Ints, parent: Ints) -> pa.Table:
    """The burglaries and what brought each on; those struck out bring on nothing."""
    brought = np.where(parent >= 0, events[np.maximum(parent, 0)], NONE)
    here = events >= 0
    columns = [pa.array(events[here]), pa.array(brought[here], mask=brought[here] == NONE)]
    return pa.Table.from_arrays(columns, schema=NEAR_REPEAT.schema)

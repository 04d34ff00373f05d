"""Crimes against people, against homes, and in streets and shops: what, whom, when and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from roundtable.county.happenings.burglary import Burglaries, burglaries
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.drawing import NONE, Drawn, drawn_in
from roundtable.county.happenings.figures import Floats, Mix, Offence, chance, clocks, mix, offences, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints
from roundtable.county.happenings.officers import DISCRETIONARY
from roundtable.county.happenings.spots import Spots, Streets, at_home

PLACES = ("home", "street", "shop", "licensed premises", "public place")
HOME, STREET, SHOP, LICENSED, PUBLIC = range(5)
#: The figure of each category, in events per 1,000 people a year.
FIGURES = {
    "Violence and sexual offences": "crime.violence_and_sexual",
    "Shoplifting": "crime.shoplifting",
    "Criminal damage and arson": "crime.criminal_damage_and_arson",
    "Other theft": "crime.other_theft",
    "Public order": "crime.public_order",
    "Burglary": "crime.burglary",
    "Vehicle crime": "crime.vehicle",
    "Drugs": "crime.drugs",
    "Other crime": "crime.other",
    "Bicycle theft": "crime.bicycle_theft",
    "Possession of weapons": "crime.weapons",
    "Robbery": "crime.robbery",
    "Theft from the person": "crime.theft_from_person",
}


@dataclass(frozen=True)
class Crimes:
    """Crimes before anyone is suspected: by what, whom, when and where; -1 is nobody or nowhere."""

    offence: Ints
    victim: Ints
    at: Ints
    spots: Spots
    place: Ints
    domestic: Flags

    def __len__(self) -> int:
        return len(self.at)

    def kept(self, which: Flags) -> Crimes:
        """Those of them."""
        return Crimes(
            self.offence[which],
            self.victim[which],
            self.at[which],
            Spots(self.spots.address[which], self.spots.street[which]),
            self.place[which],
            self.domestic[which],
        )


def joined(parts: list[Crimes]) -> Crimes:
    """All of them, one after another."""
    return Crimes(
        np.concatenate([one.offence for one in parts]),
        np.concatenate([one.victim for one in parts]),
        np.concatenate([one.at for one in parts]),
        Spots(
            np.concatenate([one.spots.address for one in parts]),
            np.concatenate([one.spots.street for one in parts]),
        ),
        np.concatenate([one.place for one in parts]),
        np.concatenate([one.domestic for one in parts]),
    )


def against_people(chronicle: Chronicle, streets: Streets) -> Iterator[Crimes]:
    """Violence that is not domestic, and theft from people."""
    rng = chronicle.rng("violence")
    drawn = chronicle.happen(rng, chronicle.need("violence", rng), "night/summer")
    offence = _fitting(chronicle, rng, drawn, _domestic_apart())
    place_of = np.array([HOME, STREET, LICENSED, PUBLIC])[mix("crime.violence_place").draw(rng, len(drawn))]
    yield _by_people(chronicle, streets, rng, drawn, offence, place_of)
    rng = chronicle.rng("theft")
    drawn = chronicle.happen(rng, chronicle.need("theft", rng), "day/level")
    offence = _drawn(rng, _weights(lambda one: one.victim == "person" and not _violent(one)), len(drawn))
    home = np.array([one.code in ("40", "44") for one in offences()])[offence]
    place = np.where(
        home, HOME, np.where(rng.random(len(drawn)) < chance("crime.theft_in_street"), STREET, PUBLIC)
    )
    yield _by_people(chronicle, streets, rng, drawn, offence, place)


def _by_people(
    chronicle: Chronicle, streets: Streets, rng: np.random.Generator, drawn: Drawn, offence: Ints, place: Ints
) -> Crimes:
    lived = at_home(chronicle, streets, rng, drawn.unit, drawn.day)
    near = streets.draw(rng, lived.areas(chronicle), value("violence.near_home"))
    indoors = (place == HOME) & (lived.address >= 0)
    spots = Spots(np.where(indoors, lived.address, NONE), near)
    place = np.where((place == HOME) & ~indoors, STREET, place)
    return Crimes(offence, drawn.unit, drawn.at, spots, place, np.zeros(len(drawn), bool))


def against_homes(chronicle: Chronicle, streets: Streets, found: Burglaries) -> Iterator[Crimes]:
    """Burglary of homes, crime against vehicles, and damage and arson at homes."""
    rng = chronicle.rng("crime at homes")
    codes = _weights(lambda one: one.subgroup == "Residential burglary")
    yield _at_homes(chronicle, _drawn(rng, codes, len(found.at)), found.household, found.at, HOME)
    risk = home_risk(chronicle, streets.home_risk)
    for need, clock, category, place in (
        ("vehicle", "burglar/level", "Vehicle crime", STREET),
        ("damage", "night/level", "Criminal damage and arson", HOME),
    ):
        drawn = chronicle.happen_at_homes(rng, chronicle.home_need(need, rng) * risk, clock)
        weights = _weights(_at_home_of(category))
        yield _at_homes(chronicle, _drawn(rng, weights, len(drawn)), drawn.unit, drawn.at, place)


def home_risk(chronicle: Chronicle, by_street: Floats) -> Floats:
    """What each household's street multiplies its rates by: one column, a row a household."""
    address = chronicle.lives.households.address
    found: Floats = by_street[chronicle.lives.places.street[np.maximum(address, 0)]][:, None]
    return found


def _at_homes(chronicle: Chronicle, offence: Ints, household: Ints, at: Ints, place: int) -> Crimes:
    """The victim is the eldest at home that day; nobody, if the household has none."""
    victim = chronicle.lives.eldest_at_home(household, at // DAY_SECONDS)
    address = chronicle.lives.households.address[household]
    size = len(at)
    return Crimes(
        offence,
        victim,
        at,
        Spots(address, np.full(size, NONE)),
        np.full(size, place),
        np.zeros(size, bool),
    )


def in_streets(chronicle: Chronicle, streets: Streets) -> Iterator[Crimes]:
    """What has no victim with a row: in shops and other buildings, and what officers find themselves."""
    rng = chronicle.rng("crime in streets")
    for number, offence in enumerate(offences()):
        if offence.victim != "none":
            continue
        pace = chronicle.planted.officer
        factor = 1.0
        if offence.category in DISCRETIONARY and pace.shard == chronicle.shard.number:
            factor = (pace.team - 1 + pace.factor) / pace.team
        wanted = value(FIGURES[offence.category]) / 1000 * offence.share * factor
        shop = offence.category == "Shoplifting"
        drawn = happen_in_areas(chronicle, rng, wanted, "shop/level" if shop else "night/level")
        street = streets.draw(rng, drawn.unit, value("shoplifting.near") if shop else value("streets.near"))
        size = len(drawn)
        yield Crimes(
            np.full(size, number),
            np.full(size, NONE),
            drawn.at,
            Spots(np.full(size, NONE), street),
            np.full(size, SHOP if shop else STREET),
            np.zeros(size, bool),
        )


def happen_in_areas(chronicle: Chronicle, rng: np.random.Generator, rate: float, clock: str) -> Drawn:
    """What happens in the areas of the shard, at a yearly rate per person times the area's risk."""
    years = chronicle.lives.years
    people = chronicle.person_years_of_areas() / ((years[-1] - years[0]) / 365.25)
    rates = np.repeat((people * chronicle.area_risks.streets * rate)[:, None], len(years) - 1, axis=1)
    first = np.repeat(years[None, :-1], len(people), axis=0)
    return drawn_in(
        rng, rates, first, np.repeat(np.diff(years)[None, :], len(people), axis=0), clocks()[clock]
    )


def all_crimes(chronicle: Chronicle, streets: Streets, domestic: Crimes) -> tuple[Crimes, Burglaries]:
    """Every crime of the shard, domestic ones first, burglaries of homes next; and the burglaries."""
    found = burglaries(chronicle, home_risk(chronicle, streets.home_risk))
    parts = [domestic, *against_homes(chronicle, streets, found), *against_people(chronicle, streets)]
    return joined([*parts, *in_streets(chronicle, streets)]), found


def _at_home_of(category: str) -> Callable[[Offence], bool]:
    return lambda one: one.category == category and one.victim == "household"


def _violent(offence: Offence) -> bool:
    return offence.category == "Violence and sexual offences"


def _weights(wanted: Callable[[Offence], bool]) -> Floats:
    """How often each offence is drawn among those wanted."""
    return np.array([one.share * value(FIGURES[one.category]) if wanted(one) else 0.0 for one in offences()])


def _domestic_apart() -> Floats:
    """Violence that is not domestic: all of it less the domestic crimes of each offence."""
    crimes = value("domestic_abuse.crimes")
    everything = _weights(_violent)
    domestic = np.array([one.domestic_share * crimes if _violent(one) else 0.0 for one in offences()])
    found: Floats = np.maximum(everything - domestic, 0.0)
    return found


def _drawn(rng: np.random.Generator, weights: Floats, size: int) -> Ints:
    shares = Mix(tuple(one.code for one in offences()), weights / weights.sum())
    return shares.draw(rng, size)


def _fitting(chronicle: Chronicle, rng: np.random.Generator, drawn: Drawn, weights: Floats) -> Ints:
    """An offence for each, of those that fit the victim's sex and age.

    Offences against females stay as frequent in all as they should be, by doubling their weight among those
    whom they fit and letting them fall on nobody else.
    """
    age, male = chronicle.lives.age_on(drawn.unit, drawn.day), chronicle.lives.male[drawn.unit]
    group = np.where(age < 16, np.where(male, 0, 1), np.where(male, 2, 3))
    fits = np.array([_groups(one) for one in offences()], float)
    share = np.bincount(group, minlength=4) / max(1, len(group))
    reach = np.maximum(fits @ share, 1e-9)
    scaled = (weights / reach)[:, None] * fits
    total = scaled.sum(axis=0)
    found = np.zeros(len(drawn), np.int64)
    for one in range(4):
        mine = group == one
        if total[one] > 0:
            found[mine] = _drawn(rng, scaled[:, one], int(mine.sum()))
    return found


def _groups(offence: Offence) -> tuple[bool, bool, bool, bool]:
    """Whether an offence fits a boy, a girl, a man, a woman."""
    return {
        "female 16+": (False, False, False, True),
        "female child": (False, True, False, False),
        "male": (True, False, True, False),
        "child": (True, True, False, False),
    }.get(offence.victim, (True, True, True, True))

"""The true need of each person or household, by kind: the yearly rate at which things would happen to it.

A rate is the base rate of a published figure, times what the person is like: its age and sex, the deprivation
of where it lives, its latent traits (normal scores of their ranks, each with a loading), and a lasting factor
of its own that nothing recorded explains, gamma distributed with mean 1. Few people therefore suffer much,
year after year: that persistence, and not chance alone, is what a later insight has to find. The mean of
all that multiplies the base rate is held in calibration.csv, measured on a county of 30,000 people, so that
the rates of the whole county come out as published and those of a poor town higher.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import ndtri

from roundtable.county.happenings.figures import rate, rows
from roundtable.county.happenings.lives import Flags, Floats, Ints, Lives

TRAITS = ("frailty", "mental_ill_health", "substance", "poverty", "violence", "care")
#: The first year of age of each band of ages.csv.
BANDS = np.array([0, 5, 10, 15, 18, 25, 35, 45, 55, 65, 75, 85])
_BAND_NAMES = (
    "0-4",
    "5-9",
    "10-14",
    "15-17",
    "18-24",
    "25-34",
    "35-44",
    "45-54",
    "55-64",
    "65-74",
    "75-84",
    "85+",
)


@dataclass(frozen=True)
class Need:
    """One kind of need.

    Attributes:
        name: its name.
        rate: events a year for one of those it is about, on average.
        of: whom it is about: people, households, social tenancies, households with children.
        ages: from which age, and up to which, in whole years; of the eldest, for a household.
        male: how many times as much for males.
        loadings: of the normal score of each trait on the logarithm of the rate.
        gradient: how many times as much in decile 1 as in decile 10, beyond what the traits bring.
        place: the power of the area's own factor (a town centre's, say) by which the rate is multiplied.
        own_shape: the shape of the gamma factor of one's own; small is unequal.
        curve: by age band.
        mean: the mean of all multipliers in the county, from calibration.csv.
    """

    name: str
    rate: float
    of: str
    ages: tuple[int, int]
    male: float
    loadings: Mapping[str, float]
    gradient: float
    place: float
    own_shape: float
    curve: Floats
    mean: float

    def multiplier(self, lives: Lives, who: Ints, ages: Ints, deciles: Ints) -> Floats:
        """What the base rate is multiplied by, before the factor of one's own.

        `who` are places of people; `ages` and `deciles` have a row for each and a column a year.
        """
        score = sum(
            (load * normal_score(lives.traits[trait][who]) for trait, load in self.loadings.items() if load),
            np.zeros(len(who)),
        )
        person = np.exp(score) * np.where(lives.male[who], self.male, 1.0)
        band = np.searchsorted(BANDS, np.maximum(ages, 0), side="right") - 1
        of_age = np.where((ages >= self.ages[0]) & (ages < self.ages[1]), self.curve[band], 0.0)
        place = self.gradient ** ((10 - np.arange(11)) / 9.0)
        found: Floats = person[:, None] * of_age * place[deciles]
        return found

    def eligible(self, ages: Ints) -> Flags:
        """Whether of an age that the base rate counts."""
        return (ages >= self.ages[0]) & (ages < self.ages[1])

    def own(self, rng: np.random.Generator, size: int) -> Floats:
        """The lasting factor of one's own."""
        return rng.standard_gamma(self.own_shape, size) / self.own_shape


def normal_score(rank: Floats) -> Floats:
    """The normal score of a rank between 0 and 1; the ends are cut at one in two thousand."""
    found: Floats = ndtri(np.clip(rank, 0.0005, 0.9995))
    return found


@cache
def needs() -> Mapping[str, Need]:
    """Every need of needs.csv, by name."""
    curves = {row["curve"]: np.array([float(row[band]) for band in _BAND_NAMES]) for row in rows("ages")}
    means = {row["need"]: float(row["mean"]) for row in rows("calibration")}
    return {
        row["need"]: Need(
            name=row["need"],
            rate=rate(row["figure"]),
            of=row["of"],
            ages=(int(row["from_age"]), int(row["to_age"])),
            male=float(row["male"]),
            loadings={trait: float(row[trait]) for trait in TRAITS},
            gradient=float(row["decile_1_to_10"]),
            place=float(row["place"]),
            own_shape=float(row["own_shape"]),
            curve=curves[row["curve"]],
            mean=means.get(row["need"], 1.0),
        )
        for row in rows("needs")
    }

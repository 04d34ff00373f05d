"""The measures, record by record: what each record has of them, and whether it counts at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from roundtable.linkage.quality.links import Flags, Floats, Links
from roundtable.linkage.quality.references import threshold
from roundtable.linkage.quality.worth import worth_of


class Measure(StrEnum):
    """What is measured of records."""

    LINKED = "linked"
    """Whether the record's person has a record of another agency."""
    UNLINKABLE = "unlinkable"
    """Whether it says nothing to link it by."""
    CERTAINTY = "certainty"
    """The probability of the best pair that holds it to its person; only where one does."""
    GREY = "grey"
    """Whether the best of all its pairs is in the grey zone: neither likely nor unlikely."""
    PRECISION = "precision"
    """The share of its person's records expected to be of the same person truly."""
    RECALL = "recall"
    """The share of its true person's records expected to be with it."""


@dataclass(frozen=True)
class Measured:
    """One measure of every record.

    Attributes:
        measure: which.
        value: from nought to one.
        counts: whether the record counts.
    """

    measure: Measure
    value: Floats
    counts: Flags


def measures_of(links: Links) -> tuple[Measured, ...]:
    """Every measure of every record.

    Precision and recall are B-cubed (Bagga and Baldwin 1998), so that each record has the same say, and are
    expected from probabilities: they stand and fall with the calibration, and what blocking missed is in
    neither. A reviewed sample says more.
    """
    profile = links.of_record
    every = np.ones(len(profile), dtype=np.bool_)
    worth = worth_of(links)
    others = links.records_of_person[links.person].astype(np.float64)
    unlinkable = links.unlinkable[profile]
    within, without = worth.within[profile] + 1.0, worth.without[profile]
    best = worth.best[profile]
    return (
        Measured(Measure.LINKED, _with_another_agency(links).astype(np.float64), every),
        Measured(Measure.UNLINKABLE, unlinkable.astype(np.float64), every),
        Measured(Measure.CERTAINTY, np.nan_to_num(best), ~np.isnan(best)),
        Measured(Measure.GREY, _grey(links)[profile].astype(np.float64), ~unlinkable),
        Measured(Measure.PRECISION, np.minimum(within / others, 1.0), others > 1),
        Measured(Measure.RECALL, within / (within + without), ~unlinkable),
    )


def _with_another_agency(links: Links) -> Flags:
    agency, names = links.codes("agency")
    width = len(names) + 1
    pairs = np.unique(links.person.astype(np.int64) * width + agency)
    agencies = np.bincount(pairs // width, minlength=links.people_count)
    found: Flags = agencies[links.person] > 1
    return found


def _grey(links: Links) -> Flags:
    """Whether nothing ties a profile firmly to another, and something may."""
    best = np.zeros(len(links.people))
    np.maximum.at(best, links.left, links.probability)
    np.maximum.at(best, links.right, links.probability)
    found: Flags = (best > threshold("grey_low")) & (best < threshold("grey_high"))
    return found

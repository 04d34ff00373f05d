"""Everything that the page shows, as values: whoever gathers them, the same values give the same page.

Figures keep the units of the tables they come from: harm in thousandths of the weight set's unit,
rates in thousandths per 1,000 people a year, shares in parts per million.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pyarrow as pa

from roundtable.partnership.findings import Finding
from roundtable.partnership.model.improvement import Dimension
from roundtable.partnership.model.outcome import Direction
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.reference import Status
from roundtable.partnership.model.scenario import Rung, Stage
from roundtable.partnership.model.service import ServiceStatus
from roundtable.report.flag_contents import FlagsShown
from roundtable.report.linkage_contents import LinkageShown


@dataclass(frozen=True)
class PartnershipShown:
    """Whose page it is, and the day it describes."""

    name: str
    area: str
    as_of: date
    classification: str = "OFFICIAL"
    illustrative: bool = False
    charter: str = ""
    made_up_data: bool = False
    """Whether anything that was delivered is of a synthetic county."""


@dataclass(frozen=True)
class MixShown:
    """What share of one broad code is assumed to be one finer code, and what one such record weighs.

    `price` is in thousandths of the unit; None where nobody has priced it.
    """

    code: str
    to: str
    share_ppm: int
    price: int | None = None


@dataclass(frozen=True)
class WeightSetShown:
    """One way of weighing records, and what is known of where it comes from."""

    id: str
    title: str
    unit: str
    counts: bool = False
    """Whether it is the plain count: every record weighs one."""
    price_base: str | None = None
    source: str = ""
    dated: date | None = None
    status: Status = Status.UNVERIFIED
    notes: str | None = None
    mix: tuple[MixShown, ...] = ()
    mix_source: str = ""

    @property
    def illustrative(self) -> bool:
        """Whether its sums are to be read as an illustration: unchecked prices, or an assumed mix."""
        return not self.counts and (self.status is not Status.VERIFIED or bool(self.mix))


@dataclass(frozen=True)
class RunShown:
    """What made the page. No time of day: a second run of the same inputs gives the same page."""

    snapshot: int | None = None
    engine: str = ""
    folder_fingerprint: str = ""
    weight_sets: tuple[WeightSetShown, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()


class DeliveryStatus(StrEnum):
    """What became of a delivery: all of it or none was taken, and it stands or does not."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPEATED = "repeated"
    SUPERSEDED = "superseded"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class MemberShown:
    """One file inside a delivery; kept + quarantined = received."""

    name: str
    received: int
    kept: int
    quarantined: int


@dataclass(frozen=True)
class DeliveryShown:
    """One delivered file and what became of it."""

    file: str
    dataset: str
    publisher: str
    status: DeliveryStatus
    members: tuple[MemberShown, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why it was refused, each with its remedy."""


@dataclass(frozen=True)
class QuarantineShown:
    """How many rows of a dataset were set aside under one rule."""

    dataset: str
    rule: str
    reason: str
    rows: int


@dataclass(frozen=True)
class DatasetShown:
    """What to call a dataset, and who publishes it."""

    id: str
    name: str
    publisher: str = ""
    personal: bool = False
    """Whether it is treated as personal data, so that small numbers of its rows are hidden."""


@dataclass(frozen=True)
class HarmFigures:
    """The measured tables of the lake, with the schemas of `roundtable.data.tables`.

    `area` holds boundaries as WKB in longitude and latitude. `population_as_of` is the day that
    the figures per head stand on.
    """

    harm_area: pa.Table
    harm_code: pa.Table
    harm_area_month: pa.Table
    concentration: pa.Table
    ranking_agreement: pa.Table
    area: pa.Table
    population_as_of: date | None = None


class CasesBasis(StrEnum):
    """Where an outcome's number of cases a year comes from."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OutcomeShown:
    """One outcome and how many cases a year there are, if anybody knows."""

    name: str
    indicator: str
    direction: Direction
    basis: CasesBasis
    annual_cases: int | None = None
    source: str = ""
    records: int | None = None
    months: int | None = None
    first_month: date | None = None
    last_month: date | None = None


@dataclass(frozen=True)
class ScenarioShown:
    """One scenario on the sharing ladder."""

    title: str
    rung: Rung
    stage: Stage
    lead: str
    factors: int = 0
    risks: int = 0
    needs: int = 0


class AgreementState(StrEnum):
    """Whether an agreement's dates cover the day the folder describes."""

    IN_FORCE = "in force"
    EXPIRED = "expired"
    NOT_STARTED = "not started"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class AgreementShown:
    """One agreement and its dates."""

    title: str
    purposes: tuple[Purpose, ...]
    state: AgreementState
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class ServiceShown:
    """One service; supply and demand are its newest period's, None where nobody knows."""

    name: str
    provider: str
    status: ServiceStatus
    period: str = ""
    supply: float | None = None
    demand: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class ShapeShown:
    """What the partnership has written down."""

    agencies_by_kind: tuple[tuple[str, int], ...] = ()
    agencies_ended: int = 0
    scenarios: tuple[ScenarioShown, ...] = ()
    datasets: tuple[DatasetShown, ...] = ()
    agreements: tuple[AgreementShown, ...] = ()
    services: tuple[ServiceShown, ...] = ()
    improvements: int = 0
    improvements_by_dimension: tuple[tuple[Dimension, int], ...] = ()


@dataclass(frozen=True)
class AttributionShown:
    """The words a licence asks for."""

    title: str
    licence: str
    attribution: str
    url: str | None = None


@dataclass(frozen=True)
class ReportContents:
    """The whole page. `figures` is None when nothing has been measured yet."""

    partnership: PartnershipShown
    run: RunShown = RunShown()
    deliveries: tuple[DeliveryShown, ...] = ()
    quarantine: tuple[QuarantineShown, ...] = ()
    withheld: tuple[str, ...] = ()
    """What was taken in and may not be used today, each as a sentence."""
    datasets: tuple[DatasetShown, ...] = ()
    figures: HarmFigures | None = None
    outcomes: tuple[OutcomeShown, ...] = ()
    flags: FlagsShown | None = None
    """None where no contract agrees on any flag on a property."""
    linkage: LinkageShown | None = None
    """None where no records of people were linked."""
    shape: ShapeShown = ShapeShown()
    findings: tuple[Finding, ...] = ()
    agency_names: Mapping[str, str] = field(default_factory=dict)
    code_names: Mapping[str, str] = field(default_factory=dict)
    attributions: tuple[AttributionShown, ...] = ()
    suppress_below: int | None = None
    """Counts of records from 1 to one less than this are shown as `fewer than N`. None: open data."""

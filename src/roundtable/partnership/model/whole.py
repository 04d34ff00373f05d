"""The partnership as a whole: every file of the folder, read, checked and in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePath
from typing import Annotated

from pydantic import Field

from roundtable.errors import Place
from roundtable.partnership.model.agency import Agency, Role
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.causal import Factor
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.improvement import Improvement
from roundtable.partnership.model.meeting import Meeting
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.outcome import Outcome
from roundtable.partnership.model.reference import (
    CodeListTable,
    CodeMixTable,
    DiscountRateTable,
    Gateway,
    HarmWeightTable,
)
from roundtable.partnership.model.risk import Risk
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Service, ServiceStatus
from roundtable.partnership.model.strict import AgencyRef, Declares, Identifier, Kind, Part, Strict, Text


class Area(Strict):
    """Where the partnership works."""

    code: Text = Field(description="An ONS code.")
    name: Text


class SkillName(Strict):
    """A skill that services and risks ask for, named once."""

    id: Annotated[Identifier, Declares(Kind.SKILL)]
    name: Text


class Synonym(Strict):
    """The word one agency uses for it."""

    agency: AgencyRef
    term: Text


class GlossaryTerm(Strict):
    """A word the table agreed to use, and what each agency calls the same thing."""

    term: Text
    definition: Text
    synonyms: tuple[Synonym, ...] = ()
    standard: Text | None = None


class Memorandum(Strict):
    """The memorandum of understanding that the partnership stands on."""

    title: Text
    signed_on: date | None = None
    url: Text | None = None


class Charter(Strict):
    """`partnership.yaml`: what the partnership is and what it is for."""

    id: Annotated[Identifier, Declares(Kind.PARTNERSHIP)]
    name: Text
    area: Area
    as_of: date = Field(description="The day the folder describes. It never decides what is permitted.")
    illustrative: bool = Field(
        default=False, description="True when this is an example and not a real partnership."
    )
    classification: Text = "OFFICIAL"
    charter: Text
    memorandum: Memorandum | None = None
    outcomes: tuple[Outcome, ...] = ()
    skills: tuple[SkillName, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()


@dataclass(frozen=True)
class Partnership:
    """Everything agreed, sorted by id so that the order of files and lists changes nothing."""

    folder: Path
    charter: Charter
    agencies: tuple[Agency, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    services: tuple[Service, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    harm_weights: tuple[HarmWeightTable, ...] = ()
    code_mixes: tuple[CodeMixTable, ...] = ()
    code_lists: tuple[CodeListTable, ...] = ()
    discount_rates: tuple[DiscountRateTable, ...] = ()
    #: Where each thing is written: (kind, id) to its place in the folder.
    places: dict[tuple[Kind, str], Place] = field(default_factory=dict, compare=False, repr=False)
    #: Where each part without an id is written: what it is, the id of the thing that holds it, its names.
    parts: dict[tuple[str, ...], Place] = field(default_factory=dict, compare=False, repr=False)
    #: Where something stands by which somebody could be reached, in order; what it is, is not kept.
    contacts: tuple[Place, ...] = field(default=(), compare=False, repr=False)

    def agency(self, agency_id: str) -> Agency:
        """The agency of that id; the loader has made sure that it exists."""
        return self._agencies[agency_id]

    def dataset(self, dataset_id: str) -> Dataset:
        """The dataset of that id; the loader has made sure that it exists."""
        return self._datasets[dataset_id]

    def agreement(self, agreement_id: str) -> Agreement:
        """The agreement of that id; the loader has made sure that it exists."""
        return self._agreements[agreement_id]

    def service(self, service_id: str) -> Service:
        """The service of that id; the loader has made sure that it exists."""
        return self._services[service_id]

    def scenario(self, scenario_id: str) -> Scenario:
        """The scenario of that id; the loader has made sure that it exists."""
        return self._scenarios[scenario_id]

    def gateway(self, gateway_id: str) -> Gateway:
        """The gateway of that id; the loader has made sure that it exists."""
        return self._gateways[gateway_id]

    def outcome(self, outcome_id: str) -> Outcome:
        """The outcome of that id; the loader has made sure that it exists."""
        return self._outcomes[outcome_id]

    def factor(self, factor_id: str) -> Factor:
        """The factor of that id; the loader has made sure that it exists."""
        return self._factors[factor_id]

    def is_running(self, service: Service) -> bool:
        """Whether a service serves anybody: it is active, and its provider exists on the folder's day."""
        active = service.status is ServiceStatus.ACTIVE
        return active and self.agency(service.provider).existed_on(self.charter.as_of)

    def roles(self) -> Iterator[tuple[Agency, Role]]:
        """Every post, with its agency."""
        return ((agency, role) for agency in self.agencies for role in agency.roles)

    def role(self, role_id: str) -> tuple[Agency, Role]:
        """The post of that id and its agency; the loader has made sure that it exists."""
        return self._roles[role_id]

    def risks(self) -> Iterator[tuple[Scenario, Risk]]:
        """Every risk, with its scenario."""
        return ((scenario, risk) for scenario in self.scenarios for risk in scenario.risks)

    def needs(self) -> Iterator[tuple[Scenario, DataNeed]]:
        """Every data need, with its scenario."""
        return ((scenario, need) for scenario in self.scenarios for need in scenario.needs)

    def place(self, kind: Kind, thing: str) -> Place:
        """Where a thing is written, for findings and messages."""
        found = self.places.get((kind, thing))
        return Place(str(self.folder)) if found is None else found

    def part(self, part: Part, kind: Kind, thing: str, *names: str) -> Place:
        """Where a part of a thing is written, by the names that tell it from others; else, the thing itself.

        A link is told by its two ends, a step of a journey by its number from 1, a party by its agency and
        role, a grant by its dataset and table, the legal basis by nothing, a use by its agency, capacity by
        its skill (an agency's), period and unit, a skill by its id, a priority by its outcome, a decision
        wanted by its id, and an acceptance by the finding's rule and what it is about.
        """
        found = self.parts.get((part, thing, *names))
        return self.place(kind, thing) if found is None else found

    def inside(self, place: Place) -> str:
        """The file of a place as one names it within the folder; whole where it stands elsewhere."""
        known = self._inside.get(place.file)
        return _within(self.folder, place.file) if known is None else known

    # Asked for again and again by every analysis; worked out once, from values that never change.
    @cached_property
    def _inside(self) -> dict[str, str]:
        return {file: _within(self.folder, file) for file in {place.file for place in self.places.values()}}

    @cached_property
    def _agencies(self) -> dict[str, Agency]:
        return {one.id: one for one in self.agencies}

    @cached_property
    def _datasets(self) -> dict[str, Dataset]:
        return {one.id: one for one in self.datasets}

    @cached_property
    def _agreements(self) -> dict[str, Agreement]:
        return {one.id: one for one in self.agreements}

    @cached_property
    def _services(self) -> dict[str, Service]:
        return {one.id: one for one in self.services}

    @cached_property
    def _scenarios(self) -> dict[str, Scenario]:
        return {one.id: one for one in self.scenarios}

    @cached_property
    def _gateways(self) -> dict[str, Gateway]:
        return {one.id: one for one in self.gateways}

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        return {one.id: one for one in self.charter.outcomes}

    @cached_property
    def _factors(self) -> dict[str, Factor]:
        return {factor.id: factor for one in self.scenarios for factor in one.factors}

    @cached_property
    def _roles(self) -> dict[str, tuple[Agency, Role]]:
        return {role.id: (agency, role) for agency, role in self.roles()}


def _within(folder: Path, file: str) -> str:
    path = PurePath(file)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else file

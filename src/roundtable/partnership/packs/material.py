"""What every page of a pack is made from, and how the pages name and point to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from urllib.parse import quote

from roundtable.errors import Place
from roundtable.pages.numbers import listed as joined
from roundtable.pages.tables import Cell
from roundtable.partnership.findings import Finding
from roundtable.partnership.joins.verdict import NeedVerdict, verdicts
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

OVERVIEW = "index.html"


@dataclass(frozen=True)
class Link:
    """A name, and the page that is about it; no page when none is written."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Material:
    """Everything that the pages show, worked out once.

    Attributes:
        study: the partnership and what is worked out of it.
        findings: what the map implies, worst first.
        agencies: ids of the agencies that get a page.
        scenarios: ids of the scenarios that get a page.
        overview: whether the overview is written.
    """

    study: Study
    findings: tuple[Finding, ...]
    agencies: frozenset[str] = frozenset()
    scenarios: frozenset[str] = frozenset()
    overview: bool = True

    @property
    def partnership(self) -> Partnership:
        """The partnership."""
        return self.study.partnership

    @cached_property
    def verdicts(self) -> Mapping[str, NeedVerdict]:
        """The verdict on each need, by its id."""
        return {one.need.id: one for one in verdicts(self.study)}

    @cached_property
    def price_base(self) -> str:
        """The year whose prices most sums are in, the latest of several as frequent."""
        found = [one.at_stake.price_base for one in self.verdicts.values() if one.at_stake is not None]
        return max(found, key=lambda base: (found.count(base), base), default="")

    def verdicts_of(self, scenario_id: str) -> tuple[NeedVerdict, ...]:
        """The verdicts on the needs of a scenario, in order of the needs."""
        return tuple(one for one in self.verdicts.values() if one.scenario.id == scenario_id)

    def agency(self, agency_id: str) -> Link:
        """An agency by its name."""
        name = self.partnership.agency(agency_id).name
        return Link(name, agency_page(agency_id) if agency_id in self.agencies else "")

    def agency_names(self, ids: Iterable[str]) -> str:
        """Agencies by their names, in order, in a sentence."""
        return within_a_sentence([self.partnership.agency(one).name for one in ids])

    def scenario(self, scenario_id: str) -> Link:
        """A scenario by its title."""
        title = self.partnership.scenario(scenario_id).title
        return Link(title, scenario_page(scenario_id) if scenario_id in self.scenarios else "")

    def agency_cell(self, agency_id: str, note: str = "") -> Cell:
        """An agency in a table."""
        link = self.agency(agency_id)
        return Cell(link.text, link.href, note=note)

    def scenario_cell(self, scenario_id: str, note: str = "") -> Cell:
        """A scenario in a table."""
        link = self.scenario(scenario_id)
        return Cell(link.text, link.href, note=note)

    def post(self, role_id: str) -> str:
        """A post by its title and its agency."""
        agency, role = self.partnership.role(role_id)
        return f"{role.title}, {agency.name}"

    def written_at(self, place: Place) -> str:
        """Where a thing stands in the folder, however the folder was named on the command line."""
        path = PurePath(place.file)
        inside = path.is_relative_to(self.partnership.folder)
        file = path.relative_to(self.partnership.folder).as_posix() if inside else path.name
        return file if place.line is None else f"{file}:{place.line}"

    def about(self, finding: Finding) -> str:
        """The scenario that a finding is about or lies in, by its id; nothing where it lies in none."""
        kind, thing = finding.about
        if kind is Kind.SCENARIO:
            return thing
        return self._inside.get((kind, thing), "")

    @cached_property
    def _inside(self) -> Mapping[tuple[Kind, str], str]:
        found: dict[tuple[Kind, str], str] = {}
        for scenario in self.partnership.scenarios:
            found.update({(Kind.FACTOR, one.id): scenario.id for one in scenario.factors})
            found.update({(Kind.NEED, one.id): scenario.id for one in scenario.needs})
            found.update({(Kind.RISK, one.id): scenario.id for one in scenario.risks})
        return found


def within_a_sentence(names: Sequence[str], last: str = "and") -> str:
    """Names as a sentence lists them; the article of all but the first is not the first word of anything."""
    later = (f"t{name[1:]}" if name.startswith("The ") else name for name in names[1:])
    return joined((*names[:1], *later), last)


def agency_page(agency_id: str) -> str:
    """The file of an agency's page, as a link names it."""
    return quote(f"agency-{agency_id}.html")


def scenario_page(scenario_id: str) -> str:
    """The file of a scenario's page, as a link names it."""
    return quote(f"scenario-{scenario_id}.html")

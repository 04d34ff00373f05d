"""A data need with what could meet it: the datasets, their holders and the agreements there are already."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.partnership.drafts.facts import AgreementFacts, known
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.meeting import Decision, Meeting
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import where


@dataclass(frozen=True)
class Wanted:
    """One need."""

    partnership: Partnership
    scenario: Scenario
    need: DataNeed

    def source(self, key: str = "") -> str:
        """Where the need says it."""
        place = where(self.partnership, Kind.NEED, self.need.id)
        return f"{place}, {key}" if key else place

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """What could meet it."""
        return tuple(self.partnership.dataset(name) for name in self.need.datasets)

    @property
    def agreement(self) -> AgreementFacts | None:
        """An agreement that gives one of the datasets to the agency: one in force before any other."""
        found = [one for one in self.partnership.agreements if self._covers(one)]
        day = self.partnership.charter.as_of
        found.sort(key=lambda one: (not one.in_force_on(day), one.id))
        return AgreementFacts(self.partnership, found[0]) if found else None

    def decisions(self) -> list[tuple[Meeting, Decision]]:
        """What has been decided about it, the latest first."""
        made = [
            (meeting, decision)
            for meeting in self.partnership.meetings
            for decision in meeting.decisions
            if self.need.id in decision.concerning.needs
        ]
        return sorted(made, key=lambda one: (one[0].on, one[1].id), reverse=True)

    def holders(self) -> list[str]:
        """Who creates the datasets."""
        names = {one.terms.created_by for one in self.datasets if one.terms.created_by}
        return [self.partnership.agency(name).name for name in sorted(names)]

    def kinds_of_data(self) -> list[str]:
        """Whether each dataset is personal, special category or neither."""
        return [f"{one.name}: {_kind(one)}" for one in self.datasets]

    def _covers(self, agreement: Agreement) -> bool:
        receives = any(p.agency == self.need.agency and p.receives for p in agreement.parties)
        return receives and any(grant.dataset in self.need.datasets for grant in agreement.grants)


def wanted_of(partnership: Partnership, identifier: str) -> Wanted:
    """The need of that id.

    Raises:
        SettingUnusable: there is no such need.
    """
    found = {need.id: (scenario, need) for scenario, need in partnership.needs()}
    scenario, need = found[known(identifier, found, "need")]
    return Wanted(partnership, scenario, need)


def _kind(dataset: Dataset) -> str:
    terms = dataset.terms
    if terms.subjects in ("none", "areas"):
        return "not personal"
    if terms.special_category == "unknown" or terms.criminal_offence == "unknown":
        return "personal; whether special category or criminal offence data is unknown"
    more = [
        word
        for word, so in (
            ("special category", terms.special_category),
            ("criminal offence", terms.criminal_offence),
        )
        if so
    ]
    return f"personal, {' and '.join(more)}" if more else "personal"

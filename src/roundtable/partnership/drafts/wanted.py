"""A data need with what could meet it: the datasets, their holders, and whether an agreement gives them.

Whether one does is for the checker to say (`sharing.lawfulness`, `sharing.classes`), by the same rules as
everywhere else: a draft never takes an agreement for one that serves a need when the checker does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from roundtable.partnership.drafts.checked import of_faults, wrong_with
from roundtable.partnership.drafts.document import Wrong
from roundtable.partnership.drafts.facts import AgreementFacts, known
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.meeting import Decision, Meeting
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.classes import ClassedNeed, NeedClass, need_class
from roundtable.partnership.sharing.faults import FaultRule, FlowCheck
from roundtable.partnership.sharing.flows import asked_for
from roundtable.partnership.sharing.lawfulness import check
from roundtable.partnership.study import Study
from roundtable.partnership.wording import where

#: Where the data may be used as the agreements stand, whatever their age or quality.
_MAY_BE_USED = frozenset({NeedClass.AVAILABLE, NeedClass.STALE, NeedClass.KEY_OR_QUALITY})
#: Findings about a need that its faults say already.
_SAID_BY_FAULTS = ("need-no-agreement", "need-field-missing", "need-no-gateway")
#: Where an answer would stand that no agreement gives.
NO_AGREEMENT = "agreements/, once one serves this need"


@dataclass(frozen=True)
class Wanted:
    """One need."""

    study: Study
    scenario: Scenario
    need: DataNeed

    @property
    def partnership(self) -> Partnership:
        """What is agreed."""
        return self.study.partnership

    def source(self, key: str = "") -> str:
        """Where the need says it."""
        place = where(self.partnership, Kind.NEED, self.need.id)
        return f"{place}, {key}" if key else place

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """What could meet it."""
        return tuple(self.partnership.dataset(name) for name in self.need.datasets)

    @cached_property
    def classed(self) -> ClassedNeed:
        """Where the need stands, as the checker has it."""
        return need_class(self.study, self.scenario, self.need)

    @cached_property
    def checks(self) -> tuple[FlowCheck, ...]:
        """What the checker says of each dataset on its way to the agency, in order; its own left out."""
        named = [one for one in self.datasets if one.terms.created_by is not None]
        if not named and self.classed.dataset is not None:
            named = [self.partnership.dataset(self.classed.dataset)]
        given = (None, self.need.agency)
        others = sorted((one for one in named if one.terms.created_by not in given), key=lambda one: one.id)
        return tuple(check(self.study, asked_for(self.scenario, self.need, one)) for one in others)

    @property
    def agreement(self) -> AgreementFacts | None:
        """The agreement that serves the need today; None where none does, however near it comes."""
        found = self.classed
        if found.kind not in _MAY_BE_USED or found.agreement is None or not found.named:
            return None
        return AgreementFacts(self.study, self.partnership.agreement(found.agreement))

    def in_place(self) -> list[str]:
        """Whether an agreement is in place: yes and which, or no with the nearest and all its faults."""
        facts = self.agreement
        if facts is not None:
            others = {one.agreement for one in self.checks if one.lawful} - {facts.agreement.id, None}
            titles = sorted(self.partnership.agreement(name).title for name in others if name)
            return [f"Yes: '{title}'" for title in (facts.agreement.title, *titles)]
        if self.classed.kind in _MAY_BE_USED and not self.checks:
            return [f"None is needed. {self.classed.why}"]
        barred = [one for one in self.checks if not one.lawful]
        return ["No", *(line for one in barred for line in self._nearest(one))] + (
            [] if barred else [self.classed.why]
        )

    def wrong(self) -> tuple[Wrong, ...]:
        """What the checker finds wrong: with each flow that the need asks for, then with the need."""
        flows = [
            wrong for one in self.checks for wrong in of_faults(self.study, self._about(one), one.faults)
        ]
        found = wrong_with(self.study, Kind.NEED, self.need.id, leaving=_SAID_BY_FAULTS if flows else ())
        return (*flows, *found)

    def law_source(self, key: str) -> str:
        """Where the agreement that serves the need says it, or where one would."""
        facts = self.agreement
        return facts.source(key) if facts else NO_AGREEMENT

    def law_note(self) -> str:
        """Why the law is blank, where it is."""
        if self.agreement is not None:
            return f"As the agreement '{self.agreement.agreement.title}' has it."
        return f"Left blank, because no agreement serves this need. {self.classed.why}"

    def _nearest(self, one: FlowCheck) -> list[str]:
        said = self._about(one)
        nearest = [f"The nearest is {said}, which does not serve this need:"] if said else []
        return [*nearest, *(fault.what for fault in one.faults)]

    def _about(self, one: FlowCheck) -> str:
        """The title of the agreement that comes nearest; nothing where there is none."""
        if one.agreement is None or any(fault.rule is FaultRule.NO_AGREEMENT for fault in one.faults):
            return ""
        return f"'{self.partnership.agreement(one.agreement).title}'"

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


def wanted_of(study: Study, identifier: str) -> Wanted:
    """The need of that id.

    Raises:
        SettingUnusable: there is no such need.
    """
    found = {need.id: (scenario, need) for scenario, need in study.partnership.needs()}
    scenario, need = found[known(identifier, found, "need")]
    return Wanted(study, scenario, need)


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

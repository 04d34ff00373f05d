"""What the folder says of one agreement, put into the words that forms ask for."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.model.agency import RoleKind
from roundtable.partnership.model.agreement import Agreement, Party, Regime
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.reference import Gateway
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import UNKNOWN, Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.partnership.sharing.lawfulness import is_verified
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, figure, listed, where
from roundtable.partnership.wrong_values import perhaps

REGIMES = {
    Regime.NOT_PERSONAL: "Not personal data",
    Regime.UK_GDPR: "UK GDPR and Data Protection Act 2018",
    Regime.LAW_ENFORCEMENT: "Data Protection Act 2018 Part 3 (law enforcement)",
}
_SUBJECTS = {
    "none": "Nobody: the rows are not about people",
    "areas": "Areas, not people",
    "properties": "Properties, and so the people who live there",
    "people": "People",
}


@dataclass(frozen=True)
class AgreementFacts:
    """One agreement and everything that it names."""

    study: Study
    agreement: Agreement

    @property
    def partnership(self) -> Partnership:
        """What is agreed."""
        return self.study.partnership

    def source(self, key: str = "") -> str:
        """Where the agreement says it."""
        file = where(self.partnership, Kind.AGREEMENT, self.agreement.id)
        return f"{file}, {key}" if key else file

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """The datasets that it lets something of through."""
        names = sorted({grant.dataset for grant in self.agreement.grants})
        return tuple(self.partnership.dataset(name) for name in names)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios that it serves."""
        return tuple(self.partnership.scenario(name) for name in self.agreement.scenarios)

    @property
    def gateways(self) -> tuple[Gateway, ...]:
        """The provisions that it names."""
        return tuple(self.partnership.gateway(name) for name in self.agreement.basis.gateways)

    @property
    def law_unverified(self) -> bool:
        """Whether no named post has verified the legal footing, or a provision that it names."""
        return not is_verified(self.study, self.agreement)

    def purposes(self) -> list[str]:
        """What the data may be used for."""
        return [one.value.replace("_", " ").capitalize() for one in self.agreement.purposes]

    def parties(self) -> list[str]:
        """Each party, what it is in law, and what it gives or receives."""
        return [self._party(party) for party in self.agreement.parties]

    def named(self, *, gives: bool = False, receives: bool = False) -> list[str]:
        """The agencies that give, or that receive."""
        parties = [p for p in self.agreement.parties if (gives and p.gives) or (receives and p.receives)]
        return [self.partnership.agency(party.agency).name for party in parties]

    def data_items(self) -> list[str]:
        """Each dataset with the columns that go."""
        return [
            f"{self.partnership.dataset(grant.dataset).name}: {listed(grant.columns)}"
            for grant in self.agreement.grants
        ]

    def law(self) -> list[str]:
        """Each provision, with what it is and whether it has been verified."""
        return [f"{one.title} ({one.nature.value.replace('_', ' ')}; {one.status})" for one in self.gateways]

    def subjects(self) -> list[str]:
        """Whom the rows are about."""
        return sorted({self.subject(dataset) for dataset in self.datasets})

    def subject(self, dataset: Dataset) -> str:
        """Whom the rows of one dataset are about."""
        return _SUBJECTS[dataset.terms.subjects]

    def sensitive(self, key: str) -> list[str]:
        """Which datasets hold special category or criminal offence data; `unknown` is said."""
        words = {True: "yes", False: "no", "unknown": "unknown"}
        return [f"{one.name}: {words[getattr(one.terms, key)]}" for one in self.datasets]

    def retention(self) -> str | None:
        """How long it is kept."""
        kept = self.agreement.retention_days
        return f"{kept} days" if kept else None

    def dates(self) -> list[str]:
        """When it begins, ends and is reviewed."""
        made = [f"Begins {day(self.agreement.starts)}"]
        if self.agreement.ends:
            made.append(f"Ends {day(self.agreement.ends)}")
        if self.agreement.review_by:
            made.append(f"Reviewed by {day(self.agreement.review_by)}")
        return made

    def posts(self, *kinds: RoleKind) -> list[str]:
        """The posts of these kinds among the parties, with their agencies."""
        agencies = [self.partnership.agency(party.agency) for party in self.agreement.parties]
        return [
            f"{role.title}, {agency.name}"
            for agency in agencies
            for role in agency.roles
            if role.kind in kinds
        ]

    def _party(self, party: Party) -> str:
        does = [word for word, so in (("gives", party.gives), ("receives", party.receives)) if so]
        name = self.partnership.agency(party.agency).name
        return f"{name}: {party.role.value.replace('_', ' ')}{f', {listed(does)}' if does else ''}"


def facts_of(study: Study, identifier: str) -> AgreementFacts:
    """The facts of the agreement of that id.

    Raises:
        SettingUnusable: there is no such agreement.
    """
    found = {one.id: one for one in study.partnership.agreements}
    return AgreementFacts(study, found[known(identifier, found, "agreement")])


def people(scenario: Scenario) -> str | None:
    """How many a scenario is about, with what it rests on; nothing where nobody knows."""
    population = scenario.population
    if population.value == UNKNOWN:
        return None
    return f"About {figure(float(population.value))} {population.unit} ({population.source})"


def known(identifier: str, ids: object, what: str) -> str:
    """The id, if it is one of these.

    Raises:
        SettingUnusable: it is not; the message says which is nearest.
    """
    names = (
        sorted(str(name) for name in ids) if isinstance(ids, dict | set | frozenset | list | tuple) else []
    )
    if identifier in names:
        return identifier
    remedy = f"{perhaps(nearest(identifier, names))}There are: {', '.join(names) or 'none'}."
    told = f"there is no {what} '{identifier}'"
    raise SettingUnusable(Problem(Place("--for"), "unknown-id", told, remedy))


def post(partnership: Partnership, role_id: str | None) -> str | None:
    """A post by its title and agency."""
    if role_id is None:
        return None
    agency, role = partnership.role(role_id)
    return f"{role.title}, {agency.name}"

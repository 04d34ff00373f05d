"""One flow beside one agreement: what every rule of the checker looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from roundtable.errors import Place
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement, LegalBasis, Party, PartyRole, Tier
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.strict import Kind, Part
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.faults import IN_BASIS, Fault, FaultRule
from roundtable.partnership.sharing.flows import Flow
from roundtable.partnership.wording import where


@dataclass(frozen=True)
class Case:
    """A flow and an agreement that gives its dataset from its source to its target."""

    partnership: Partnership
    flow: Flow
    agreement: Agreement

    @property
    def basis(self) -> LegalBasis:
        """The legal footing."""
        return self.agreement.basis

    @property
    def day(self) -> date:
        """The day by which it is judged: the one that the folder describes."""
        return self.partnership.charter.as_of

    @property
    def dataset(self) -> Dataset:
        """What flows."""
        return self.partnership.dataset(self.flow.dataset)

    @property
    def giver(self) -> Agency:
        """Who gives."""
        return self.partnership.agency(self.flow.source)

    @property
    def receiver(self) -> Agency:
        """Who receives."""
        return self.partnership.agency(self.flow.target)

    @cached_property
    def giving(self) -> Party | None:
        """The giver as a party to the agreement."""
        return party(self.agreement, self.flow.source, gives=True)

    @cached_property
    def receiving(self) -> Party | None:
        """The receiver as a party to the agreement."""
        return party(self.agreement, self.flow.target, gives=False)

    @property
    def open(self) -> bool:
        """Whether it is an open licence, which serves anybody and which nobody signs."""
        return self.agreement.tier is Tier.OPEN_LICENCE

    @property
    def to_a_processor(self) -> bool:
        """Whether the receiver only acts for the giver, which is no disclosure to another controller."""
        return self.receiving is not None and self.receiving.role is PartyRole.PROCESSOR

    @property
    def sensitive(self) -> bool:
        """Whether the dataset holds special-category data, or nobody has said that it does not."""
        return self.dataset.terms.special_category is not False

    @property
    def granted(self) -> frozenset[str]:
        """The columns of the dataset that the agreement lets through."""
        return granted_columns(self.agreement, self.flow.dataset)

    @property
    def file(self) -> str:
        """Where the agreement is written, for a remedy."""
        return where(self.partnership, Kind.AGREEMENT, self.agreement.id)

    def fault(self, rule: FaultRule, what: str, change: str, *bodies: str) -> Fault:
        """A fault of the agreement, or of what it says of these bodies, where that is written."""
        return Fault(rule, what, self._place(rule, bodies), change, bodies)

    def _place(self, rule: FaultRule, bodies: tuple[str, ...]) -> Place:
        thing = self.agreement.id
        if rule in IN_BASIS:
            return self.partnership.part(Part.BASIS, Kind.AGREEMENT, thing)
        grants = [one for one in self.agreement.grants if one.dataset == self.flow.dataset]
        if rule is FaultRule.COLUMNS_NOT_COVERED and grants:
            names = (grants[0].dataset, grants[0].table)
            return self.partnership.part(Part.GRANT, Kind.AGREEMENT, thing, *names)
        for one in (self.giving, self.receiving):
            if one is not None and one.agency in bodies:
                return self.partnership.part(Part.PARTY, Kind.AGREEMENT, thing, one.agency, one.role)
        return self.partnership.place(Kind.AGREEMENT, thing)


#: What a rule makes of a case.
Faults = Iterator[Fault]


def party(agreement: Agreement, agency: str, *, gives: bool) -> Party | None:
    """An agency as a party that gives, or as one that receives."""
    these = (one for one in agreement.parties if one.agency == agency)
    return next((one for one in these if (one.gives if gives else one.receives)), None)


def granted_columns(agreement: Agreement, dataset: str) -> frozenset[str]:
    """The columns of a dataset that an agreement lets through, of whichever table."""
    return frozenset(c for grant in agreement.grants if grant.dataset == dataset for c in grant.columns)

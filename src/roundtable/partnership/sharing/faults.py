"""What is wrong with a flow in law: one fault a rule, each with the smallest change that would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roundtable.errors import Place
from roundtable.partnership.sharing.flows import Flow


class FaultRule(StrEnum):
    """The rules of the checker; `docs/sharing.md` says what each asks for."""

    NO_AGREEMENT = "no-agreement"
    PROTOCOL_ALONE = "protocol-alone"
    NOT_IN_FORCE = "not-in-force"
    PARTY_ENDED = "party-ended"
    PARTY_WITHDRAWN = "party-withdrawn"
    NOT_SIGNED = "not-signed"
    OTHER_SCENARIO = "other-scenario"
    COLUMNS_NOT_COVERED = "columns-not-covered"
    REGIME_NOT_PERSONAL = "regime-not-personal"
    NO_GATEWAY = "no-gateway"
    GATEWAY_PARTIES = "gateway-parties"
    GATEWAY_PURPOSE = "gateway-purpose"
    GATEWAY_NOT_IN_FORCE = "gateway-not-in-force"
    DISADVANTAGE_FACTORS = "disadvantage-factors"
    NO_LAWFUL_BASIS = "no-lawful-basis"
    PRIVATE_BASIS = "public-authority-on-private-basis"
    NOT_COMPETENT = "not-a-competent-authority"
    CROSSING_REGIMES = "crossing-regimes"
    NO_ARTICLE_9 = "no-article-9-condition"
    NO_SCHEDULE_1 = "no-schedule-1-condition"
    NO_SCHEDULE_8 = "no-schedule-8-condition"
    NO_POLICY_DOCUMENT = "no-policy-document"
    NO_IMPACT_ASSESSMENT = "no-impact-assessment"
    NO_RETENTION = "no-retention"
    NO_REVIEW = "no-review"


#: The agreement does not apply to the flow at all, today.
NOT_THIS_FLOW = frozenset(
    {
        FaultRule.NO_AGREEMENT,
        FaultRule.PROTOCOL_ALONE,
        FaultRule.NOT_IN_FORCE,
        FaultRule.PARTY_ENDED,
        FaultRule.PARTY_WITHDRAWN,
        FaultRule.NOT_SIGNED,
        FaultRule.OTHER_SCENARIO,
    }
)
#: No power in law carries the data from the one body to the other for that purpose.
GATEWAY_FAULTS = frozenset(
    {
        FaultRule.NO_GATEWAY,
        FaultRule.GATEWAY_PARTIES,
        FaultRule.GATEWAY_PURPOSE,
        FaultRule.GATEWAY_NOT_IN_FORCE,
        FaultRule.DISADVANTAGE_FACTORS,
    }
)
#: What is wrong stands under 'basis' of the agreement, or is missing there.
IN_BASIS = GATEWAY_FAULTS - {FaultRule.DISADVANTAGE_FACTORS} | frozenset(
    {
        FaultRule.REGIME_NOT_PERSONAL,
        FaultRule.NO_LAWFUL_BASIS,
        FaultRule.PRIVATE_BASIS,
        FaultRule.NOT_COMPETENT,
        FaultRule.CROSSING_REGIMES,
        FaultRule.NO_ARTICLE_9,
        FaultRule.NO_SCHEDULE_1,
        FaultRule.NO_SCHEDULE_8,
        FaultRule.NO_POLICY_DOCUMENT,
        FaultRule.NO_IMPACT_ASSESSMENT,
    }
)


@dataclass(frozen=True)
class Fault:
    """One thing that makes a flow unlawful.

    Attributes:
        rule: which rule it breaks.
        what: what is wrong, in one sentence.
        place: where what is wrong is written, or should be.
        change: the smallest change that would mend it.
        bodies: ids of the agencies of whom it is said, where it is said of some of the parties only.
    """

    rule: FaultRule
    what: str
    place: Place
    change: str
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowCheck:
    """Whether a flow is lawful as the folder stands on its `as_of`.

    Attributes:
        flow: the flow.
        agreement: the agreement that carries it; where none does, the one that comes nearest, by id.
        lawful: whether nothing is wrong with it. That is what the files say and no lawyer's advice.
        verified: whether a named post has checked the footing and every provision that it names. While
            it is False the verdict is only what somebody wrote down.
        faults: all that is wrong, in order of the rules.
    """

    flow: Flow
    agreement: str | None
    lawful: bool
    verified: bool
    faults: tuple[Fault, ...]

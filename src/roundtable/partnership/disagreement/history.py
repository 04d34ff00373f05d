"""Who said what of the map, and when, by the dates that stand in the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from roundtable.partnership.disagreement.claims import claim, labels
from roundtable.partnership.model.causal import Answer, Factor, Link
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import decision_of


class Act(StrEnum):
    """What an agency did."""

    ASSERTED = "asserted"
    DISPUTED = "disputed"
    VOTED = "voted"


_ANSWERED = {
    Answer.AGREE: "agrees that",
    Answer.DISAGREE: "does not agree that",
    Answer.UNSURE: "is not sure whether",
}


@dataclass(frozen=True)
class Remark:
    """One thing that one agency said on one day.

    Attributes:
        on: the day.
        agency: the agency's id.
        act: whether it asserted, disputed or voted.
        scenario: the id of the scenario that it spoke of.
        about: the id of the scenario, factor or need, or the two ends of a link.
        words: the whole in one sentence.
    """

    on: date
    agency: str
    act: Act
    scenario: str
    about: tuple[str, ...]
    words: str


def history(partnership: Partnership, agency: str | None = None) -> tuple[Remark, ...]:
    """Everything said of the scenarios and their maps, the oldest first; of one agency if asked.

    Args:
        partnership: what is agreed.
        agency: an agency's id, for what it alone has said.
    """
    called = labels(partnership)
    said = (one for scenario in partnership.scenarios for one in _of_scenario(partnership, called, scenario))
    wanted = (one for one in said if agency is None or one.agency == agency)
    return tuple(
        sorted(wanted, key=lambda one: (one.on, one.scenario, one.about, one.act, one.agency, one.words))
    )


def _of_scenario(partnership: Partnership, called: Mapping[str, str], scenario: Scenario) -> Iterator[Remark]:
    for agency in scenario.asserted.by:
        words = f"{partnership.agency(agency).name} tells the story '{scenario.title}'."
        yield Remark(scenario.asserted.on, agency, Act.ASSERTED, scenario.id, (scenario.id,), words)
    for factor in scenario.factors:
        yield from _of_factor(partnership, scenario, factor)
    for link in scenario.links:
        yield from _of_link(partnership, called, scenario, link)
    for need in scenario.needs:
        for agency in need.asserted.by:
            words = f"{partnership.agency(agency).name} says that a need matters: {decision_of(need)}."
            yield Remark(need.asserted.on, agency, Act.ASSERTED, scenario.id, (need.id,), words)


def _of_factor(partnership: Partnership, scenario: Scenario, factor: Factor) -> Iterator[Remark]:
    for agency in factor.asserted.by:
        words = f"{partnership.agency(agency).name} puts '{factor.label}' on the map."
        yield Remark(factor.asserted.on, agency, Act.ASSERTED, scenario.id, (factor.id,), words)
    for dispute in factor.disputed:
        words = f"{partnership.agency(dispute.by).name} disputes '{factor.label}': {dispute.says}"
        yield Remark(dispute.on, dispute.by, Act.DISPUTED, scenario.id, (factor.id,), words)


def _of_link(
    partnership: Partnership, called: Mapping[str, str], scenario: Scenario, link: Link
) -> Iterator[Remark]:
    ends = (link.from_, link.to)
    claimed = claim(called, ends, link.sign)
    for agency in link.asserted.by:
        words = f"{partnership.agency(agency).name} says: {claimed}."
        yield Remark(link.asserted.on, agency, Act.ASSERTED, scenario.id, ends, words)
    for dispute in link.disputed:
        instead = f", and says that {claim(called, ends, dispute.sign)}" if dispute.sign else ""
        words = f"{partnership.agency(dispute.by).name} disputes that {claimed}"
        yield Remark(
            dispute.on, dispute.by, Act.DISPUTED, scenario.id, ends, f"{words}{instead}: {dispute.says}"
        )
    for vote in link.votes:
        words = f"{partnership.agency(vote.by).name} {_ANSWERED[vote.answer]} {claimed}."
        yield Remark(vote.on, vote.by, Act.VOTED, scenario.id, ends, words)

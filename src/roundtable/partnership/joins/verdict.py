"""The verdict on every data need: it is live only if we can know, can act and will act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roundtable.partnership.joins.act import can_act
from roundtable.partnership.joins.join import Join, Question
from roundtable.partnership.joins.know import can_know
from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.joins.stakes import Stake, stakes
from roundtable.partnership.joins.will import will_act
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.study import Study


@dataclass(frozen=True)
class NeedVerdict:
    """One need of one scenario.

    Attributes:
        scenario: the scenario.
        need: the need.
        know: can we know?
        act: can we act?
        will: will we act?
        stake: what rides on it, with what is not priced.
    """

    scenario: Scenario
    need: DataNeed
    know: Join
    act: Join
    will: Join
    stake: Stake

    @property
    def joins(self) -> tuple[Join, Join, Join]:
        """The three answers, in the order in which they are asked."""
        return self.know, self.act, self.will

    @property
    def live(self) -> bool:
        """Whether all three hold."""
        return all(join.holds for join in self.joins)

    @property
    def verified(self) -> bool:
        """Whether all three answers rest on what a post has checked."""
        return all(join.verified for join in self.joins)

    @property
    def first_failing(self) -> Question | None:
        """The first question that is answered no; None where the need is live."""
        return next((join.question for join in self.joins if not join.holds), None)

    @property
    def at_stake(self) -> Pounds | None:
        """Harm at stake; None where nothing is priced."""
        return self.stake.at_stake

    @property
    def avertable(self) -> Pounds | None:
        """Harm that the best service could avert; None where that cannot be said."""
        return self.stake.avertable

    @property
    def best_service(self) -> str | None:
        """The id of the running service that could avert most."""
        return self.stake.service

    @property
    def top_share(self) -> float | None:
        """The share of draws in which the need is among those with most at stake."""
        return self.stake.top_share


def verdicts(study: Study) -> tuple[NeedVerdict, ...]:
    """The verdict on every need, by scenario and then by need."""
    return study.shared(_verdicts)


def verdict_of(study: Study, need_id: str) -> NeedVerdict:
    """The verdict on one need; KeyError where there is none of that id."""
    return study.shared(_by_need)[need_id]


def ranked(study: Study) -> tuple[NeedVerdict, ...]:
    """Needs with most at stake first; those of which nothing is priced come last, in order of their ids."""
    return tuple(sorted(verdicts(study), key=_rank))


def _rank(verdict: NeedVerdict) -> tuple[bool, float, float, str]:
    at_stake = verdict.at_stake
    if at_stake is None:
        return True, 0.0, 0.0, verdict.need.id
    return False, -at_stake.middle, -at_stake.high, verdict.need.id


def _verdicts(study: Study) -> tuple[NeedVerdict, ...]:
    every = stakes(study)
    return tuple(
        NeedVerdict(
            scenario,
            need,
            can_know(study, scenario, need),
            can_act(study, need),
            will_act(study, scenario, need),
            every[need.id],
        )
        for scenario, need in study.partnership.needs()
    )


def _by_need(study: Study) -> Mapping[str, NeedVerdict]:
    return {verdict.need.id: verdict for verdict in verdicts(study)}

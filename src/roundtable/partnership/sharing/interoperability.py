"""How well a flow works, layer by layer: as good as the weakest, because an average hides what blocks it.

The legal layer is worked out from the agreements. The semantic one is as assessed and never better than
what has been measured allows. The rest are as the partners assess them, and `unknown` stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.contract_terms import Subjects
from roundtable.partnership.model.interoperability import AssessedLayer, LayerLevel
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.sharing.case import Case
from roundtable.partnership.sharing.flows import Flow, flows
from roundtable.partnership.sharing.gateway_rules import carrying_gateways
from roundtable.partnership.sharing.lawfulness import check
from roundtable.partnership.sharing.layers import TOP, Layer, next_step
from roundtable.partnership.study import Study
from roundtable.partnership.wording import listed

#: The third semantic level asks for a common key on more than this share of the records.
COMMON_KEY_SHARE = 0.95
#: The layers that the partners assess: all but the legal, which comes first and is worked out.
_ASSESSED = {layer: AssessedLayer(layer.value) for layer in list(Layer)[1:]}
#: A flow whose weakest layer stands at this level or below does not work.
BLOCKED = 1


@dataclass(frozen=True)
class FlowScore:
    """The levels of one flow.

    Attributes:
        flow: the flow.
        levels: the level of each layer, 0 to 4; None where nobody knows.
        score: the level of the weakest layer. None where a layer is unknown and could be weaker still.
        at_most: the lowest level that is known: the flow works no better than that.
        weakest: the layer with the lowest known level, the first of several.
        geometric_mean: of all the levels, to tell flows of one score apart; None where one is unknown.
        next_step: what the weakest layer, or each of several as weak, needs for its next level; where
            what is unknown decides, what has to be found out.
        unverified: whether the legal level rests on a footing that no named post has verified, or another
            level on an assessment that none has.
        unverified_layers: which layers those are.
    """

    flow: Flow
    levels: Mapping[Layer, int | None]
    score: int | None
    at_most: int
    weakest: Layer
    geometric_mean: float | None
    next_step: str
    unverified_layers: tuple[Layer, ...]

    @property
    def unverified(self) -> bool:
        """Whether any level rests on what no named post has verified."""
        return bool(self.unverified_layers)

    @property
    def blocked(self) -> bool:
        """Whether a layer is known to be so weak that the flow does not work."""
        return self.at_most <= BLOCKED

    @property
    def order(self) -> tuple[int, float, tuple[str, str, str, str, str]]:
        """Sorts flows, the weakest first; what is unknown counts as weaker than what is known to be equal."""
        return (self.at_most, self.geometric_mean or 0.0, self.flow.order)


@dataclass(frozen=True)
class ScenarioScore:
    """A scenario is as good as the weakest flow that an essential need of it asks for.

    Attributes:
        scenario: its id.
        essential: the scores of the flows that its essential needs ask for, the weakest first.
        not_created: its essential needs that no dataset could meet, by id.
    """

    scenario: str
    essential: tuple[FlowScore, ...]
    not_created: tuple[str, ...]

    @property
    def weakest(self) -> FlowScore | None:
        """The weakest essential flow; None where no essential need has one."""
        return self.essential[0] if self.essential else None


@dataclass(frozen=True)
class PairScore:
    """How well two agencies work together in one direction.

    Attributes:
        source: who gives.
        target: who receives.
        flows: the scores of all that flows or should between the two, the weakest first.
    """

    source: str
    target: str
    flows: tuple[FlowScore, ...]

    @property
    def weakest(self) -> FlowScore:
        """The weakest flow of the pair."""
        return self.flows[0]


def flow_score(study: Study, flow: Flow) -> FlowScore:
    """The five levels of a flow, its score, and what would raise it."""
    known = study.shared(_scores).get(flow)
    return known if known is not None else _score(study, flow)


def scenario_scores(study: Study) -> tuple[ScenarioScore, ...]:
    """Every scenario with the flows that its essential needs ask for, in order of their ids."""
    return study.shared(_scenarios)


def pair_matrix(study: Study) -> tuple[PairScore, ...]:
    """Every pair of agencies between which something flows or should, in order of giver and receiver."""
    pairs: dict[tuple[str, str], list[FlowScore]] = {}
    for flow, score in study.shared(_scores).items():
        pairs.setdefault((flow.source, flow.target), []).append(score)
    return tuple(PairScore(*pair, _weakest_first(scores)) for pair, scores in sorted(pairs.items()))


def legal_level(study: Study, flow: Flow) -> int:
    """The legal level of a flow.

    0: no agreement names a power that reaches from the one to the other. 1: one does. 2: an impact
    assessment is recorded beside it, and a named post has verified the footing. 3: the flow is lawful.
    4: its agreement is reviewed on time and published. Where nothing is wrong and no post has verified
    the footing, the level is 2 and no higher. Data that are not personal need an agreement or a licence,
    and no power.
    """
    found = check(study, flow)
    if found.agreement is None:
        return 0
    case = Case(study.partnership, flow, study.partnership.agreement(found.agreement))
    if found.lawful:
        return _lawful_level(case) if found.verified else 2
    if flow.personal and not case.to_a_processor and not carrying_gateways(case):
        return 0
    assessed = not flow.personal or bool(case.basis.impact_assessment)
    return 2 if assessed and found.verified else 1


def _lawful_level(case: Case) -> int:
    review = case.agreement.review_by
    on_time = review is not None and review >= case.day
    return TOP if on_time and case.agreement.published_url else 3


def semantic_ceiling(dataset: Dataset) -> int:
    """The highest semantic level that what has been measured of a dataset allows.

    Records of people or properties have to be matched: 1 where nobody has measured how many can be, or
    there is no key; 2 where 95 % or fewer can. Figures about areas have nothing to match.
    """
    terms = dataset.terms
    if terms.subjects not in (Subjects.PEOPLE, Subjects.PROPERTIES):
        return TOP
    if terms.match_rate == UNKNOWN or not terms.keys:
        return 1
    return TOP if float(terms.match_rate) > COMMON_KEY_SHARE else 2


def _scores(study: Study) -> Mapping[Flow, FlowScore]:
    return {flow: _score(study, flow) for flow in flows(study)}


def _score(study: Study, flow: Flow) -> FlowScore:
    assessed = _assessed(study, flow)
    levels: dict[Layer, int | None] = {Layer.LEGAL: legal_level(study, flow)}
    unverified = [] if check(study, flow).verified or not levels[Layer.LEGAL] else [Layer.LEGAL]
    for layer, as_assessed in _ASSESSED.items():
        said = assessed.get(as_assessed, ())
        levels[layer] = _agreed(said)
        if levels[layer] is not None and not all(one.post for one in said):
            unverified.append(layer)
    semantic = levels[Layer.SEMANTIC]
    if semantic is not None:
        ceiling = semantic_ceiling(study.partnership.dataset(flow.dataset))
        levels[Layer.SEMANTIC] = min(semantic, ceiling)
    return _summed_up(study, flow, levels, tuple(unverified))


def _summed_up(
    study: Study, flow: Flow, levels: Mapping[Layer, int | None], unverified: tuple[Layer, ...]
) -> FlowScore:
    known = {layer: level for layer, level in levels.items() if level is not None}
    lowest = min(known.values())
    weakest = [layer for layer, level in known.items() if level == lowest]
    unknown = [layer for layer in levels if layer not in known]
    mean = None if unknown else prod(known.values()) ** (1 / len(known))
    steps = [
        _legal_step(study, flow, lowest) if layer is Layer.LEGAL else next_step(layer, lowest)
        for layer in weakest
    ]
    if unknown and lowest > BLOCKED:
        steps = [f"Assess the {listed(unknown)} level{'s' if len(unknown) > 1 else ''} of the flow."]
    score = None if unknown and lowest > 0 else lowest
    return FlowScore(flow, levels, score, lowest, weakest[0], mean, " ".join(steps), unverified)


def _legal_step(study: Study, flow: Flow, level: int) -> str:
    """The next level of the legal layer, and the first thing to do about it."""
    found = check(study, flow)
    if found.faults:
        return f"{next_step(Layer.LEGAL, level)} {found.faults[0].change}"
    if not found.verified and found.agreement is not None:
        title = study.partnership.agreement(found.agreement).title
        return f"Have a named post verify the legal footing of '{title}' and the provisions that it names."
    return next_step(Layer.LEGAL, level)


def _assessed(study: Study, flow: Flow) -> Mapping[AssessedLayer, tuple[LayerLevel, ...]]:
    """What the partners say of each layer now: of each agency, what it said last."""
    last: dict[tuple[AssessedLayer, str], LayerLevel] = {}
    for said in sorted(_said(study, flow), key=_when):
        last[(said.layer, said.by)] = said
    found: dict[AssessedLayer, tuple[LayerLevel, ...]] = {}
    for (layer, _), said in sorted(last.items()):
        found[layer] = (*found.get(layer, ()), said)
    return found


def _said(study: Study, flow: Flow) -> Iterable[LayerLevel]:
    """Of the use that is made today, and of the need that asks for it, up to the day described."""
    day = study.partnership.charter.as_of
    uses = study.partnership.dataset(flow.dataset).terms.consumed_by
    said = [level for use in uses if use.agency == flow.target for level in use.levels]
    if flow.scenario is not None:
        needs = study.partnership.scenario(flow.scenario).needs
        said += [level for need in needs if need.id == flow.need for level in need.levels]
    return (level for level in said if level.on <= day)


def _when(said: LayerLevel) -> tuple[str, int]:
    """The latest last; of two on one day the lower last, and what is unknown after either."""
    return (said.on.isoformat(), -said.level if isinstance(said.level, int) else 1)


def _agreed(said: Iterable[LayerLevel]) -> int | None:
    """A flow works as well as the less content of its ends finds; unknown where any of them does not know."""
    levels = [one.level for one in said]
    known = [level for level in levels if isinstance(level, int)]
    return min(known) if known and len(known) == len(levels) else None


def _weakest_first(scores: Iterable[FlowScore]) -> tuple[FlowScore, ...]:
    return tuple(sorted(scores, key=lambda score: score.order))


def _scenarios(study: Study) -> tuple[ScenarioScore, ...]:
    by_need: dict[str, list[FlowScore]] = {}
    for flow, score in study.shared(_scores).items():
        if flow.need is not None:
            by_need.setdefault(flow.need, []).append(score)
    created = {one.id for one in study.partnership.datasets if one.terms.created_by is not None}
    found = []
    for scenario in study.partnership.scenarios:
        essential = [need for need in scenario.needs if need.essential]
        scores = [score for need in essential for score in by_need.get(need.id, ())]
        missing = sorted(need.id for need in essential if not created & set(need.datasets))
        found.append(ScenarioScore(scenario.id, _weakest_first(scores), tuple(missing)))
    return tuple(found)

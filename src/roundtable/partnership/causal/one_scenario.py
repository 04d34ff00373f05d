"""One scenario by itself: what is on its own map and no other, for every analysis of a map."""

from __future__ import annotations

from dataclasses import replace

from roundtable.partnership.model.whole import Partnership


def only(partnership: Partnership, scenario_id: str) -> Partnership:
    """The partnership as if it had that scenario alone.

    Its `whole_map` is the scenario's map: factors of other scenarios that the links of this one name stay,
    and are its own. Agencies, services, outcomes and their prices are those of the whole partnership.
    """
    scenario = partnership.scenario(scenario_id)
    named = {end for link in scenario.links for end in (link.from_, link.to)}
    own = {factor.id for factor in scenario.factors}
    lent = [
        factor
        for other in partnership.scenarios
        for factor in other.factors
        if factor.id in named and factor.id not in own
    ]
    alone = scenario.model_copy(update={"factors": (*scenario.factors, *lent)})
    return replace(partnership, scenarios=(alone,))

"""The answers of `roundtable disagreement` as JSON writes them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from roundtable.partnership.disagreement.merging import Merged
    from roundtable.partnership.disagreement.priorities import Apart, Priorities, Wants
    from roundtable.partnership.disagreement.similarity import Likeness
    from roundtable.partnership.exchange.exporting import Exported
    from roundtable.partnership.study import Study


def table_values(study: Study) -> dict[str, Any]:
    """The whole matrix, every divided and contested link, and the priorities."""
    from roundtable.partnership.disagreement.divided import divided_links
    from roundtable.partnership.disagreement.priorities import standing
    from roundtable.partnership.disagreement.similarity import similarity
    from roundtable.partnership.disagreement.votes import contested_links

    alike = similarity(study.partnership)
    return {
        "maps": {
            "agencies": alike.agencies,
            "agreement": alike.agreements(),
            "pairs": [_likeness_values(pair) for pair in alike.pairs],
        },
        "divided": [asdict(one) for one in divided_links(study.partnership)],
        "contested": [asdict(one) for one in contested_links(study)],
        "priorities": _priorities_values(standing(study)),
    }


def pair_values(study: Study, one: str, other: str) -> dict[str, Any]:
    """Two agencies: their likeness, the links on which they differ, and their points."""
    from roundtable.partnership.disagreement.pair_told import told_pair
    from roundtable.partnership.disagreement.priorities import standing
    from roundtable.partnership.disagreement.similarity import differences, similarity

    partnership, stands = study.partnership, standing(study)
    alike = similarity(partnership)
    wants = {found.agency: found for found in stands.wants}
    pair = stands.of(one, other)
    links, _ = told_pair(study, one, other)
    return {
        "likeness": _likeness_values(alike.of(one, other)) if {one, other} <= {*alike.agencies} else None,
        "signs": [asdict(found) for found in differences(partnership, one, other)],
        "links": [point.text for point in links.points],
        "distance": None if pair is None else _apart_values(pair, wants),
        "wants": {agency: _wants_values(wants[agency]) for agency in (one, other) if agency in wants},
    }


def merged_values(merged: Merged, written: Exported | None) -> dict[str, Any]:
    """What became of two maps made one, and what was written."""
    return {
        "said": merged.said,
        "conflicts": [{"from": source, "to": target} for source, target in merged.conflicts],
        "factors": [one.model_dump(mode="json", by_alias=True) for one in merged.scenario.factors],
        "links": [one.model_dump(mode="json", by_alias=True) for one in merged.scenario.links],
        "written": written and asdict(written),
    }


def _likeness_values(pair: Likeness) -> dict[str, Any]:
    return {**asdict(pair), "agreement": pair.agreement, "jaccard": pair.jaccard}


def _priorities_values(stands: Priorities) -> dict[str, Any]:
    agreed = stands.concordance
    wants = {one.agency: one for one in stands.wants}
    return {
        "wants": [_wants_values(one) for one in stands.wants],
        "silent": stands.silent,
        "divides": [{**asdict(one), **_wants_divide(one.outcome, stands)} for one in stands.divides],
        "free": stands.free,
        "pairs": [_apart_values(pair, wants) for pair in stands.pairs],
        "concordance": {**asdict(agreed), "probability": agreed.probability},
        "said": stands.said,
    }


def _wants_divide(outcome: str, stands: Priorities) -> dict[str, Any]:
    """All who give an outcome the most that anybody does, and not the first few in order of their ids."""
    given = {one.agency: one.shares.get(outcome, 0.0) for one in stands.wants}
    highest = max(given.values())
    return {"most": [agency for agency, share in given.items() if share == highest]}


def _apart_values(pair: Apart, wants: dict[str, Wants]) -> dict[str, Any]:
    from roundtable.partnership.disagreement.priorities_told import drivers

    values = asdict(pair)
    del values["driver"], values["difference"], values["statutory"]
    return {**values, "drivers": drivers(wants[pair.first], wants[pair.second])}


def _wants_values(wants: Wants) -> dict[str, Any]:
    return {
        "agency": wants.agency,
        "shares": dict(wants.shares),
        "statutory": sorted(wants.statutory),
        "points": wants.points,
        "normalised": wants.normalised,
    }

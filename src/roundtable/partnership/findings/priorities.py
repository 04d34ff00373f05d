"""Do we want the same? Priorities far apart, services that help one and hurt another, links in dispute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roundtable.partnership.disagreement.claims import claim, labels
from roundtable.partnership.disagreement.goal_conflicts import GoalConflict, Touches, goal_conflicts
from roundtable.partnership.disagreement.priorities import Apart, Divides, Priorities, standing
from roundtable.partnership.disagreement.votes import ContestedLink, contested_links
from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind, Part
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import at, counted, listed, named, where

#: Two agencies that would have to move more than this share of their points to want the same.
FAR = 0.6
#: How many pairs are named for each outcome; the packs have them all.
PAIRS_TOLD = 3
#: A link matters when it is among this share of all links by its influence on an outcome.
TOP = 0.25

DIVIDES = Rule(
    "outcome-divides",
    "The outcome that divides the table most",
    Severity.LOW,
    "Of all the differences between the agencies' priorities, the greatest part is over this outcome. "
    "That is no fault; to decide as though it were not so would be one.",
)
FAR_APART = Rule(
    "partners-far-apart",
    "Partners in one risk who want different things",
    Severity.LOW,
    "Agencies answer for the same risk, and would have to move more than 60 of their 100 points to want the "
    "same. Each may do its own work well, and the risk that they share go unanswered.",
)
GOALS = Rule(
    "goal-conflict",
    "A service that helps one agency's goal and hurts another's",
    Severity.MEDIUM,
    "By the table's own map, with any strengths that the table allows, the service makes better what one "
    "agency wants and worse what another wants. Whoever is hurt should hear it from the table.",
)
LINK = Rule(
    "contested-link-matters",
    "A disputed link on which much turns",
    Severity.MEDIUM,
    "Agencies do not agree that the link is so, and it is among the quarter of links that bear most on an "
    "outcome. Rankings and plans that rest on it rest on one side of a dispute.",
)
RULES = (DIVIDES, FAR_APART, GOALS, LINK)


def find(study: Study) -> Iterator[Finding]:
    """Where priorities and views part, told where something turns on it."""
    partnership = study.partnership
    stands = standing(study)
    if any(pair.distance > FAR for pair in stands.pairs):
        yield _divides(partnership, stands, stands.divides[0])
    partners = _partners(partnership, stands)
    far = [pair for pair in partners if pair.distance > FAR]
    if far:
        yield _far_apart(partnership, partners, far)
    for conflict in goal_conflicts(study):
        yield _goals(partnership, conflict)
    called = labels(partnership)
    contested = [one for one in contested_links(study) if _matters(one)]
    for scenario in partnership.scenarios:
        here = [one for one in contested if one.votes.scenario == scenario.id]
        if here:
            yield _contested(partnership, called, scenario, here)


def _divides(partnership: Partnership, stands: Priorities, most: Divides) -> Finding:
    outcome = partnership.outcome(most.outcome)
    shares = {one.agency: one.shares.get(most.outcome, 0.0) for one in stands.wants}
    rows = [
        Evidence(
            partnership.part(Part.PRIORITY, Kind.AGENCY, agency, most.outcome),
            f"{partnership.agency(agency).name} gives it {_points(shares[agency])}"
            + (", and the law binds it." if agency in most.bound else "."),
        )
        for agency in most.most
    ]
    few = len(most.least) <= PAIRS_TOLD
    lowest = named(partnership, most.least) if few else counted(len(most.least), "agency", "agencies")
    gives = "gives" if len(most.least) == 1 else "give"
    said = [evidence(partnership, Kind.PARTNERSHIP, partnership.charter.id, text) for text in stands.said]
    free = listed(f"'{partnership.outcome(one).name}'" for one in stands.free)
    begin = f"Begin where no two stand more than ten points apart: {free}. " if free else ""
    return DIVIDES.finding(
        f"'{outcome.name}' divides the table most: {most.share:.0%} of all the difference between the "
        "agencies' priorities is over it.",
        (Kind.OUTCOME, most.outcome),
        agencies=(*most.most, *most.bound),
        evidence=(
            *rows,
            evidence(
                partnership,
                Kind.OUTCOME,
                most.outcome,
                f"{lowest} {gives} it {_points(shares[most.least[0]])}.",
            ),
            *said,
        ),
        remedy=(
            f"{begin}Decide at a meeting how much '{outcome.name}' counts for the table, and write the "
            "points as agreed under 'priorities'; or accept it there, under 'accepted', with the reason."
        ),
        cleared_by=most.most,
    )


def _partners(partnership: Partnership, stands: Priorities) -> tuple[Apart, ...]:
    """Pairs of agencies that lead, do the work of, or are bound by law to one risk or more together."""
    together: set[frozenset[str]] = set()
    for _, risk in partnership.risks():
        leads = {partnership.role(post)[0].id for post in risk.lead_posts}
        bound = set(risk.joint_duty.holders) if risk.joint_duty is not None else set()
        answering = {*leads, *risk.raci.responsible, *bound}
        together.update(frozenset({one, other}) for one in answering for other in answering if one != other)
    return tuple(pair for pair in stands.pairs if frozenset({pair.first, pair.second}) in together)


def _far_apart(partnership: Partnership, partners: tuple[Apart, ...], far: list[Apart]) -> Finding:
    agencies = tuple(sorted({agency for pair in far for agency in (pair.first, pair.second)}))
    over: dict[str, list[Apart]] = {}
    for pair in far:
        over.setdefault(pair.driver or "", []).append(pair)
    most_first = sorted(over, key=lambda driver: (-len(over[driver]), driver))
    return FAR_APART.finding(
        f"Of {counted(len(partners), 'pair')} of agencies that answer for a risk together, {len(far)} would "
        f"have to move more than {FAR * 100:.0f} of 100 points to want the same.",
        (Kind.PARTNERSHIP, partnership.charter.id),
        agencies=agencies,
        evidence=tuple(
            evidence(partnership, Kind.OUTCOME, driver, _over_said(partnership, driver, over[driver]))
            for driver in most_first
        ),
        remedy=(
            "Take the outcomes of the evidence in turn at a meeting, say who works for each of them, and "
            "write the points as agreed under 'priorities' in agencies/; or accept it there, under "
            "'accepted', with the reason."
        ),
        cleared_by=agencies,
    )


def _over_said(partnership: Partnership, driver: str, pairs: list[Apart]) -> str:
    """The pairs that one outcome drives apart, the furthest first, and no more than are read."""
    told = "; ".join(_pair_said(partnership, pair) for pair in pairs[:PAIRS_TOLD])
    more = f"; and {counted(len(pairs) - PAIRS_TOLD, 'more pair')}" if len(pairs) > PAIRS_TOLD else ""
    return f"Most over '{partnership.outcome(driver).name}': {told}{more}."


def _pair_said(partnership: Partnership, pair: Apart) -> str:
    names = named(partnership, (pair.first, pair.second))
    bound = f", the law binding {named(partnership, pair.statutory)}" if pair.statutory else ""
    shared = listed(f"'{partnership.outcome(outcome).name}'" for outcome in pair.common)
    common = f", both wanting {shared}" if shared else ""
    return f"{names} ({pair.distance * 100:.0f} points{bound}{common})"


def _goals(partnership: Partnership, conflict: GoalConflict) -> Finding:
    service = partnership.service(conflict.service)
    helped, hurt = conflict.helps[0], conflict.hurts[0]
    glad = {agency for one in conflict.helps for agency in one.wanted_by}
    sorry = {agency for one in conflict.hurts for agency in one.wanted_by}
    sides = ((one, "better") for one in conflict.helps), ((one, "worse") for one in conflict.hurts)
    return GOALS.finding(
        f"'{service.name}' makes '{partnership.outcome(helped.outcome).name}' better and "
        f"'{partnership.outcome(hurt.outcome).name}' worse, which {named(partnership, hurt.wanted_by[:3])} "
        f"{'wants' if len(hurt.wanted_by) == 1 else 'want'} better.",
        (Kind.SERVICE, service.id),
        agencies=(service.provider, *glad, *sorry),
        evidence=tuple(
            evidence(partnership, Kind.SERVICE, service.id, _touch_said(partnership, one, way))
            for side in sides
            for one, way in side
        ),
        remedy=(
            f"In {where(partnership, Kind.SERVICE, service.id)}, correct 'effects' if the map has it wrong; "
            "otherwise agree at a meeting what is done for those who are hurt, and accept it there, under "
            "'accepted', with the reason."
        ),
        cleared_by=(service.provider, *((service.commissioner,) if service.commissioner else ())),
    )


def _touch_said(partnership: Partnership, one: Touches, way: str) -> str:
    sizes = sorted((abs(one.low), abs(one.high)))
    wanting = ", ".join(partnership.agency(agency).name for agency in one.wanted_by)
    return (
        f"'{partnership.outcome(one.outcome).name}' {way}, by {sizes[0]:.2f} to {sizes[1]:.2f} on a scale "
        f"to 1. Wanted by {wanting}."
    )


def _matters(one: ContestedLink) -> bool:
    return one.bearing.outcome is not None and one.bearing.rank <= one.bearing.of * TOP


def _contested(
    partnership: Partnership, called: Mapping[str, str], scenario: Scenario, links: list[ContestedLink]
) -> Finding:
    rows = [row for one in links for row in _link_rows(partnership, called, scenario, one)]
    agencies = {agency for one in links for agency in (*one.votes.asserted_by, *one.votes.against)}
    first = links[0].votes
    file = where(partnership, Kind.SCENARIO, scenario.id)
    place = file if len(links) > 1 else at(partnership, rows[0].place)
    signs = {(link.from_, link.to): link.sign for link in scenario.links}
    rest = len(links) - 1
    beside = f", and {counted(rest, 'other disputed link')} of that story" if rest else ""
    return LINK.finding(
        f"{named(partnership, first.against)} "
        f"{'disputes' if len(first.against) == 1 else 'dispute'} that "
        f"{claim(called, first.ends, signs[first.ends])}{beside}; much turns on it.",
        (Kind.SCENARIO, scenario.id),
        agencies=tuple(agencies),
        evidence=tuple(rows),
        remedy=(
            f"In {place}, write under the link's 'evidence' what would settle it; once it is settled, take "
            "the dispute out, or write the link as it was found."
        ),
        cleared_by=tuple(agencies),
    )


def _link_rows(
    partnership: Partnership, called: Mapping[str, str], scenario: Scenario, one: ContestedLink
) -> Iterator[Evidence]:
    place = partnership.part(Part.LINK, Kind.SCENARIO, scenario.id, *one.votes.ends)
    return (Evidence(place, text) for text in _link_said(partnership, called, scenario, one))


def _link_said(
    partnership: Partnership, called: Mapping[str, str], scenario: Scenario, one: ContestedLink
) -> Iterator[str]:
    votes = one.votes
    (link,) = (link for link in scenario.links if (link.from_, link.to) == votes.ends)
    answers = f"agree {len(votes.agree)}, disagree {len(votes.disagree)}, unsure {len(votes.unsure)}"
    voted = f" Votes: {answers}." if votes.agree or votes.disagree or votes.unsure else ""
    bears = f"'{partnership.outcome(one.bearing.outcome).name}'" if one.bearing.outcome else "no outcome"
    yield (
        f"{named(partnership, votes.asserted_by)} {'says' if len(votes.asserted_by) == 1 else 'say'} that "
        f"{claim(called, votes.ends, link.sign)}. Of "
        f"{one.bearing.of:,} links it is number {one.bearing.rank:,} by influence, on {bears}.{voted}"
    )
    for dispute in link.disputed:
        instead = f" and says that {claim(called, votes.ends, dispute.sign)}" if dispute.sign else ""
        yield f"{partnership.agency(dispute.by).name} does not agree{instead}: {dispute.says}"


def _points(share: float) -> str:
    points = round(share * 100, 1)
    return f"{points:g} {'point' if points == 1 else 'points'}"

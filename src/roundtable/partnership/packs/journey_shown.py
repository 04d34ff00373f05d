"""The citizen's way through the services, and where people fall through."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import plural
from roundtable.partnership.findings.journeys import Handover, bottleneck, where_people_fall_through
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.packs.material import Link, Material
from roundtable.partnership.packs.words import share_told


@dataclass(frozen=True)
class StepShown:
    """One step.

    Attributes:
        step: what happens.
        agency: who meets the person.
        service: by which service, if by one.
        facts: what has to be true, and how long people wait.
        falls: what goes wrong on the way here; empty where nothing is known to.
        quiet: what nobody has said or nobody is told.
    """

    step: str
    agency: Link
    service: str
    facts: tuple[str, ...]
    falls: tuple[str, ...]
    quiet: tuple[str, ...]


def steps(material: Material, scenario: Scenario) -> tuple[StepShown, ...]:
    """Every step of a journey, in order."""
    handed = {one.place: one for one in _handovers(material, scenario)}
    found = []
    for place, step in enumerate(scenario.journey, start=1):
        service = material.partnership.service(step.service).name if step.service else ""
        facts = []
        if step.threshold:
            level = f" (level {step.threshold_level})" if step.threshold_level else ""
            facts.append(f"Begins when: {step.threshold}{level}")
        if step.wait:
            facts.append(f"Wait: {step.wait}")
        if step.refers_at_level:
            facts.append(f"Passes people on from level {step.refers_at_level}")
        if step.feedback_to:
            facts.append(f"Word back to {material.agency(step.feedback_to).text}")
        handover = handed.get(place)
        found.append(
            StepShown(
                step.step,
                material.agency(step.agency),
                service,
                tuple(facts),
                _falls(material, handover),
                _quiet(handover),
            )
        )
    return tuple(found)


def summary(material: Material, scenario: Scenario) -> str:
    """Where people fall through, in a sentence or two."""
    found = _handovers(material, scenario)
    if not found:
        return ""
    unknown = sum(_nothing_known(one) for one in found)
    if unknown == len(found):
        which = "this handover" if unknown == 1 else f"any of these {unknown} handovers"
        return f"Nothing has been written about {which}, so nobody knows whether people fall through."
    broken = [one for one in found if one.broken]
    told = f"People fall through at {len(broken)} of {plural(len(found), 'handover')}."
    told += f" Nothing has been written about {unknown} of them." if unknown else ""
    narrow = bottleneck(material.study, scenario)
    if narrow is not None and narrow.met is not None and narrow.met < 1:
        met = share_told(narrow.met)
        told += f" The narrowest place is “{narrow.step}”, which can meet {met} of what is asked."
    return told


def _nothing_known(one: Handover) -> bool:
    """Whether nobody has said if referrals are taken, at which levels, or how much of the demand is met."""
    return one.accepted is None and one.gap is None and one.met is None


def _handovers(material: Material, scenario: Scenario) -> tuple[Handover, ...]:
    every = material.study.shared(where_people_fall_through)
    return tuple(one for one in every if one.scenario == scenario.id)


def _falls(material: Material, one: Handover | None) -> tuple[str, ...]:
    if one is None:
        return ()
    sender = material.partnership.agency(one.sender).name
    found = []
    if one.accepted is False:
        found.append(f"The service takes no referrals from {sender}.")
    if one.gap is not None and one.gap > 0:
        levels = plural(one.gap, "level")
        found.append(f"It begins {levels} above where {sender} passes people on; those between are lost.")
    if one.met is not None and one.met < 1:
        found.append(f"It can meet {share_told(one.met)} of what is asked of it.")
    return tuple(found)


def _quiet(one: Handover | None) -> tuple[str, ...]:
    if one is None or one.feedback or not one.across:
        return ()
    return ("Nobody is told what happened.",)

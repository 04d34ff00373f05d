"""Can we act? factor, running service, its provider's capability, and its capacity in the present period.

The answer is verified when the effect rests on a study: randomised, quasi-experimental or before and after.
"""

from __future__ import annotations

from roundtable.partnership.evidence import Evidence, evidence
from roundtable.partnership.joins.join import Join, Question
from roundtable.partnership.joins.services import Option, Room, options
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.service import EvidenceGrade
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import figure, listed

_STUDIED = frozenset(
    {EvidenceGrade.RANDOMISED, EvidenceGrade.QUASI_EXPERIMENTAL, EvidenceGrade.BEFORE_AND_AFTER}
)


def can_act(study: Study, need: DataNeed) -> Join:
    """Whether some running service that changes the need's factor is able, and has room now."""
    found = options(study, need.factor)
    label = study.partnership.factor(need.factor).label
    if not found:
        row = evidence(study.partnership, Kind.FACTOR, need.factor, f"No running service changes '{label}'.")
        return Join(Question.ACT, False, False, f"No running service changes '{label}'.", (row,))
    best = max(found, key=_ease)
    rows = tuple(_row(study, option) for option in found)
    verified = best.effect.evidence in _STUDIED
    return Join(Question.ACT, _able(best), verified, _why(study, best), rows)


def _ease(option: Option) -> tuple[bool, int, bool]:
    """How near a service is to acting: able before not, then free, unknown and full; the first by id wins."""
    room = (Room.FULL, Room.UNKNOWN, Room.FREE).index(option.room)
    return not option.missing, room, option.effect.evidence in _STUDIED


def _able(option: Option) -> bool:
    return not option.missing and option.room is Room.FREE


def _why(study: Study, option: Option) -> str:
    name = f"'{option.service.name}'"
    if option.missing:
        skills = listed(f"'{one.skill}' at level {one.level}" for one in option.missing)
        provider = study.partnership.agency(option.service.provider).name
        return f"{name} takes {skills}, which {provider} has not shown."
    match option.room:
        case Room.FREE:
            return f"{name} changes it, and has room."
        case Room.FULL:
            return f"{name} changes it, and has no room."
        case _:
            return f"{name} changes it, and nobody knows what room it has."


def _row(study: Study, option: Option) -> Evidence:
    size = option.effect.size
    change = "by an amount nobody knows" if isinstance(size, str) else f"by {figure(size)} a person served"
    missing = listed(f"'{one.skill}' at level {one.level} is not shown" for one in option.missing)
    text = (
        f"'{option.service.name}' changes it {change} (evidence: "
        f"{option.effect.evidence.replace('_', ' ')}); "
        f"room: {option.room}{'; ' + missing if missing else ''}."
    )
    return evidence(study.partnership, Kind.SERVICE, option.service.id, text)

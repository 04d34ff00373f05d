"""What beats every agreement: no-score zones, upheld objections and seals. Written here and nowhere else.

No file of a partnership opens any of them. A seal alone can be released, by a named post, for one thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.rules import Circumstance, Effect, Rule
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.zone import ZONES_IN_WORDS, Zone
from roundtable.partnership.no_score.fields import zone_of

#: What has to be possible whatever else holds: what is held must be erasable and kept in order.
_ALWAYS_POSSIBLE = frozenset({Action.ERASE, Action.ADMINISTER})
_EVERYTHING = tuple(action for action in Action if action not in _ALWAYS_POSSIBLE)
#: A record is still taken in: its seal or objection must meet it again, and it may serve another purpose.
_AFTER_THE_DOOR = tuple(action for action in _EVERYTHING if action is not Action.TAKE_IN)

SEAL = Rule(
    "seal",
    Effect.FORBID,
    "What is sealed is not linked, shown, exported or used until a named post releases it.",
    _AFTER_THE_DOOR,
    circumstance=Circumstance.SEALED,
)
OBJECTION = Rule(
    "upheld-objection",
    Effect.FORBID,
    "An objection to this purpose has been upheld, and it binds.",
    _AFTER_THE_DOOR,
    circumstance=Circumstance.OBJECTED,
)
#: Results that would fall in a zone, whatever they were made of.
RESULTS = tuple(
    Rule(
        f"no-score-zone: {zone}",
        Effect.FORBID,
        f"Nothing is scored, proposed, linked or shown that is about {ZONES_IN_WORDS[zone]}: "
        "that is a no-score zone, and no agreement opens it.",
        _EVERYTHING,
        zone=zone,
    )
    for zone in Zone
)
BEATS_ANY_PERMIT = (SEAL, OBJECTION, *RESULTS)


def forbidden_columns(dataset: Dataset) -> Iterator[Rule]:
    """One rule for each zone that columns of a table fall in."""
    for table in dataset.schema_:
        found: dict[Zone, list[str]] = {}
        for column in table.properties:
            zone = zone_of(column)
            if zone is not None:
                found.setdefault(zone, []).append(column.name)
        for zone, columns in sorted(found.items()):
            yield Rule(
                f"no-score-zone: {zone} in {dataset.id}/{table.name}",
                Effect.FORBID,
                f"It is about {ZONES_IN_WORDS[zone]}: that is a no-score zone, and no agreement lets such a "
                "column in.",
                _EVERYTHING,
                dataset=dataset.id,
                table=table.name,
                columns=tuple(sorted(columns)),
            )

"""For which purposes records of people may be linked: an agreement must reach that far up the ladder."""

from __future__ import annotations

from roundtable.governance.policy.actions import RUNG_NEEDED, Action
from roundtable.governance.policy.explaining import grants_of
from roundtable.governance.policy.standing import rung_of
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership

#: What stands before the canonical column of somebody's name or number.
PERSON = "person."


def linked_purposes(partnership: Partnership) -> tuple[Purpose, ...]:
    """The purposes for which some agreement, whatever its dates, lets records of people be linked, in order.

    Whether it does today, and which columns, is asked again for each of them.
    """
    needed, people = RUNG_NEEDED[Action.LINK], _tables_of_people(partnership)
    far_enough = [one for one in partnership.agreements if rung_of(partnership, one) >= needed]
    found = {purpose for one in far_enough if _grants_people(one, people) for purpose in one.purposes}
    return tuple(sorted(found))


def _tables_of_people(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        (dataset.id, table.name)
        for dataset in partnership.datasets
        for table in dataset.schema_
        if any((column.terms.canonical or "").startswith(PERSON) for column in table.properties)
    ]


def _grants_people(agreement: Agreement, tables: list[tuple[str, str]]) -> bool:
    return any(grants_of(agreement, dataset, table) for dataset, table in tables)

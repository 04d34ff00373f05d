"""The words of `roundtable policy --ask` made into a question, or all that is wrong with them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.governance.clock import trusted_clock
from roundtable.governance.policy import principals
from roundtable.governance.policy.actions import BY_THE_HOUSE, Action
from roundtable.governance.policy.question import Question
from roundtable.partnership.model.contract import Dataset, Table
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest


def question_from(
    partnership: Partnership,
    action: str,
    by: str,
    of: str | None,
    columns: str | None,
    purpose: str | None,
    at: str | None,
) -> Question:
    """The question.

    Raises:
        SettingUnusable: something is missing, or there is no such action, post, dataset, column or purpose.
    """
    doing = Action(_one_of("--ask", action, [one.value for one in Action]))
    who = principals.named(partnership, by)
    if of is None:
        raise _unusable("--of", "no dataset is named", "Write --of DATASET, or --of DATASET/TABLE.")
    name, _, table_name = of.partition("/")
    dataset = known_dataset(partnership, name)
    table = _table(dataset, table_name)
    if doing in BY_THE_HOUSE:
        return Question(who, doing, dataset.id, table.name, (), None, _day(at))
    purposes = [one.value for one in Purpose]
    if purpose is None:
        raise _unusable("--for", "no purpose is named", f"Write --for with one of {_listed(purposes)}.")
    wanted = Purpose(_one_of("--for", purpose, purposes))
    known = [column.name for column in table.properties]
    asked = [part.strip() for part in columns.split(",") if part.strip()] if columns else known
    named = tuple(dict.fromkeys(_one_of("--columns", column, known) for column in asked))
    return Question(who, doing, dataset.id, table.name, named, wanted, _day(at))


def known_dataset(partnership: Partnership, name: str) -> Dataset:
    """The dataset of that id.

    Raises:
        SettingUnusable: there is none.
    """
    return partnership.dataset(_one_of("dataset", name, [one.id for one in partnership.datasets]))


def known_agreement(partnership: Partnership, name: str) -> str:
    """The id, where there is such an agreement.

    Raises:
        SettingUnusable: there is none.
    """
    return _one_of("--agreement", name, [one.id for one in partnership.agreements])


def _table(dataset: Dataset, name: str) -> Table:
    names = [table.name for table in dataset.schema_]
    if not name and len(names) != 1:
        several = f"Write --of {dataset.id}/TABLE, with one of {_listed(names)}."
        raise _unusable("--of", f"'{dataset.id}' has {len(names)} tables", several)
    wanted = _one_of("--of", name or names[0], names)
    return next(table for table in dataset.schema_ if table.name == wanted)


def _day(text: str | None) -> date:
    if text is None:
        return trusted_clock().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _unusable("--at", f"'{text}' is not a day", "Write the day as 2026-06-01.") from None


def _one_of(option: str, text: str, known: Collection[str]) -> str:
    if text in known:
        return text
    near = nearest(text, known)
    hint = f"Did you mean '{near}'? " if near else ""
    raise _unusable(option, f"there is no '{text}'", f"{hint}There are: {_listed(known)}.")


def _listed(known: Collection[str]) -> str:
    return ", ".join(sorted(known)) or "none"


def _unusable(option: str, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place(option), "option-unusable", what, remedy))

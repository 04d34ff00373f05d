"""A new scenario in a partnership that stands already: a file that loads, and the sheet for the day."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.agency import AgencyKind
from roundtable.partnership.model.strict import ID_PATTERN
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.partnership.new_folder import filled

TEMPLATE = Path(__file__).parent / "template_scenario"


def new_scenario(folder: Path, scenario: str, *, title: str, lead: str, outcome: str) -> tuple[Path, ...]:
    """Write a scenario to be filled in, and the facilitator's sheet beside it.

    Args:
        folder: the partnership folder, which must be without a fault.
        scenario: the id of the new scenario.
        title: what it is called.
        lead: the agency that looks after it.
        outcome: the outcome that it is about.

    Returns:
        The two files written.

    Raises:
        PartnershipUnusable: the folder cannot be used as it stands.
        SettingUnusable: the id is taken or is none, or the agency or the outcome does not exist.
    """
    partnership = load_partnership(folder)
    _refuse(partnership, scenario, title, lead, outcome)
    words = {
        "id": scenario,
        "title": json.dumps(title.strip(), ensure_ascii=False),
        "words": title.strip(),
        "lead": lead,
        "outcome": outcome,
        "on": _on(partnership.charter.as_of),
    }
    targets = (folder / "scenarios" / f"{scenario}.yaml", folder / "scenarios" / f"{scenario}.md")
    targets[0].parent.mkdir(exist_ok=True)
    for source, target in zip(("scenario.yaml", "sheet.md"), targets, strict=True):
        text = (TEMPLATE / source).read_text(encoding="utf-8")
        target.write_text(filled(text, words), encoding="utf-8")
    return targets


def _on(day: date) -> str:
    return day.isoformat()


def _refuse(partnership: Partnership, scenario: str, title: str, lead: str, outcome: str) -> None:
    problems = []
    if not re.match(ID_PATTERN, scenario):
        what = f"'{scenario}' is not an id"
        problems.append(_problem("--scenario", what, "Use letters, digits and hyphens: winter-deaths."))
    elif any(one.id == scenario for one in partnership.scenarios):
        what = f"there is a scenario '{scenario}' already"
        problems.append(_problem("--scenario", what, "Give the new one another id."))
    if not title.strip() or not title.isprintable():
        problems.append(_problem("--title", "a scenario needs a title, on one line", "Give it one."))
    at_the_table = [one.id for one in partnership.agencies if one.kind is not AgencyKind.PUBLISHER]
    for option, noun, given, known in (
        ("--lead", "agency", lead, at_the_table),
        ("--outcome", "outcome", outcome, [one.id for one in partnership.charter.outcomes]),
    ):
        if given not in known:
            near = nearest(given, known) if given else None
            remedy = f"Did you mean '{near}'?" if near else f"There are: {', '.join(known) or 'none yet'}."
            at = " at the table" if noun == "agency" else ""
            what = f"there is no {noun} '{given}'{at}"
            problems.append(_problem(option, what if given else f"the {noun} is missing", remedy))
    if problems:
        raise SettingUnusable(problems)


def _problem(option: str, what: str, remedy: str) -> Problem:
    return Problem(Place(option), "scenario", what, remedy)

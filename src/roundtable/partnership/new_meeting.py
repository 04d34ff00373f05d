"""A file for the next meeting: what is still to be decided and done, ready to be answered at the table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.meeting import Action, DecisionWanted, Meeting
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import day


def new_meeting(folder: Path, on: date) -> Path:
    """Write the file of a meeting, with what waits for it as comments to be turned into answers.

    Args:
        folder: the partnership folder, which must be without a fault.
        on: the day of the meeting, which is also its id.

    Returns:
        The file written.

    Raises:
        PartnershipUnusable: the folder cannot be used as it stands.
        SettingUnusable: there is a meeting of that id already.
    """
    partnership = load_partnership(folder)
    target = folder / "meetings" / f"{on.isoformat()}.yaml"
    if target.exists() or any(meeting.id == on.isoformat() for meeting in partnership.meetings):
        what = f"there is a meeting '{on.isoformat()}' already"
        raise SettingUnusable(Problem(Place(str(target)), "meeting", what, "Write into that one."))
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(_lines(partnership, on)) + "\n", encoding="utf-8")
    return target


def wanted(partnership: Partnership) -> list[tuple[Meeting, DecisionWanted]]:
    """Decisions that a meeting asked for and none has given, the soonest first."""
    given = {decision.id for meeting in partnership.meetings for decision in meeting.decisions}
    asked = ((meeting, one) for meeting in partnership.meetings for one in meeting.wanted)
    return sorted(
        (pair for pair in asked if pair[1].id not in given), key=lambda pair: (pair[1].by, pair[1].id)
    )


def unfinished(partnership: Partnership) -> list[Action]:
    """Actions that nobody has done, the soonest due first."""
    every = (action for meeting in partnership.meetings for action in meeting.actions)
    return sorted((one for one in every if one.done_on is None), key=lambda one: (one.due, one.id))


def _lines(partnership: Partnership, on: date) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../.schemas/meeting.json"
    yield f"id: {on.isoformat()}"
    yield f"title: Round table of {day(on)}"
    yield f"on: {on.isoformat()}"
    yield "attended: []"
    yield "decisions: []"
    yield from _questions(partnership)
    yield "actions: []"
    yield from _open_actions(partnership)
    yield "accepted: []"


def _questions(partnership: Partnership) -> Iterator[str]:
    asked = wanted(partnership)
    if asked:
        yield "# Wanted of posts. Take out the [] above, and the # of each as it is answered:"
    for _, one in asked:
        yield f"#  - id: {one.id}"
        yield f"#    question: {json.dumps(one.question, ensure_ascii=False)}"
        yield "#    verdict: agreed, refused or deferred"
        yield "#    reason: why"
        yield f"#    by: {one.of}  # asked by {one.by.isoformat()}"
        about = {key: ids for key, ids in one.concerning.model_dump().items() if ids}
        if about:
            listed = ", ".join(f"{key}: [{', '.join(ids)}]" for key, ids in about.items())
            yield f"#    concerning: {{{listed}}}"


def _open_actions(partnership: Partnership) -> Iterator[str]:
    still = unfinished(partnership)
    if still:
        yield "# Still open. When one is done, write its 'done_on' where it stands:"
    for one in still:
        place = Path(partnership.place(Kind.ACTION, one.id).file).name
        yield f"#  {one.due.isoformat()}  {one.owner}: {one.what} ({one.id}, {place})"

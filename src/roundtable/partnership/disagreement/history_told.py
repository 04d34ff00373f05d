"""Who said what when, as a table reads it: day by day, and on a day scenario by scenario."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from roundtable.partnership.disagreement.history import Remark
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.wording import day


def told_history(
    partnership: Partnership, remarks: Sequence[Remark], agency: str | None = None
) -> tuple[Part, ...]:
    """What was said, the oldest first; of one agency, by its id, where it is given."""
    if not remarks:
        who = "No agency" if agency is None else partnership.agency(agency).name
        said = f"{who} has {'' if agency is None else 'not '}said anything of a scenario or its map."
        return (Part("Who said what when", before=(said,)),)
    return tuple(
        Part(
            f"{day(on)}: '{partnership.scenario(scenario).title}'",
            tuple(Point(remark.words) for remark in said),
        )
        for (on, scenario), said in groupby(remarks, key=lambda one: (one.on, one.scenario))
    )

"""What became of two maps made one, in plain words."""

from __future__ import annotations

from roundtable.partnership.disagreement.merging import Merged
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.wording import counted


def told_merged(merged: Merged, other: Scenario) -> tuple[Part, ...]:
    """What was taken as what, and what the two maps differ on."""
    held = (
        f"{counted(len(merged.scenario.factors), 'factor')} and "
        f"{counted(len(merged.scenario.links), 'link')} together. The folder is as it was."
    )
    differ = len(merged.conflicts)
    conflicts = "They differ on no link that both have."
    if differ:
        kept = "It stays" if differ == 1 else "They stay"
        conflicts = (
            f"They differ on {counted(differ, 'link')}. {kept} as the first has it; the second's agencies "
            "stand beside it as disputing it, and nothing is averaged."
        )
    return (
        Part(
            f"'{merged.scenario.title}' with the map of '{other.title}'",
            tuple(Point(said) for said in merged.said),
            (held,),
            (conflicts,),
        ),
    )

"""Two scenarios' maps made one by a confirmed matching file, and written for another tool."""

from __future__ import annotations

from dataclasses import replace as replaced
from pathlib import Path

from roundtable.errors import ForeignFileUnusable, PartnershipUnusable, Place
from roundtable.partnership.disagreement.merging import Merged, merge
from roundtable.partnership.exchange.exporting import Exported, export_map
from roundtable.partnership.exchange.merging_file import read_matches
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.whole import Partnership


def merge_by_file(kept: Scenario, other: Scenario, path: Path) -> Merged:
    """The second map added to the first, as the matching file says.

    Raises:
        ForeignFileUnusable: the file cannot be read, or what it says cannot be.
    """
    matching = read_matches(path, kept, other)
    try:
        return merge(kept, other, matching, Place(str(path)))
    except PartnershipUnusable as error:
        raise ForeignFileUnusable(error.problems) from None


def export_merged(partnership: Partnership, merged: Merged, to: Path, *, replace: bool = False) -> Exported:
    """Write the merged map; links on which the two differ bear who disputes them.

    The second scenario stays known, for other maps may name its factors; only the merged one is written.

    Raises:
        SettingUnusable: no such format, or the file cannot be written there.
        DiskFull: there is no room.
    """
    scenario = merged.scenario
    scenarios = tuple(scenario if one.id == scenario.id else one for one in partnership.scenarios)
    whole = replaced(partnership, scenarios=scenarios)
    return export_map(whole, to, scenario=scenario.id, replace=replace)

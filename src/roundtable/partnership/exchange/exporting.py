"""`map`: the partnership's causal map, or a part of it, into a file of another tool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.exchange.csv_tables import FACTORS_FILE, LINKS_FILE
from roundtable.partnership.exchange.formats import PICTURE, format_of, write_files, write_map
from roundtable.partnership.exchange.of_partnership import chosen_map, map_of
from roundtable.partnership.exchange.writing import refuse_ending_alone, refuse_unfit
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import counted


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes:
        summary: in one sentence.
        losses: what the format does not hold of it, in sentences.
    """

    summary: str
    losses: tuple[str, ...]


def export_map(
    partnership: Partnership,
    path: Path,
    *,
    scenario: str | None = None,
    agency: str | None = None,
    replace: bool = False,
) -> Exported:
    """Write the map in the format that the file's name says.

    Args:
        partnership: what is agreed.
        path: the file to write.
        scenario: the id of one scenario; None for all together.
        agency: the id of an agency, for the map as it holds it.
        replace: whether a file that stands there may be written over.

    Raises:
        SettingUnusable: no such scenario, agency or format, an empty map, or the file cannot be written.
        DiskFull: there is no room.
    """
    refuse_ending_alone(path)
    table = path.suffix.casefold() == ".csv" or not path.suffix
    targets = [path / name for name in (FACTORS_FILE, LINKS_FILE)] if table else [path]
    refuse_unfit(path, partnership.folder, files=targets, replace=replace)
    causal = chosen_map(partnership, scenario, agency)
    name = path.name.casefold()
    title = _title(partnership, scenario, agency)
    if name.endswith(PICTURE.endings):
        losses = _draw(causal, title, path, replace)
    else:
        map = map_of(partnership, causal, title)
        losses = write_map(map, path, replace=replace)
    format_name = "two CSV tables" if table else format_of(path, reading=False).name
    held = f"{counted(len(causal.nodes), 'factor')} and {counted(len(causal.edges), 'link')}"
    return Exported(f"{path}: {held}, as {format_name}.", losses)


def _draw(causal: CausalMap, title: str, path: Path, replace: bool) -> tuple[str, ...]:
    from roundtable.partnership.causal.loops import loop_register, telling_first
    from roundtable.partnership.drawing import draw_map

    loops = telling_first(loop_register(causal).loops)
    write_files({path: draw_map(causal, title=title, loops=loops).encode()}, replace=replace)
    return ("SVG is a picture: it cannot be read back as a map.",)


def _title(partnership: Partnership, scenario: str | None, agency: str | None) -> str:
    scenarios = {one.id: one.title for one in partnership.scenarios}
    title = partnership.charter.name if scenario is None else scenarios[scenario]
    return title if agency is None else f"{title}, as {partnership.agency(agency).name} holds it"

"""`map import`: a file of another tool into a new scenario of a partnership, or a matching file first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from roundtable.errors import PartnershipUnusable, Place, Problem, SettingUnusable
from roundtable.partnership.exchange.foreign_map import Heading
from roundtable.partnership.exchange.formats import read_map, write_files
from roundtable.partnership.exchange.into_scenario import Brought, Taking
from roundtable.partnership.exchange.matching import Known, proposed, undecided
from roundtable.partnership.exchange.matching_file import matching_file, read_matching
from roundtable.partnership.exchange.trial import problems_if
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.strict import ID_PATTERN
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import perhaps

SCENARIOS = "scenarios"
_SCHEMA = "# yaml-language-server: $schema=../.schemas/scenario.json\n"
#: Mappings that stand on one line, as people write them by hand.
_ON_ONE_LINE = frozenset({"asserted", "strength", "population"})


@dataclass(frozen=True)
class TakenIn:
    """What came of it.

    Attributes:
        written: the new scenario's file, or the matching file.
        complete: whether it is the scenario.
        said: what was not kept and what is to be looked at, in sentences.
    """

    written: Path
    complete: bool
    said: tuple[str, ...]


def take_in(path: Path, folder: Path, brought: Brought, matches: Path | None = None) -> TakenIn:
    """Take a map into a partnership.

    Args:
        path: the file of the other tool.
        folder: the partnership's folder; it is loaded first and must be without a fault.
        brought: who brings the map, and as which scenario.
        matches: the matching file; beside the map unless it is given. It is read where it stands, and
            written where it does not and there is something to decide.

    Raises:
        PartnershipUnusable: the folder cannot be used, as it is or as it would be.
        SettingUnusable: the scenario's id or the agency will not do, or the scenario stands there already.
        ForeignFileUnusable: the map or the matching file cannot be used; nothing was written.
    """
    partnership = load_partnership(folder)
    target = folder / SCENARIOS / f"{brought.scenario}.yaml"
    _refuse(partnership, brought, target)
    map = read_map(path)
    known = Known.of(partnership)
    decided = matches or path.with_name(f"{path.name}.matches.yaml")
    if decided.exists():
        matching = read_matching(decided, map, known)
    else:
        matching = proposed(map, known, path.name)
        open_questions = tuple(undecided(map, matching))
        if open_questions:
            undirected = any(link.heading is Heading.UNDIRECTED for link in map.links)
            write_files({decided: matching_file(matching, open_questions, undirected)}, replace=False)
            return TakenIn(decided, False, (*map.said, *open_questions))
    taking = Taking(map, matching, known, brought)
    scenario = taking.scenario()
    inside = f"{SCENARIOS}/{target.name}"
    problems = problems_if(folder, {inside: _plain(scenario)})
    if problems:
        raise PartnershipUnusable(problems)
    said = (*map.said, *taking.said)
    write_files({target: scenario_file(scenario, said)}, replace=False)
    return TakenIn(target, True, said)


def scenario_file(scenario: Mapping[str, Any], said: tuple[str, ...]) -> bytes:
    """The file of a new scenario as people write them, with what was said of the map above it."""
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = 1_000
    # A day that stands in many places is written in each.
    writer.representer.ignore_aliases = lambda _: True
    writer.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    writer.dump(_laid_out(scenario), text)
    told = "".join(f"# - {' '.join(sentence.split())}\n" for sentence in said)
    head = f"# Taken in from a map. What was said of it on the way:\n{told}" if said else ""
    return f"{_SCHEMA}{head}{text.getvalue()}".encode()


def _laid_out(value: Any, key: str = "") -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, Mapping):
        mapping = CommentedMap((name, _laid_out(item, name)) for name, item in value.items())
        if key in _ON_ONE_LINE:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        items = CommentedSeq([_laid_out(item) for item in value])
        if key in ("by", "outcomes"):
            items.fa.set_flow_style()
        return items
    return value


def _plain(value: Any) -> Any:
    """The value as JSON can say it: days as text."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float) or value is None else str(value)


def _refuse(partnership: Partnership, brought: Brought, target: Path) -> None:
    agencies = {one.id for one in partnership.agencies}
    problems = []
    if brought.by not in agencies:
        near = perhaps(nearest(brought.by, sorted(agencies)))
        what = f"there is no agency '{brought.by}', which should say what the map says"
        problems.append(_problem("--by", what, f"{near}There are: {', '.join(sorted(agencies))}."))
    if not re.fullmatch(ID_PATTERN, brought.scenario) or len(brought.scenario) > 80:
        what = f"'{brought.scenario}' cannot be the id of a scenario"
        remedy = "Write letters, digits and hyphens, such as 'winter-homeless'."
        problems.append(_problem("--scenario", what, remedy))
    standing = target.exists() or target.with_suffix(".yml").exists()
    if standing or brought.scenario in {one.id for one in partnership.scenarios}:
        what = f"there is a scenario '{brought.scenario}' already, and it was left as it is"
        remedy = "Give another id; what both say can be put together by hand."
        problems.append(_problem("--scenario", what, remedy))
    if problems:
        raise SettingUnusable(problems)


def _problem(option: str, what: str, remedy: str) -> Problem:
    return Problem(Place("command line", key=option), "map-import", what, remedy)

"""The matching file of two scenarios: which factor of the second is which of the first, as people decided.

It is written once with what is likely and nothing decided, and read as what somebody decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import Field

from roundtable.errors import ForeignFileUnusable, PartnershipUnusable, Problem
from roundtable.partnership.complaints import as_model
from roundtable.partnership.disagreement.merging import Candidate
from roundtable.partnership.exchange.reading_bytes import read_whole
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Strict, Text
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import perhaps
from roundtable.partnership.yaml_source import Source, read_yaml

_HEAD = """\
# Which factor of the map 'other' is which factor of the map 'kept'. Nothing is decided yet: fill in
# 'same_as' or 'new' for each factor, save this as a file, and give it as --matches.
#
# same_as   the id of the factor of 'kept' that it is
# new       true where it is none of them
# perhaps   what is called something like it, the likeliest first; nothing is made of it
"""


class Match(Strict):
    """What one factor of the second map is."""

    factor: Text = Field(description="Its id in the second map.")
    label: Text | None = None
    same_as: Text | None = Field(
        default=None, description="The id of the factor of the first map that it is."
    )
    new: bool | None = Field(default=None, description="true where it is none of them.")
    perhaps: tuple[Text, ...] = ()


class Matches(Strict):
    """A matching file of two scenarios."""

    kept: Text
    other: Text
    factors: tuple[Match, ...] = ()


def matches_file(kept: Scenario, other: Scenario, likely: Sequence[Candidate]) -> str:
    """The file as it is written for people: every factor of the second map, none of them decided."""
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = 1_000
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.allow_unicode = True
    text = StringIO()
    writer.dump(_values(kept, other, likely), text)
    return f"{_HEAD}{text.getvalue()}"


def read_matches(path: Path, kept: Scenario, other: Scenario) -> Mapping[str, str]:
    """What somebody decided: for each matched factor of the second map its id to the first's.

    Raises:
        ForeignFileUnusable: the file cannot be read, is of other scenarios, names what is not there, or
            leaves a factor undecided; each with its line.
    """
    try:
        source = read_yaml(read_whole(path), str(path))
    except PartnershipUnusable as error:
        raise ForeignFileUnusable(error.problems) from None
    model, problems = as_model(source, (Matches,))
    if isinstance(model, Matches) and not source.problems:
        problems = [*_other_scenarios(model, source, kept, other), *_unfit(model, source, kept, other)]
    if problems or source.problems or not isinstance(model, Matches):
        raise ForeignFileUnusable([*source.problems, *problems])
    return {one.factor: one.same_as for one in model.factors if one.same_as is not None}


def _values(kept: Scenario, other: Scenario, likely: Sequence[Candidate]) -> dict[str, Any]:
    factors = []
    for factor in other.factors:
        entry: dict[str, Any] = {"factor": factor.id, "label": factor.label, "same_as": None, "new": None}
        near = [one.kept for one in likely if one.other == factor.id]
        if near:
            entry["perhaps"] = near
        factors.append(entry)
    return {"kept": kept.id, "other": other.id, "factors": factors}


def _other_scenarios(model: Matches, source: Source, kept: Scenario, other: Scenario) -> Iterator[Problem]:
    for key, written, meant in (("kept", model.kept, kept.id), ("other", model.other, other.id)):
        if written != meant:
            what = f"the file is of '{written}', and '{meant}' was asked for"
            remedy = f"Give the file of these two scenarios: --merge {model.kept} {model.other}."
            yield Problem(source.place((key,)), "other-scenario", what, remedy)


def _unfit(model: Matches, source: Source, kept: Scenario, other: Scenario) -> Iterator[Problem]:
    ours, theirs = {one.id for one in kept.factors}, {one.id for one in other.factors}
    seen: set[str] = set()
    for i, one in enumerate(model.factors):
        if one.factor not in theirs or one.factor in seen:
            word = "stands twice here" if one.factor in seen else f"is no factor of '{other.id}'"
            near = perhaps(nearest(one.factor, sorted(theirs - seen)))
            place = source.place(("factors", i, "factor"))
            yield Problem(place, "no-such-factor", f"'{one.factor}' {word}", f"{near}Or delete the entry.")
        elif (one.same_as is None) == (not one.new):
            what = f"nobody has said what '{one.factor}' is" if not one.new else f"'{one.factor}' is both"
            remedy = "Fill in the id under 'same_as', or write 'new: true', and not both."
            yield Problem(source.place(("factors", i)), "match-not-said", what, remedy)
        if one.same_as is not None and one.same_as not in ours:
            near = perhaps(nearest(one.same_as, sorted(ours)))
            what = f"'{kept.id}' has no factor '{one.same_as}'"
            remedy = f"{near}Write 'new: true' where it is none of them."
            yield Problem(source.place(("factors", i, "same_as")), "dangling-reference", what, remedy)
        seen.add(one.factor)
    for factor in sorted(theirs - seen):
        what = f"nobody has said what '{factor}' is: it is not in the file"
        remedy = f"Add '- factor: {factor}' with 'same_as' or 'new: true'."
        yield Problem(source.place(("factors",)), "match-not-said", what, remedy)

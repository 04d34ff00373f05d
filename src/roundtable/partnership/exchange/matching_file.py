"""The matching file: written once for somebody to look through, then read as what they decided."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from roundtable.errors import ForeignFileUnusable, PartnershipUnusable, Place, Problem
from roundtable.partnership.complaints import as_model
from roundtable.partnership.exchange.foreign_map import ForeignMap
from roundtable.partnership.exchange.matching import FactorMatch, Known, Matching
from roundtable.partnership.exchange.reading_bytes import read_whole
from roundtable.partnership.model.causal import FactorKind
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import perhaps
from roundtable.partnership.yaml_source import Source, read_yaml

_HEAD = """\
# What each factor of a map is in this partnership. Look it through, change what is not so, and run
# `roundtable map import` again: nothing has been taken in yet.
#
# same_as   the id of the factor or outcome that it is; leave it empty for a new factor
# perhaps   what is here and is called something like it; only 'same_as' decides
# outcome   the id of the outcome that it is, where the map draws an outcome; add a new one to 'outcomes' in
#           partnership.yaml first: an outcome needs more than a label
# id, kind  of a new factor; kind is {kinds}
# kinds     says the kind of all factors that the tool gives that kind or style
"""


def matching_file(matching: Matching, undecided: Iterable[str], undirected: bool) -> bytes:
    """The file as it is written for people.

    Args:
        matching: what is proposed.
        undecided: what is to be looked at, in sentences.
        undirected: whether some links do not say which way they point.
    """
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = 1_000
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.allow_unicode = True
    text = StringIO()
    writer.dump(_values(matching, undirected), text)
    head = _HEAD.format(kinds=", ".join(FactorKind))
    todo = "".join(f"# - {sentence}\n" for sentence in undecided)
    return f"{head}#\n{todo}{text.getvalue()}".encode()


def read_matching(path: Path, map: ForeignMap, known: Known) -> Matching:
    """What somebody decided.

    Raises:
        ForeignFileUnusable: the file cannot be read, or names what is not there, each with its line.
    """
    file = str(path)
    try:
        source = read_yaml(read_whole(path), file)
    except PartnershipUnusable as error:
        raise ForeignFileUnusable(error.problems) from None
    model, problems = as_model(source, (Matching,))
    if isinstance(model, Matching) and not source.problems:
        problems = list(_not_there(model, source, map, known))
    if problems or source.problems or not isinstance(model, Matching):
        raise ForeignFileUnusable([*source.problems, *problems])
    return model.with_outcomes()


def _values(matching: Matching, undirected: bool) -> dict[str, Any]:
    values: dict[str, Any] = {"map": matching.map, "outcomes": list(matching.outcomes)}
    if undirected:
        values["undirected"] = None
    values["kinds"] = [
        {"called": one.called, "kind": one.kind.value if one.kind else None} for one in matching.kinds
    ]
    values["factors"] = []
    for one in matching.factors:
        entry: dict[str, Any] = {"factor": one.factor, "label": one.label, "same_as": one.same_as}
        if one.same_as is None:
            entry["outcome"] = None
        if one.perhaps:
            entry["perhaps"] = list(one.perhaps)
        if one.id is not None:
            entry["id"] = one.id
        entry["kind"] = one.kind.value if one.kind else None
        values["factors"].append(entry)
    return values


def _not_there(matching: Matching, source: Source, map: ForeignMap, known: Known) -> Iterable[Problem]:
    ids = {factor.id.strip() for factor in map.factors}
    seen: set[str] = set()
    for i, one in enumerate(matching.factors):
        if one.factor not in ids or one.factor in seen:
            word = "stands twice here" if one.factor in seen else "is not in the map"
            place = source.place(("factors", i, "factor"))
            remedy = "Delete the entry, or see that it is this map's matching file."
            yield Problem(place, "no-such-factor", f"the factor '{one.factor}' {word}", remedy)
        seen.add(one.factor)
        if one.same_as is not None and one.same_as not in known.labels:
            place = source.place(("factors", i, "same_as"))
            near = perhaps(nearest(one.same_as, list(known.labels)))
            what = f"there is no factor or outcome '{one.same_as}' in the partnership"
            yield Problem(place, "dangling-reference", what, f"{near}Leave it empty for a new factor.")
        yield from _of_outcome(one, source.place(("factors", i, "outcome")), known)
    for i, outcome in enumerate(matching.outcomes):
        if outcome not in known.outcomes:
            near = perhaps(nearest(outcome, sorted(known.outcomes)))
            what = f"there is no outcome '{outcome}' in the partnership"
            remedy = f"{near}There are: {', '.join(sorted(known.outcomes)) or 'none'}."
            yield Problem(source.place(("outcomes", i)), "dangling-reference", what, remedy)


def _of_outcome(one: FactorMatch, place: Place, known: Known) -> Iterable[Problem]:
    if one.outcome is None:
        return
    if one.outcome not in known.outcomes:
        near = perhaps(nearest(one.outcome, sorted(known.outcomes)))
        what = f"there is no outcome '{one.outcome}' in the partnership"
        remedy = (
            f"{near}Add a new one to 'outcomes' in partnership.yaml first, with its direction and indicator; "
            "or leave it empty, and give the factor a kind."
        )
        yield Problem(place, "dangling-reference", what, remedy)
    elif one.same_as is not None and one.same_as != one.outcome:
        what = f"it is said to be the outcome '{one.outcome}' and the same as '{one.same_as}'"
        yield Problem(place, "two-things", what, "Keep one of the two, and empty the other.")

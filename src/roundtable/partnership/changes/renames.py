"""Ids that people say have changed. Nothing is taken for renamed unless somebody says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.model.strict import Kind

#: For each kind and old id, the new id.
Renames = Mapping[tuple[Kind, str], str]
_FORM = "Write it as kind:old=new, for example agency:county-council=north-council."


def read_renames(texts: Iterable[str]) -> Renames:
    """What `--renamed` says: `agency:old=new`, once for each thing renamed.

    Raises:
        SettingUnusable: with every text that does not have that form, or says two things of one id.
    """
    found: dict[tuple[Kind, str], str] = {}
    problems = []
    for text in texts:
        kind, _, ids = text.partition(":")
        old, _, new = ids.partition("=")
        if kind not in set(Kind) or not old or not new:
            problems.append(_problem(f"'{text}' does not say what was renamed", _FORM))
        elif found.setdefault((Kind(kind), old), new) != new or _taken(found, Kind(kind), old, new):
            remedy = "Say of each id once what it became, and of no two that they became the same."
            problems.append(_problem(f"'{text}' contradicts another --renamed", remedy))
    if problems:
        raise SettingUnusable(problems)
    return found


def _taken(found: Renames, kind: Kind, old: str, new: str) -> bool:
    return any(key != (kind, old) and key[0] is kind and other == new for key, other in found.items())


def _problem(what: str, remedy: str) -> Problem:
    return Problem(Place("--renamed"), "not-a-rename", what, remedy)

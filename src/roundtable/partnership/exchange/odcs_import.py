"""A data contract of somebody else's tool, taken in as a dataset of the partnership.

What Roundtable must know and the contract does not say is taken from the options or listed as missing.
The names of a contract's team are left out: no person's name stands in the folder.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roundtable.errors import ForeignFileUnusable, Problem
from roundtable.partnership.complaints import as_model
from roundtable.partnership.exchange.faults import Faults, unusable
from roundtable.partnership.exchange.foreign_text import read_source
from roundtable.partnership.exchange.plan import Edit, Plan, contents_of
from roundtable.partnership.exchange.trial import problems_if
from roundtable.partnership.file_kinds import FileKind
from roundtable.partnership.folder import read_bytes, survey
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.contract_terms import Subjects
from roundtable.partnership.model.strict import ID_PATTERN
from roundtable.partnership.yaml_source import Source, read_yaml

#: The versions whose contracts are contracts of 3.1 too, once the version is changed.
_READ = ("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0")
_FORM = re.compile(r"v?\d+\.\d+\.\d+")
_WANTED = ("createdBy", "steward", "keys", "securityClassification")


@dataclass(frozen=True)
class Completion:
    """What the person who takes a contract in says of it, where the contract does not."""

    created_by: str | None = None
    subjects: Subjects | None = None


def plan_odcs(path: Path, folder: Path, completion: Completion) -> Plan:
    """Work out what taking in a contract would change.

    Args:
        path: the contract, YAML or JSON.
        folder: a partnership folder.
        completion: what the contract itself does not say.

    Raises:
        PartnershipUnusable: the folder has problems of its own.
        ForeignFileUnusable: the file is no contract that can be taken in; every reason at once.
    """
    load_partnership(folder)
    source = read_source(path)
    _refuse_other_kinds(source, path)
    told = _taken_over(source.value)
    _complete(source, completion, path)
    model, problems = as_model(source, (Dataset,))
    if model is None:
        raise ForeignFileUnusable([_in_foreign_words(problem) for problem in problems])
    edit = _edit(folder, source.value)
    found = problems_if(folder, {edit.inside: edit.then})
    if found:
        raise ForeignFileUnusable([_at(source, problem, edit.inside) for problem in found])
    changes = tuple(edit.changes())
    contents = contents_of([edit]) if changes else {}
    return Plan(folder, changes, (), contents, (*told, *_still_missing(source.value, edit.inside)))


def _refuse_other_kinds(source: Source, path: Path) -> None:
    value = source.value
    if not isinstance(value, dict) or "apiVersion" not in value:
        if isinstance(value, dict) and "dataContractSpecification" in value:
            what = "this is a contract of the older Data Contract Specification, not of ODCS"
            remedy = "Turn it into ODCS first: datacontract export --format odcs."
            raise unusable(str(path), "other-version", what, remedy)
        what = "this is no contract of the Open Data Contract Standard: it has no 'apiVersion'"
        raise unusable(str(path), "not-odcs", what, "Give a file that begins with 'apiVersion: v3.1.0'.")
    version, kind = value["apiVersion"], value.get("kind")
    faults = Faults(str(path))
    if version not in _READ:
        what = f"the contract is of version '{version}', and versions {', '.join(sorted(_READ))} are read"
        older = isinstance(version, str) and _FORM.fullmatch(version) and version.lstrip("v") < "3"
        remedy = "Bring it up to v3.1.0 with its own tool first." if older else "Ask for it as v3.1.0."
        faults.add("other-version", what, remedy, place=source.place(("apiVersion",)))
    if kind != "DataContract":
        what = f"the file is a '{kind}', and only a 'DataContract' becomes a dataset"
        faults.add("not-odcs", what, "Give the contract.", place=source.place(("kind",)))
    identifier = value.get("id")
    if not isinstance(identifier, str) or not re.match(ID_PATTERN, identifier):
        what = f"'{identifier}' cannot be the id of a dataset, which is the name of its file too"
        remedy = "Use letters, digits, '-', '_' and '.'."
        faults.add("wrong-form", what, remedy, place=source.place(("id",)))
    faults.end()


def _taken_over(contract: dict[str, Any]) -> list[str]:
    """Change in place what the partnership's version writes otherwise, and say what was left out."""
    told = []
    if contract["apiVersion"] != _READ[0]:
        told.append(f"apiVersion {contract['apiVersion']} has become {_READ[0]}")
        contract["apiVersion"] = _READ[0]
    contract.setdefault("name", contract["id"])
    team = contract.get("team")
    members = (
        team if isinstance(team, list) else team.pop("members", None) if isinstance(team, dict) else None
    )
    if members:
        told.append(f"left out: {len(members)} members of 'team', because no person is named in the folder")
    if isinstance(team, list) or team == {}:
        del contract["team"]
    return told


def _complete(source: Source, completion: Completion, path: Path) -> None:
    properties = source.value.setdefault("customProperties", [])
    if not isinstance(properties, list):
        return
    own = next(
        (one for one in properties if isinstance(one, dict) and one.get("property") == "roundtable"), None
    )
    if own is None:
        own = {"property": "roundtable", "value": {}}
        properties.append(own)
    terms = own.get("value")
    if not isinstance(terms, dict):
        return
    if completion.created_by:
        terms["createdBy"] = completion.created_by
    if completion.subjects:
        terms["subjects"] = completion.subjects.value
    terms.setdefault("specialCategory", "unknown")
    terms.setdefault("criminalOffence", "unknown")
    if "subjects" not in terms:
        what = "the contract does not say whom its rows are about, and everything that is lawful turns on it"
        remedy = f"Say it: --subjects {', '.join(Subjects)}."
        raise unusable(str(path), "missing-term", what, remedy)


def _edit(folder: Path, then: dict[str, Any]) -> Edit:
    for file in survey(folder).yaml_files:
        if file.kind is FileKind.DATASET and file.stem == then["id"]:
            content = read_bytes(file)
            return Edit(file.inside, content, read_yaml(content, file.shown).value, copy.deepcopy(then))
    return Edit(f"datasets/{then['id']}.yaml", None, None, then)


def _still_missing(contract: dict[str, Any], inside: str) -> list[str]:
    terms = next(one["value"] for one in contract["customProperties"] if one.get("property") == "roundtable")
    blank = [key for key in _WANTED if not terms.get(key)]
    blank += [key for key in ("specialCategory", "criminalOffence") if terms.get(key) == "unknown"]
    return [f"still missing in {inside}: roundtable.{key}" for key in blank]


def _in_foreign_words(problem: Problem) -> Problem:
    if problem.rule != "unknown-key":
        return problem
    what = f"{problem.what}: version 3.1 has no such key, or Roundtable does not keep it"
    return Problem(problem.place, problem.rule, what, problem.remedy)


def _at(source: Source, problem: Problem, inside: str) -> Problem:
    """A problem of the folder as it would be, at the line of the contract that it comes from."""
    if problem.place.file != inside:
        return problem
    found = next((p for p in source.values if source.place(p).key == problem.place.key), ())
    return Problem(source.place(found), problem.rule, problem.what, problem.remedy)

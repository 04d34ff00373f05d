"""Proposed changes to a contract: written for a person to read and to apply, beside the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from roundtable.data.durable import lasting_folder, write_lasting
from roundtable.data.intake.drift import Change, Kind
from roundtable.errors import PartnershipUnusable, Place, Problem, SettingUnusable
from roundtable.ledger.database import make_private_folder
from roundtable.partnership.exchange.yaml_editing import CannotEdit, edited, new_file
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.yaml_source import read_yaml

FOLDER = "proposals"
_HEAD = """\
# A change to a contract, proposed by `roundtable receive` because a delivery did not fit.
# Nothing in it is a person's. Ask the sender first; take out what is not agreed; then:
#   roundtable deliveries adopt DIR {name}
"""


def proposal_file(folder: Path, dataset: str, delivery_id: str) -> Path:
    """Where the proposal that a delivery gave rise to stands, if there is one."""
    return folder / ".roundtable" / FOLDER / f"{dataset}-{delivery_id}.yaml"


def write_proposal(folder: Path, dataset: str, delivery_id: str, changes: Sequence[Change]) -> None:
    """Write what would let a delivery fit; without changes, take an older proposal away."""
    path = proposal_file(folder, dataset, delivery_id)
    if not changes:
        path.unlink(missing_ok=True)
        return
    make_private_folder(folder)
    lasting_folder(path.parent)
    listed = [
        {
            "table": one.table,
            "column": one.column,
            "change": one.kind.value,
            "to": list(one.to),
            "why": one.why,
        }
        for one in changes
    ]
    said = {"dataset": dataset, "delivery": delivery_id, "changes": listed}
    write_lasting(path, _HEAD.format(name=path.name) + new_file(said).decode())


def adopt(folder: Path, name: str) -> tuple[Path, tuple[str, ...]]:
    """Make a proposed change to the contract: the file that was changed, and what was, in words.

    Args:
        folder: the partnership folder.
        name: the proposal's file name, or a path to it.

    Raises:
        SettingUnusable: there is no such proposal, it cannot be read, or the contract cannot be edited.
    """
    path = Path(name) if Path(name).is_file() else folder / ".roundtable" / FOLDER / Path(name).name
    if not path.is_file():
        raise _unusable("proposal-unknown", f"there is no proposal '{name}'", f"look in {path.parent}")
    try:
        said: Any = read_yaml(path.read_bytes(), path.name).value
        changes = [
            Change(
                one["table"], one["column"], Kind(one["change"]), tuple(one["to"]), str(one.get("why", ""))
            )
            for one in said["changes"]
        ]
        contract = _contract(folder, str(said["dataset"]))
    except (PartnershipUnusable, KeyError, TypeError, ValueError) as error:
        what = f"{path.name} is no proposal that can be read: {error}"
        raise _unusable("proposal-unreadable", what, "let `roundtable receive` write it again") from None
    content = contract.read_bytes()
    now = read_yaml(content, contract.name).value
    then = deepcopy(now)
    for change in changes:
        _make(then, change)
    usable = not _problems(folder)
    try:
        write_lasting(contract, edited(content, now, then).decode())
    except CannotEdit as error:
        what = f"{contract.name} is written in a way that cannot be edited: {error}"
        raise _unusable("proposal-unfit", what, "make the change by hand; the proposal says which") from None
    if usable and (wrong := _problems(folder)):
        write_lasting(contract, content.decode())
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        what = f"the folder could not be used with it: {wrong[0].place}: {wrong[0].what}{more}"
        remedy = (
            "nothing was changed; where a column has another header alone, change its physicalName by hand"
        )
        raise _unusable("proposal-unfit", what, remedy)
    return contract, tuple(change.why for change in changes)


def _problems(folder: Path) -> tuple[Problem, ...]:
    """What keeps a folder from being used, such as an agreement that names a column that there is not."""
    try:
        load_partnership(folder)
    except PartnershipUnusable as error:
        return error.problems
    return ()


def _contract(folder: Path, dataset: str) -> Path:
    for path in sorted((folder / "datasets").glob("*.yaml")):
        value = read_yaml(path.read_bytes(), path.name).value
        if isinstance(value, dict) and value.get("id") == dataset:
            return path
    raise ValueError(f"no contract has the id '{dataset}'")


def _make(contract: dict[str, Any], change: Change) -> None:
    table = _named(contract["schema"], change.table)
    columns = table["properties"]
    if change.kind is Kind.ADD:
        # What was sent before has not got it, and must fit the contract still.
        terms = {"property": "roundtable", "value": {"mayBeAbsent": True}}
        columns.append({"name": change.column, "logicalType": "string", "customProperties": [terms]})
        return
    column = _named(columns, change.column)
    match change.kind:
        case Kind.REMOVE:
            columns.remove(column)
        case Kind.RENAME:
            column["physicalName"] = change.to[0]
        case Kind.TYPE:
            column["logicalType"] = change.to[0]
        case Kind.FORMAT:
            column.setdefault("logicalTypeOptions", {})["format"] = change.to[0]
        case Kind.CODES:
            terms = _named(column["customProperties"], "roundtable", key="property")["value"]
            terms["codes"] = [*terms.get("codes", []), *change.to]


def _named(things: Sequence[dict[str, Any]], name: str, key: str = "name") -> dict[str, Any]:
    found: Mapping[str, dict[str, Any]] = {str(one.get(key)): one for one in things}
    if name not in found:
        raise _unusable("proposal-old", f"the contract has no '{name}' any more", "receive again first")
    return found[name]


def _unusable(rule: str, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place("command line", key="PROPOSAL"), rule, what, remedy))

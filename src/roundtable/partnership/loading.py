"""The partnership folder, read whole: a partnership without a fault, or all its faults at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.across_files import across_files
from roundtable.partnership.folder import survey
from roundtable.partnership.garbage import no_garbage
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.improvement import Improvement
from roundtable.partnership.model.meeting import Meeting
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.whole import Charter, Partnership
from roundtable.partnership.ordering import by_id, put_in_order
from roundtable.partnership.positions import parts_of
from roundtable.partnership.reading import Files, ReadFile
from roundtable.partnership.reference_tables import ReferenceTables, shipped_files
from roundtable.partnership.references import ReferenceCheck, Register

_Model = TypeVar("_Model", bound=BaseModel)


def load_partnership(folder: Path) -> Partnership:
    """Read, check and put in order everything that a partnership has written down.

    Args:
        folder: where `partnership.yaml` stands. It is shown in messages and places as given here.

    Returns:
        The partnership; the order of its files, keys and lists has made no difference to it.

    Raises:
        PartnershipUnusable: with every problem of every file, in order of place. What may be
            missing only because another file cannot be read is not counted as missing.
    """
    with no_garbage():
        return _load(folder)


def _load(folder: Path) -> Partnership:
    found = survey(folder)
    shipped, own = Files(), Files()
    shipped.add(shipped_files())
    own.add(found.yaml_files)
    tables = ReferenceTables(shipped, own, found.csv_files)
    tables.read_csv_files()
    tables.find_repeats()
    register = Register()
    problems = {*found.problems, *shipped.problems, *own.problems, *tables.problems}
    problems.update(_reference_problems(shipped, own, register))
    problems.update(across_files([(file.source, file.things) for file in own.read]))
    if problems:
        raise PartnershipUnusable(sorted(problems))
    return _assembled(folder, own, tables, register)


def _reference_problems(shipped: Files, own: Files, register: Register) -> Iterator[Problem]:
    for file in own.read:
        yield from register.declare(file.source, file.things)
    known = Register()
    for file in shipped.read:
        yield from known.declare(file.source, file.things)
    for (kind, identifier), place in known.places.items():
        register.declare_missing(kind, identifier, place)
    check = ReferenceCheck(register, own.in_doubt, own.unread)
    for file in own.read:
        yield from check.problems(file.source, file.things)


def _assembled(folder: Path, own: Files, tables: ReferenceTables, register: Register) -> Partnership:
    files = own.read
    return Partnership(
        folder=folder,
        charter=_of(files, Charter)[0],
        agencies=by_id(_of(files, Agency)),
        scenarios=by_id(_of(files, Scenario)),
        datasets=by_id(_of(files, Dataset)),
        agreements=by_id(_of(files, Agreement)),
        services=by_id(_of(files, Service)),
        improvements=by_id(_of(files, Improvement)),
        meetings=by_id(_of(files, Meeting)),
        gateways=tuple(put_in_order(gateway) for gateway in tables.gateways()),
        harm_weights=tuple(put_in_order(table) for table in tables.harm_weights()),
        code_mixes=tuple(put_in_order(table) for table in tables.code_mixes()),
        code_lists=tuple(put_in_order(table) for table in tables.code_lists()),
        discount_rates=tuple(put_in_order(table) for table in tables.discount_rates()),
        places=dict(sorted(register.places.items())),
        parts=_parts(files),
        contacts=tuple(own.contacts),
    )


def _parts(files: list[ReadFile]) -> dict[tuple[str, ...], Place]:
    found: dict[tuple[str, ...], Place] = {}
    for file in files:
        for key, place in parts_of(file.source, file.things):
            found.setdefault(key, place)
    return found


def _of(files: list[ReadFile], kind: type[_Model]) -> list[_Model]:
    return [put_in_order(file.model) for file in files if isinstance(file.model, kind)]

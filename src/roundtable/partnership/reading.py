"""One file of the folder from bytes to a model, with every problem that it has by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import BaseModel

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.complaints import as_model
from roundtable.partnership.consistency import clashes
from roundtable.partnership.contact_details import contact_details
from roundtable.partnership.file_kinds import MODELS, NAMED_FOR_THEIR_ID, FileKind
from roundtable.partnership.folder import FolderFile, read_bytes
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.no_score.refusing import taken_in_against_zones
from roundtable.partnership.shapes import Written, written
from roundtable.partnership.yaml_source import Source, composed, read_yaml

#: What a file declares besides the id that it is named for.
_DECLARES_INSIDE = {
    FileKind.PARTNERSHIP: (Kind.OUTCOME, Kind.SKILL),
    FileKind.AGENCY: (Kind.ROLE,),
    FileKind.SCENARIO: (Kind.FACTOR, Kind.RISK, Kind.NEED),
    FileKind.REFERENCE: (Kind.GATEWAY,),
}


@dataclass
class ReadFile:
    """A file that YAML could make something of.

    Attributes:
        kind: what the file holds.
        source: its value and the place of each part.
        things: its mappings, each with the model it is meant for.
        model: what it became; None when it has problems.
    """

    kind: FileKind
    source: Source
    things: list[Written]
    model: BaseModel | None


@dataclass
class Files:
    """Every file that was read.

    Attributes:
        read: in order of their paths.
        problems: of each file by itself.
        unread: ids that files bear in their names which could not be read.
        contacts: where something stands that looks like an e-mail address or a telephone number.
        in_doubt: kinds of thing that such a file may declare, so that nobody can tell what is missing.
    """

    read: list[ReadFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[tuple[Kind, str]] = field(default_factory=list)
    contacts: list[Place] = field(default_factory=list)
    in_doubt: set[Kind] = field(default_factory=set)

    def add(self, files: Iterable[FolderFile]) -> None:
        """Read these files."""
        for file in files:
            if file.kind is not None:
                self._add(file, file.kind)

    def _add(self, file: FolderFile, kind: FileKind) -> None:
        try:
            content = read_bytes(file)
            source = read_yaml(content, file.shown)
        except PartnershipUnusable as error:
            self.problems.extend(error.problems)
            self._leave_unread(file, kind)
            return
        if not isinstance(source.value, dict):
            self._leave_unread(file, kind)
        model, told = as_model(source, MODELS[kind])
        things = list(written(MODELS[kind], source.value))
        places = {problem.place for problem in told}
        told += [problem for problem in clashes(source, things) if problem.place not in places]
        self.problems += [*source.problems, *told, *taken_in_against_zones(source, things)]
        if kind in NAMED_FOR_THEIR_ID:
            self.problems += _not_its_own_name(file, source)
        self.contacts += contact_details(content, file.shown)
        self.read.append(ReadFile(kind, source, things, model))

    def _leave_unread(self, file: FolderFile, kind: FileKind) -> None:
        self.in_doubt.update(_DECLARES_INSIDE.get(kind, ()))
        if kind in NAMED_FOR_THEIR_ID:
            self.unread.append((Kind(kind), composed(file.stem)))


def _not_its_own_name(file: FolderFile, source: Source) -> list[Problem]:
    identifier = source.value.get("id") if isinstance(source.value, dict) else None
    stem = composed(file.stem)
    if not isinstance(identifier, str) or identifier.strip() == stem:
        return []
    what = f"the id '{identifier}' is not the name of its file, '{stem}'"
    remedy = f"Rename the file to {identifier}{file.path.suffix}, or change the id to '{stem}'."
    return [Problem(source.place(("id",)), "id-not-file-name", what, remedy)]

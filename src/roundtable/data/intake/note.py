"""The delivery note: what the sender says of a file, in `<file>.note.yaml` beside it. All of it optional.

A note may also stand alone, under any name that ends in `.withdraw.note.yaml`: it then withdraws a delivery.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError

from roundtable.data.intake.finding_deliveries import (
    FOLDER,
    NOTE_ENDING,
    FoundDelivery,
    FoundWithdrawal,
)
from roundtable.data.intake.rules import RULE_IDS, problem
from roundtable.errors import DeliveryRefused, PartnershipUnusable, Problem
from roundtable.partnership.model.contract_terms import Encoding
from roundtable.partnership.model.strict import Strict, Text
from roundtable.partnership.yaml_source import Source, read_yaml

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$", to_lower=True)]


class DeliveryNote(Strict):
    """One delivery note."""

    rows: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="How many rows were sent, headers apart; over all files of a ZIP."
    )
    sha256: Sha256 | None = Field(default=None, description="SHA-256 of the file as it was sent.")
    period: Annotated[Text, Field(max_length=80)] | None = Field(
        default=None, description="What the rows cover, when the file's name does not say it."
    )
    corrects: Text | None = Field(
        default=None, description="The delivery this one replaces: its file name, its id or its SHA-256."
    )
    encoding: Encoding | None = Field(
        default=None, description="How this file spells its letters, when not as the contract says."
    )
    as_at: AwareDatetime | None = Field(
        default=None, description="When the sender drew it up, with its offset: 2026-11-23T06:00:00Z."
    )
    withdraws: Text | None = Field(
        default=None, description="A delivery that is not to be used any more: its file name, id or SHA-256."
    )


class WithdrawalNote(Strict):
    """A note that stands alone: a delivery is not to be used any more, or never is."""

    withdraws: Text = Field(description="Which delivery: its file name, its id or its SHA-256.")
    as_at: AwareDatetime | None = Field(
        default=None, description="What was drawn up later under the same name is not meant."
    )
    reason: Text | None = Field(default=None, description="Why, in a sentence. Nothing about a person.")


Note = TypeVar("Note", DeliveryNote, WithdrawalNote)


@dataclass(frozen=True)
class ReadNote:
    """A note and the hash of its bytes; of no bytes, where there is no note."""

    said: DeliveryNote
    fingerprint: str


def read_note(found: FoundDelivery) -> ReadNote:
    """The note beside a delivery; an empty one where there is none.

    Raises:
        DeliveryRefused: the note cannot be read; every problem in it is named.
    """
    content = b"" if found.note is None else found.note.read_bytes()
    fingerprint = hashlib.sha256(content).hexdigest()
    if found.note is None:
        return ReadNote(DeliveryNote(), fingerprint)
    shown = f"{FOLDER}/{found.dataset.id}/{found.name}{NOTE_ENDING}"
    return ReadNote(_read(content, shown, DeliveryNote), fingerprint)


def read_withdrawal(found: FoundWithdrawal) -> tuple[WithdrawalNote, str]:
    """A withdrawal and the SHA-256 of its bytes.

    Raises:
        DeliveryRefused: it cannot be read; every problem in it is named.
    """
    content = found.path.read_bytes()
    return _read(content, found.shown, WithdrawalNote), hashlib.sha256(content).hexdigest()


def _read(content: bytes, shown: str, kind: type[Note]) -> Note:
    try:
        source = read_yaml(content, shown)
    except PartnershipUnusable as error:
        raise DeliveryRefused([_as_ours(one) for one in error.problems]) from None
    problems = [_as_ours(one) for one in source.problems]
    try:
        said = kind.model_validate(source.value)
    except ValidationError as error:
        keys = ", ".join(kind.model_fields)
        problems += [_mistake(source, one["loc"], one["type"], one["msg"], keys) for one in error.errors()]
        raise DeliveryRefused(problems) from None
    if problems:
        raise DeliveryRefused(problems)
    return said


def _as_ours(found: Problem) -> Problem:
    rule = found.rule if found.rule in RULE_IDS else "note"
    return Problem(found.place, rule, found.what, found.remedy)


def _mistake(source: Source, path: tuple[str | int, ...], kind: str, says: str, keys: str) -> Problem:
    place = source.place(path, at_key=kind == "extra_forbidden")
    if kind == "extra_forbidden":
        what, remedy = f"a note has no '{path[-1]}'", f"A note may hold {keys}."
    elif not path:
        what, remedy = (
            "a note is a mapping of keys to values",
            f"Write 'rows: 1234', for example. Keys: {keys}.",
        )
    else:
        what, remedy = (
            f"'{path[-1]}' cannot be used: {says}",
            "See 'The delivery note' in docs/deliveries.md.",
        )
    made = problem("note", place.file, what, remedy, place.line, place.key)
    return Problem(place, made.rule, made.what, made.remedy)

"""What every part of the partnership model shares: strictness, ids, references and unknowns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """A value read from the folder: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Kind(StrEnum):
    """The kinds of thing that have an id and can be named from another file."""

    PARTNERSHIP = "partnership"
    AGENCY = "agency"
    ROLE = "role"
    OUTCOME = "outcome"
    SCENARIO = "scenario"
    FACTOR = "factor"
    RISK = "risk"
    NEED = "need"
    DATASET = "dataset"
    AGREEMENT = "agreement"
    SERVICE = "service"
    IMPROVEMENT = "improvement"
    GATEWAY = "gateway"
    CODE = "code"
    SKILL = "skill"
    REQUIREMENT = "requirement"
    PROCUREMENT = "procurement"
    MEETING = "meeting"
    DECISION = "decision"
    ACTION = "action"


class Part(StrEnum):
    """The parts of a file that have no id of their own, and whose lines a finding may point to."""

    LINK = "link"
    STEP = "step"
    PARTY = "party"
    GRANT = "grant"
    BASIS = "basis"
    USE = "use"
    CAPACITY = "capacity"
    SKILL = "skill"
    PRIORITY = "priority"
    WANTED = "wanted"
    ACCEPTANCE = "acceptance"


@dataclass(frozen=True)
class Ref:
    """Marks a field whose text must be the id of an existing thing of one of these kinds."""

    kinds: tuple[Kind, ...]

    def __init__(self, *kinds: Kind) -> None:
        object.__setattr__(self, "kinds", kinds)

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """An editor shows what the text names; only the loader can tell whether it exists."""
        named = " or ".join(kind.value for kind in self.kinds)
        return {**handler(schema), "description": f"The id of {'an' if named[0] in 'aio' else 'a'} {named}."}


@dataclass(frozen=True)
class Declares:
    """Marks the id field of a thing that others may name."""

    kind: Kind


@dataclass(frozen=True)
class InOrder:
    """Marks a list whose order is part of what it says; every other list is sorted on reading."""


def contradiction(what: str, remedy: str) -> PydanticCustomError:
    """What a validator raises when the parts of one thing do not go together."""
    return PydanticCustomError("contradiction", "{what}", {"what": what, "remedy": remedy})


# Letters of any alphabet, so that a Welsh or Polish partnership can name things in its own words.
ID_PATTERN = r"^[^\W_][\w.\-]*$"
Identifier = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1)]

AgencyRef = Annotated[str, Ref(Kind.AGENCY)]
RoleRef = Annotated[str, Ref(Kind.ROLE)]
OutcomeRef = Annotated[str, Ref(Kind.OUTCOME)]
FactorRef = Annotated[str, Ref(Kind.FACTOR)]
MapRef = Annotated[str, Ref(Kind.FACTOR, Kind.OUTCOME)]
NeedRef = Annotated[str, Ref(Kind.NEED)]
RiskRef = Annotated[str, Ref(Kind.RISK)]
DatasetRef = Annotated[str, Ref(Kind.DATASET)]
AgreementRef = Annotated[str, Ref(Kind.AGREEMENT)]
ServiceRef = Annotated[str, Ref(Kind.SERVICE)]
ImprovementRef = Annotated[str, Ref(Kind.IMPROVEMENT)]
GatewayRef = Annotated[str, Ref(Kind.GATEWAY)]
CodeRef = Annotated[str, Ref(Kind.CODE)]
SkillRef = Annotated[str, Ref(Kind.SKILL)]
ScenarioRef = Annotated[str, Ref(Kind.SCENARIO)]
RequirementRef = Annotated[str, Ref(Kind.REQUIREMENT)]
DecisionRef = Annotated[str, Ref(Kind.DECISION)]

UNKNOWN: Literal["unknown"] = "unknown"
#: `unknown` is an answer of its own and a finding, never zero.
MaybeUnknownNumber = Annotated[float | Literal["unknown"], Field(union_mode="left_to_right")]
MaybeUnknownBool = Annotated[bool | Literal["unknown"], Field(union_mode="left_to_right")]


class Confidence(StrEnum):
    """How sure the person who said it was."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    UNKNOWN = "unknown"


class Assertion(Strict):
    """Who said something, when, how sure they are and what it rests on."""

    by: tuple[AgencyRef, ...] = Field(min_length=1, description="The agencies that say so.")
    on: date = Field(description="The day they said it.")
    confidence: Confidence = Field(description="How sure they are.")
    source: Text | None = Field(default=None, description="What it rests on: a study, a count, a workshop.")


class Dispute(Strict):
    """An agency that does not agree, and why. Kept and measured, never averaged away."""

    by: AgencyRef
    on: date
    says: Text


class Estimate(Strict):
    """A number that somebody estimates, with its range; `unknown` is allowed and is a finding."""

    value: MaybeUnknownNumber
    low: float | None = None
    high: float | None = None
    unit: Text
    source: Text
    on: date | None = None

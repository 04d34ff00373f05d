"""How well a flow of data works, layer by layer, as the partners assess it.

The layers are those of the European Interoperability Framework (legal, organisational, semantic and
technical), with confidence as a fifth. The legal layer is worked out from the agreements and never typed.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from roundtable.partnership.model.strict import AgencyRef, RoleRef, Strict, Text


class AssessedLayer(StrEnum):
    """The layers that people assess; the legal one follows from the agreements."""

    ORGANISATIONAL = "organisational"
    SEMANTIC = "semantic"
    TECHNICAL = "technical"
    CONFIDENCE = "confidence"


class LayerLevel(Strict):
    """The level, 0 to 4, that a flow has reached in one layer, and what shows it."""

    layer: AssessedLayer
    level: Annotated[int, Field(ge=0, le=4)] | Literal["unknown"] = Field(union_mode="left_to_right")
    evidence: Text
    by: AgencyRef = Field(description="The agency that assessed it.")
    on: date
    post: RoleRef | None = Field(default=None, description="The post that verified it, if one has.")

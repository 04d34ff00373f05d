"""What training comes to."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.linkage.evidence.model import Model


@dataclass(frozen=True)
class Trained:
    """A model, and what whoever answers for it should know of how it was learnt."""

    model: Model
    warnings: tuple[str, ...]

"""A model for when there is too little to learn one from: of the synthetic county, and said to be so."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import Any

import roundtable.linkage.evidence
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.model import LevelOdds, Model
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.training.trained import Trained

#: From so many distinct identities on a model is learnt: with fewer, too few pairs of one person are among
#: them to tell how often two records of one person agree. A judgement.
ENOUGH = 2_000
#: How many other identities of the same person an identity is taken to have, and of people of their home.
_OF_ONE_PERSON, _OF_ONE_HOME = 2.0, 2.0


def shipped_model(settings: Settings, encoded: Encoded) -> Trained:
    """The shipped weights, with priors for so many identities. How rare a word is counts for nothing.

    Raises:
        FileNotFoundError: no model is shipped for these settings.
    """
    told = _read(settings.name)
    odds = {name: tuple(LevelOdds(*one) for one in levels) for name, levels in told["odds"].items()}
    others = max(2, len(encoded) - 1)
    warning = (
        f"there are only {len(encoded):,} distinct identities, too few to learn weights from; those that "
        f"came with the software are used ({told['source']}; {told['status']}, {told['date']})"
    )
    model = Model(
        settings=settings.name,
        fingerprint=f"shipped {told['date']}",
        odds=odds,
        log2_prior_match=math.log2(_OF_ONE_PERSON / others),
        log2_prior_mate=math.log2(_OF_ONE_HOME / others) + settings.training.home_caution,
        frequencies={},
    )
    return Trained(model, (warning,))


@cache
def _read(settings: str) -> dict[str, Any]:
    text = (files(roundtable.linkage.evidence) / "settings" / f"{settings}-model.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found

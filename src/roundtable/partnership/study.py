"""A partnership under study: what is agreed, what has been measured, and what is worked out once for all.

Many analyses ask for the same thing (the joined map, every flow, the influence of each factor on each
outcome). Each such thing is a function of the study, and is worked out when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.whole import Partnership

Result = TypeVar("Result")
#: How many times the strengths of links are drawn from their ranges, unless told otherwise.
SAMPLES = 200


@dataclass(frozen=True)
class Study:
    """What every analysis is given.

    Attributes:
        partnership: what is agreed.
        facts: what a run has measured; empty before the first.
        samples: how many times link strengths are drawn from their ranges; 0 leaves sampling out,
            for a quick look that takes the middle of each range.
        seed: where the draws begin.
    """

    partnership: Partnership
    facts: MeasuredFacts = field(default_factory=MeasuredFacts)
    samples: int = SAMPLES
    seed: int = 20261123
    _done: dict[Callable[[Study], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def shared(self, work: Callable[[Study], Result]) -> Result:
        """What a function makes of this study, worked out the first time and kept.

        Args:
            work: a plain function of the module that owns the idea, never a lambda.
        """
        if work not in self._done:
            self._done[work] = work(self)
        return cast(Result, self._done[work])

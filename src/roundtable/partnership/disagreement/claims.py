"""What a link claims, in words that a table can agree with or not."""

from __future__ import annotations

from collections.abc import Mapping

from roundtable.partnership.model.causal import Sign
from roundtable.partnership.model.whole import Partnership


def labels(partnership: Partnership) -> Mapping[str, str]:
    """What every factor and outcome is called, by id."""
    factors = {factor.id: factor.label for one in partnership.scenarios for factor in one.factors}
    return factors | {outcome.id: outcome.name for outcome in partnership.charter.outcomes}


def claim(called: Mapping[str, str], ends: tuple[str, str], sign: Sign | None) -> str:
    """What a sign says of a link.

    Args:
        called: what factors and outcomes are called, by id.
        ends: what moves, and what is moved.
        sign: None for an agency that is against the link and gives no version of its own.
    """
    source, target = (f"'{called[end]}'" for end in ends)
    match sign:
        case None:
            return f"{source} does not move {target} as others say"
        case Sign.POSITIVE:
            return f"the more {source}, the more {target}"
        case Sign.NEGATIVE:
            return f"the more {source}, the less {target}"
        case Sign.NONE:
            return f"{source} does not move {target}"
        case Sign.UNKNOWN:
            return f"{source} moves {target}, and nobody knows which way"
        case Sign.COMPLEX:
            return f"{source} moves {target} now one way and now the other"

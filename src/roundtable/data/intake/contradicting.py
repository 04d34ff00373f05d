"""Why deliveries that contradict one another cannot both stand, and what their sender can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from roundtable.data.intake.claims import Claim
from roundtable.data.intake.rules import problem
from roundtable.errors import Problem


def corrects_nothing(claim: Claim) -> Problem:
    """It corrects what has not come."""
    what = f"it says that it corrects '{claim.corrects}', which has not been taken in"
    remedy = "It is taken in once that one is here; if it never will be, take 'corrects' out of the note."
    return problem("corrects-nothing", claim.file, what, remedy)


def corrects_part(claim: Claim, target: Claim, left_out: Sequence[tuple[str, str]]) -> Problem:
    """It corrects a delivery and leaves out periods of it."""
    what = f"it corrects {target.file}, but leaves out {_told(left_out)}, which the other one had"
    remedy = "A correction replaces the whole delivery: send all of it again, corrected."
    return problem("corrects-part", claim.file, what, remedy)


def corrects_superseded(claim: Claim, target: Claim, chosen: Claim) -> Problem:
    """It corrects what another delivery has corrected already."""
    what = (
        f"it says that it corrects {target.file}, which has been superseded by {chosen.delivery_id} already"
    )
    remedy = "Let 'corrects' name the delivery that stands now."
    return problem("corrects-superseded", claim.file, what, remedy)


def again(claim: Claim, rival: Claim) -> Problem:
    """It brings again what another delivery stands for."""
    both = sorted(rival.covers & claim.covers)
    what = f"it brings {_told(both)} again with other content; {rival.file} stands for that"
    corrects = rival.delivery_id if rival.name == claim.name else rival.name
    remedy = (
        f"If it corrects that delivery, write 'corrects: {corrects}' in {claim.name}.note.yaml beside it; "
        "if it is something else, give it a period of its own with 'period: ...' there."
    )
    return problem("period-again", claim.file, what, remedy)


def _told(covered: Sequence[tuple[str, str]]) -> str:
    shown = [f"{table} of {period}" if period else f"table '{table}'" for table, period in covered[:5]]
    more = f" and {len(covered) - 5:,} more" if len(covered) > 5 else ""
    return ", ".join(shown) + more

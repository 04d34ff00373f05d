"""What is asked: may this one do this with these columns, for this, on this day, in these circumstances?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.principals import Principal
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.zone import Zone


@dataclass(frozen=True)
class Circumstances:
    """What of the one person, household or address that is asked about beats any agreement.

    Whoever asks looks it up first; nothing here says who it is.

    Attributes:
        sealed: whether a seal is on it.
        released: whether a named post has released that seal for this.
        objections: the purposes for which an objection has been upheld.
        zone: the no-score zone that the result would fall in, if any: what a score would be of, say.
        under: the agreements that the data in question came under; they say whose data they are.
    """

    sealed: bool = False
    released: bool = False
    objections: frozenset[Purpose] = frozenset()
    zone: Zone | None = None
    under: frozenset[str] = frozenset()


#: Nobody in particular is asked about.
IN_GENERAL = Circumstances()


@dataclass(frozen=True)
class Question:
    """One question to the policy.

    Attributes:
        principal: who asks; for what leaves, who would receive it.
        action: what would be done.
        dataset: with which dataset, by id.
        table: with which of its tables, by its name in the contract.
        columns: with which columns, by the contract's names. All of them must be permitted.
        purpose: what for; None for what needs no purpose, such as an erasure.
        on: the trusted clock's day; never the folder's `as_of`.
        circumstances: what beats any agreement.
    """

    principal: Principal
    action: Action
    dataset: str
    table: str
    columns: tuple[str, ...]
    purpose: Purpose | None
    on: date
    circumstances: Circumstances = IN_GENERAL

"""What agreements and the house's own rules compile to: a list of rules, each for one engine to read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.days import ALWAYS, Days
from roundtable.governance.policy.principals import Principal
from roundtable.partnership.model.agency import RoleKind
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.zone import Zone


class Effect(StrEnum):
    """What a rule does where it fits. One that forbids beats any number that permit."""

    PERMIT = "permit"
    FORBID = "forbid"


class Circumstance(StrEnum):
    """The circumstances that a rule can turn on."""

    SEALED = "sealed"
    OBJECTED = "objected"


@dataclass(frozen=True)
class Rule:
    """One rule. It fits a question about one column when everything that it names fits.

    Attributes:
        id: its name; what decided is told by it.
        effect: what it does.
        says: the same in a sentence.
        actions: what it is about.
        principal: who; an agency stands for its posts too. None for anybody.
        posts: only posts of these kinds; none of them for any principal.
        dataset: which dataset; None for any.
        table: which table; None for any.
        columns: which columns; None for any.
        purposes: what for; None for any, or for none.
        days: when.
        circumstance: what it turns on, besides.
        zone: the no-score zone that it closes, for results that would fall in it.
        under: only what came under this agreement; None for whatever there is.
        agreement: the agreement that it was compiled from; None for the house's own.
    """

    id: str
    effect: Effect
    says: str
    actions: tuple[Action, ...]
    principal: Principal | None = None
    posts: tuple[RoleKind, ...] = ()
    dataset: str | None = None
    table: str | None = None
    columns: tuple[str, ...] | None = None
    purposes: tuple[Purpose, ...] | None = None
    days: Days = ALWAYS
    circumstance: Circumstance | None = None
    zone: Zone | None = None
    under: str | None = None
    agreement: str | None = None


#: The rules that can matter to one question, in order of their ids.
Rules = tuple[Rule, ...]

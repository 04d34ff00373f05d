"""What a thing of the folder says, as a tree in plain words that can be compared with another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Leaf:
    """One value.

    Attributes:
        same: what it is compared by: an id where it names a thing.
        shown: how it reads.
    """

    same: str
    shown: str


@dataclass(frozen=True)
class Many:
    """Several values of one key, in their order."""

    leaves: tuple[Leaf, ...]

    @property
    def shown(self) -> str:
        """How they read."""
        return ", ".join(leaf.shown for leaf in self.leaves)


@dataclass(frozen=True)
class Branch:
    """Parts, each by its key, with how the key reads.

    Attributes:
        parts: by key, how the key reads and what stands there.
    """

    parts: Mapping[str, tuple[str, Node]]

    @property
    def shown(self) -> str:
        """How it reads on one line."""
        return ", ".join(f"{label} {node.shown}" for label, node in self.parts.values())


Node = Leaf | Many | Branch


@dataclass(frozen=True)
class FieldChange:
    """What one key of a thing said and says.

    Attributes:
        field: where in the thing, in words: `priorities, Burglary, points`.
        was: what it said; None when it said nothing.
        now: what it says; None when it says nothing.
        some: whether these are only the values that went and came, of several.
    """

    field: str
    was: str | None
    now: str | None
    some: bool = False

    def __str__(self) -> str:
        if self.some:
            parts = ((f"no longer {self.was}", self.was), (f"now also {self.now}", self.now))
            return f"{self.field}: {'; '.join(words for words, there in parts if there is not None)}"
        if self.was is None:
            return f"{self.field}: now {self.now}"
        if self.now is None:
            return f"{self.field}: no longer given (it was {self.was})"
        return f"{self.field}: was {self.was}, now {self.now}"


def fields_changed(old: Node, new: Node, field: str = "") -> tuple[FieldChange, ...]:
    """What changed from one thing to another, in order of the keys; nothing when they say the same."""
    match old, new:
        case Branch(), Branch():
            return tuple(
                change for key in sorted({*old.parts, *new.parts}) for change in _part(old, new, key, field)
            )
        case Many(), Many():
            return _of_several(old, new, field)
        case Leaf(), Leaf() if old.same == new.same:
            return ()
        case _:
            return (FieldChange(field, old.shown, new.shown),)


def _part(old: Branch, new: Branch, key: str, field: str) -> tuple[FieldChange, ...]:
    (label, was), (new_label, now) = (branch.parts.get(key, ("", None)) for branch in (old, new))
    inside = ", ".join(word for word in (field, new_label or label) if word)
    if was is None or now is None:
        return (FieldChange(inside, was.shown if was else None, now.shown if now else None),)
    return fields_changed(was, now, inside)


def _of_several(old: Many, new: Many, field: str) -> tuple[FieldChange, ...]:
    went, came = _without(old.leaves, new.leaves), _without(new.leaves, old.leaves)
    if went or came:
        return (FieldChange(field, _joined(went), _joined(came), some=True),)
    if [leaf.same for leaf in old.leaves] != [leaf.same for leaf in new.leaves]:
        return (FieldChange(field, old.shown, new.shown),)
    return ()


def _without(leaves: tuple[Leaf, ...], others: tuple[Leaf, ...]) -> list[Leaf]:
    """What is left of some values when others are taken away, each as often as it stands there."""
    away = [leaf.same for leaf in others]
    left = []
    for leaf in leaves:
        if leaf.same in away:
            away.remove(leaf.same)
        else:
            left.append(leaf)
    return left


def _joined(leaves: list[Leaf]) -> str | None:
    return ", ".join(leaf.shown for leaf in leaves) if leaves else None

"""What would be different in a file, key by key, for a person to read before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from roundtable.partnership.yaml_source import Path, key_path

#: What tells one item of a list from another, the first of these that every item has.
_KEYS = ("id", "name", "term", "property")
_LONGEST = 70


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes:
        file: the path inside the folder.
        key: where in the file, as a person would say it; empty for the whole file.
        before: what stands there now; None where nothing does.
        after: what will stand there; None where it is taken out.
    """

    file: str
    key: str
    before: Any
    after: Any

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        if self.before is None:
            return f"add     {where}{f' = {_told(self.after)}' if self.key else ''}"
        if self.after is None:
            return f"remove  {where}{f' = {_told(self.before)}' if self.key else ''}"
        return f"change  {where}: {_told(self.before)} -> {_told(self.after)}"


def changes_between(file: str, now: Any, then: Any, path: Path = ()) -> Iterator[Change]:
    """Every difference between what a file says now and what it should say."""
    if now == then and type(now) is type(then):
        return
    if isinstance(now, dict) and isinstance(then, dict):
        for key in [*now, *(key for key in then if key not in now)]:
            yield from changes_between(file, now.get(key), then.get(key), (*path, key))
    elif _rows(now) and _rows(then):
        yield from _in_list(file, now, then, path)
    else:
        yield Change(file, key_path(path), now, then)


def aligned(now: Sequence[Any], then: Sequence[Any]) -> list[int | None]:
    """For each item of the new list, which item of the old one it was; None where it is new."""
    key = next((key for key in _KEYS if _tells_apart(now, key) and _tells_apart(then, key)), None)
    if key is not None:
        places = {item[key]: i for i, item in enumerate(now)}
        return [places.get(item[key]) for item in then]
    free = list(range(len(now)))
    found: list[int | None] = [None] * len(then)
    for j, item in enumerate(then):
        same = next((i for i in free if now[i] == item), None)
        if same is not None:
            free.remove(same)
            found[j] = same
    waiting = [j for j, i in enumerate(found) if i is None]
    likest = sorted((-_alike(now[i], then[j]), i, j) for i in free for j in waiting)
    for _, i, j in likest:
        if i in free and found[j] is None:
            free.remove(i)
            found[j] = i
    return found


def _in_list(file: str, now: list[Any], then: list[Any], path: Path) -> Iterator[Change]:
    was = aligned(now, then)
    for i, item in enumerate(now):
        if i not in was:
            yield Change(file, key_path((*path, i)), item, None)
    for j, (old, item) in enumerate(zip(was, then, strict=True)):
        if old is None:
            yield Change(file, key_path((*path, j)), None, item)
        else:
            yield from changes_between(file, now[old], item, (*path, old))
    kept = [i for i in was if i is not None]
    if kept != sorted(kept):
        yield Change(file, f"{key_path(path)} (order)", [i + 1 for i in sorted(kept)], [i + 1 for i in kept])


def _rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _tells_apart(items: Sequence[Any], key: str) -> bool:
    names = [item.get(key) for item in items if isinstance(item, dict)]
    return len(names) == len(items) == len({str(name) for name in names}) and None not in names


def _alike(one: Any, other: Any) -> int:
    """How many keys two mappings answer alike."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return 0
    return sum(key in other and other[key] == value for key, value in one.items())


def _told(value: Any) -> str:
    if isinstance(value, dict):
        text = ", ".join(f"{key}: {_told(item)}" for key, item in value.items())
    elif isinstance(value, list):
        text = "[" + ", ".join(_told(item) for item in value) + "]"
    elif isinstance(value, bool):
        text = str(value).lower()
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

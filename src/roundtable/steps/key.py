"""Why a step must run, or need not: a key of everything that its result depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import roundtable

#: Libraries whose change could change a result.
LIBRARIES = (
    "duckdb",
    "ibis-framework",
    "numba",
    "numpy",
    "pyarrow",
    "pydantic",
    "rapidfuzz",
    "scipy",
    "shapely",
    "splink",
)
#: Folders of the package that only show or start things.
FACES = ("cli", "web")


@dataclass(frozen=True)
class StepKey:
    """What a step's result depends on: each part in words, with the hash of its content."""

    parts: Mapping[str, str]

    @property
    def digest(self) -> str:
        """One hash for all the parts."""
        return digest(dict(self.parts))

    def why(self, before: Mapping[str, str] | None) -> str | None:
        """Why the step must run, in words; None when nothing has changed since `before`."""
        if before is None:
            return "it has not run before"
        changed = [
            part for part in sorted({*self.parts, *before}) if self.parts.get(part) != before.get(part)
        ]
        if not changed:
            return None
        return f"{', '.join(changed)} changed"


def digest(value: Any) -> str:
    """SHA-256 of a value's canonical JSON: sorted keys, no spaces, dates as text."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def step_key(config: Any, tables: Mapping[str, Iterable[str]], permits: Any, decided: Any = None) -> StepKey:
    """The key of a step.

    Args:
        config: what it takes from the partnership's files.
        tables: the content names of the lake files that it reads, by table.
        permits: the permissions in force that let it read them.
        decided: what people decided that it goes by; None where it goes by nothing of the kind.
    """
    parts = {
        "the code": code_fingerprint(),
        "a library": digest(library_versions()),
        "what the partnership agreed": digest(config),
        "the permits in force": digest(permits),
    }
    if decided is not None:
        parts["what reviewers decided"] = digest(decided)
    parts |= {f"table {name}": digest(sorted(names)) for name, names in sorted(tables.items())}
    return StepKey(parts)


@cache
def library_versions() -> dict[str, str]:
    """The version of each library whose change could change a result."""
    return {name: version(name) for name in LIBRARIES}


@cache
def code_fingerprint() -> str:
    """SHA-256 over every source file and template of the package, its faces apart."""
    root = Path(roundtable.__file__).parent
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if inside.parts[0] in FACES or "__pycache__" in inside.parts or not path.suffix or not path.is_file():
            continue
        found.update(f"{inside.as_posix()}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()

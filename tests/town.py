"""The town that `roundtable init` makes, for tests that break one thing in it and see what is said."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.new_folder import new_folder

_KEPT = TemporaryDirectory(prefix="town-")


@cache
def _made() -> Path:
    folder = Path(_KEPT.name) / "town"
    new_folder(folder, "A town", date(2026, 11, 23))
    return folder


@dataclass(frozen=True)
class Town:
    """A partnership folder of one's own, without a fault until the test puts one in."""

    folder: Path

    @classmethod
    def built_in(cls, parent: Path) -> Town:
        """A fresh copy of the template."""
        shutil.copytree(_made(), parent / "town")
        return cls(parent / "town")

    def change(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands exactly once in a file."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        """Write a file, its folder too where it is missing."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def load(self) -> Partnership:
        """The partnership."""
        return load_partnership(self.folder)

    def problems(self) -> list[str]:
        """What loading complains of: two lines each, paths as they are inside the folder."""
        try:
            self.load()
        except PartnershipUnusable as error:
            inside = (str(problem).replace(f"{self.folder}/", "") for problem in error.problems)
            return ["\n".join(line.strip() for line in text.splitlines()) for text in inside]
        return []

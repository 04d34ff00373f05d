"""Every mistake a user can cause, and the exit code each kind ends with.

A user error says what is wrong, where (file, line, key) and how to mend it, and is
shown without a traceback. Anything else that is raised is a bug and looks like one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line returns. 0 and 1 are not errors."""

    CLEAN = 0
    FINDINGS = 1
    PARTNERSHIP_UNUSABLE = 2
    DELIVERY_REFUSED = 3
    NOT_PERMITTED = 4
    STORE_UNUSABLE = 5
    DISK_FULL = 6
    BUSY = 7
    SETTING_UNUSABLE = 8
    FOREIGN_FILE_UNUSABLE = 9


@dataclass(frozen=True, order=True)
class Place:
    """Where in the user's files something is: a path as the user typed it, a line, a key."""

    file: str
    line: int | None = None
    column: int | None = None
    key: str = ""

    def __str__(self) -> str:
        text = self.file
        if self.line is not None:
            text += f":{self.line}"
            if self.column is not None:
                text += f":{self.column}"
        return f"{text} ({self.key})" if self.key else text


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where, what, and how to mend it. Problems sort by file, line and column."""

    place: Place
    rule: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}\n    {self.remedy}"

    def __lt__(self, other: Problem) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[str, int, int, str, str, str, str]:
        """A whole file comes before its lines."""
        place = self.place
        return place.file, place.line or 0, place.column or 0, place.key, self.rule, self.what, self.remedy


class UserError(Exception):
    """Base of everything a user can cause and mend."""

    exit_code = ExitCode.PARTNERSHIP_UNUSABLE

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(sorted(problems))
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PartnershipUnusable(UserError):
    """The folder is not a partnership, or its files contradict themselves or each other."""

    exit_code = ExitCode.PARTNERSHIP_UNUSABLE


class DeliveryRefused(UserError):
    """A delivery does not fit its contract; none of it was taken."""

    exit_code = ExitCode.DELIVERY_REFUSED


class NotPermitted(UserError):
    """No agreement in force allows this."""

    exit_code = ExitCode.NOT_PERMITTED


class StoreUnusable(UserError):
    """The ledger or the lake cannot be opened, or what they hold has been damaged."""

    exit_code = ExitCode.STORE_UNUSABLE


class DiskFull(UserError):
    """There is no room to write; what was there before still stands."""

    exit_code = ExitCode.DISK_FULL


class Busy(UserError):
    """Another run is writing to this partnership."""

    exit_code = ExitCode.BUSY


class SettingUnusable(UserError):
    """An option or an environment variable has a value that cannot be used."""

    exit_code = ExitCode.SETTING_UNUSABLE


class ForeignFileUnusable(UserError):
    """A file of another tool cannot be read, or what it holds cannot be taken in as it stands."""

    exit_code = ExitCode.FOREIGN_FILE_UNUSABLE

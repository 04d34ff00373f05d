"""A file's header beside its contract, before a row is read: what is missing, extra, renamed or repeated.

The order of the columns may differ from the contract's; that is said and not refused. A first line of which
most is not in the contract is as likely the first row of a file that was sent without its header, and what
it says a person's: nothing of it is repeated anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from roundtable.data.intake.rules import printable, problem
from roundtable.errors import Problem

_SHOWN = 8


@dataclass(frozen=True)
class HeaderDifference:
    """How a header differs from the contract's.

    Attributes:
        missing: columns of the contract that the file lacks, and no extra column is like.
        extra: columns of the file that the contract lacks, and no missing column is like.
        renamed: columns of the contract, each with the column of the file that may be meant.
        repeated: columns that the file has more than once.
        reordered: whether the same columns stand in another order.
        strange: whether the line is most likely no header: then nothing of it is here but its width.
        width: how many values a strange line has.
    """

    missing: tuple[str, ...]
    extra: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    repeated: tuple[str, ...]
    reordered: bool
    strange: bool = False
    width: int = 0

    @property
    def refuses(self) -> bool:
        """Whether the file cannot be read by the contract."""
        return bool(self.missing or self.extra or self.renamed or self.repeated or self.strange)

    def __str__(self) -> str:
        if self.strange:
            values = f"{self.width:,} value{'' if self.width == 1 else 's'}"
            return f"the first line has {values}, and most are no column of the contract; is it a header?"
        renamed = ", ".join(f"'{_short(old)}' to '{_short(new)}'" for old, new in self.renamed)
        parts = (
            ("missing", _listed(self.missing)),
            ("extra", _listed(self.extra)),
            ("renamed", renamed),
            ("more than once", _listed(self.repeated)),
        )
        return "; ".join(f"{says}: {names}" for says, names in parts if names)


def compare(
    contract: Sequence[str],
    header: Sequence[str],
    *,
    may_be_a_row: bool = False,
    may_be_absent: Collection[str] = (),
) -> HeaderDifference:
    """Compare the contract's headers with a file's.

    Args:
        contract: the contract's.
        header: the file's.
        may_be_a_row: whether the file's could be values, as in a CSV file that lacks its header.
        may_be_absent: those of the contract's that a file need not have.
    """
    repeated = tuple(name for name, times in Counter(header).items() if times > 1)
    missing = [name for name in contract if name not in set(header)]
    extra = [name for name in dict.fromkeys(header) if name not in set(contract)]
    renamed: list[tuple[str, str]] = []
    for old in list(missing):
        near = get_close_matches(_plain(old), [_plain(name) for name in extra], n=1, cutoff=0.75)
        if near:
            new = next(name for name in extra if _plain(name) == near[0])
            renamed.append((old, new))
            missing.remove(old)
            extra.remove(new)
    missing = [name for name in missing if name not in may_be_absent]
    if may_be_a_row and 2 * len(extra) > len(set(header)):
        return HeaderDifference(tuple(contract), (), (), (), False, strange=True, width=len(header))
    same = not (missing or extra or renamed or repeated)
    reordered = same and [name for name in contract if name in set(header)] != list(header)
    return HeaderDifference(tuple(missing), tuple(extra), tuple(renamed), repeated, reordered)


def header_problem(difference: HeaderDifference, shown: str, table: str, others: int = 0) -> Problem:
    """The refusal of a header that is not the contract's.

    Args:
        difference: how it differs.
        shown: the file.
        table: the contract's table.
        others: how many other files of the delivery have the very same header.
    """
    also = f", and so has {others:,} other file{'s' if others > 1 else ''} of the delivery" if others else ""
    what = f"the header is not that of table '{table}': {difference}{also}"
    return problem("header", shown, what, _remedy(difference), line=1)


def _remedy(difference: HeaderDifference) -> str:
    if difference.strange:
        return (
            "Send it with the contract's header on its first line, and with the contract's delimiter. "
            "What the line says is not repeated here, since it may be a row."
        )
    changes = [f"change physicalName '{old}' to '{new}'" for old, new in difference.renamed]
    changes += [f"add property '{name}'" for name in difference.extra[:_SHOWN]]
    changes += [f"take out property '{name}'" for name in difference.missing[:_SHOWN]]
    if not changes:
        return "Send each column once."
    agreed = f"Send the agreed columns; or, if the change is agreed, in the contract: {', '.join(changes)}."
    return f"{agreed} `roundtable deliveries adopt` makes that change, from .roundtable/proposals."


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{_short(name)}'" for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _short(name: str) -> str:
    shown = printable(name)
    return shown if len(shown) <= 60 else shown[:59] + "…"

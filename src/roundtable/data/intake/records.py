"""Where each record of a CSV text begins and ends, on which line it stands, and which are broken.

A quote opens a value only at its start, and only a delimiter or the end of the record may follow the
quote that closes it (RFC 4180); a quote in the middle of an unquoted value is a letter like any other.
A record whose quotes are broken is set aside as its first line, and reading goes on with the next, so
that one stray quote costs one row and not the rest of the file.

Blocks without a broken quote are worked out whole, with NumPy; only a block that has one is gone
through record by record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_QUOTE, _LF, _CR = 0x22, 0x0A, 0x0D
NEVER_CLOSED = "a quote is opened and never closed"
TEXT_AFTER_QUOTE = "text follows the quote that closes a value"
CUT_IN_QUOTE = "the file ends inside a quoted value"


@dataclass(frozen=True)
class BadRow:
    """A record that cannot be told apart into values: its number, its line, the rule and the reason."""

    record: int
    line: int
    rule: str
    reason: str


@dataclass(frozen=True)
class Records:
    """Whole records.

    Attributes:
        text: the well-formed ones, each with its line end.
        numbers: their numbers, counted from 1 in the file.
        lines: the lines that they begin on, counted from 1 in the file.
        bad: the records that were set aside, whose numbers and lines are missing above.
        unended: whether the last record has no line end, as when a file is cut.
    """

    text: bytes
    numbers: Numbers
    lines: Numbers
    bad: tuple[BadRow, ...] = ()
    unended: bool = False


@dataclass
class _SetApart:
    """What a block came to, gone through record by record."""

    good: list[bytes] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


class Dialect:
    """The patterns of one delimiter.

    Raises:
        ValueError: the delimiter is a quote, a line end or no ASCII character.
    """

    def __init__(self, delimiter: str) -> None:
        if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n\0':
            raise ValueError("the delimiter must be one ASCII character, and no quote or line end")
        self.delimiter = delimiter
        d = re.escape(delimiter.encode())
        quoted = rb'"(?:[^"]++|"")*+"'
        value = rb"(?:" + quoted + rb'|[^"\r\n' + d + rb"][^\r\n" + d + rb"]*+|)"
        record = value + rb"(?:" + d + value + rb")*+"
        #: A record with its line end, or up to the end of the text.
        self.record = re.compile(record + rb"(?:\r\n|\n|\r|\Z)")
        #: A record up to a quote that is still open where the text ends.
        self.open_record = re.compile(rb"(?:" + value + d + rb')*+"(?:[^"]++|"")*+"?\Z')


class RecordSplitter:
    """Cuts the text of one file, fed in blocks, into whole records.

    Args:
        dialect: the delimiter's patterns.
        longest: bytes of the longest record; a quote that is open for longer counts as never closed.
        line: the line that the text begins on.
    """

    def __init__(self, dialect: Dialect, longest: int, line: int = 1) -> None:
        self._dialect = dialect
        self._longest = longest
        self._held = b""
        self._line = line
        self._number = 1
        self._skipping = False

    def feed(self, block: bytes, *, last: bool = False) -> Records:
        """The records that end in this block; with `last`, everything that is left."""
        text = self._held + block if self._held else block
        if self._skipping:
            text = self._skipped(text, last)
        unended = last and bool(text) and text[-1] not in (_LF, _CR)
        if unended:
            text += b"\n"
        if b'"' not in text:
            return self._plain(text, last, unended)
        return self._quoted(text, last, unended)

    def _skipped(self, text: bytes, last: bool) -> bytes:
        """What follows the line that was too long to be held."""
        end = _end_of_line(text, 0, last)
        self._skipping = end is None
        self._line += 0 if end is None else 1
        return b"" if end is None else text[end:]

    def _plain(self, text: bytes, last: bool, unended: bool) -> Records:
        """A block without a quote: every line is a record."""
        array = np.frombuffer(text, np.uint8)
        ends = _line_ends(array, last)
        cut = int(ends[-1]) + 1 if len(ends) else 0
        if not last and len(text) - cut > self._longest:
            return self._one_by_one(text, last, unended)
        return self._laid_out(text, array, ends, ends, unended)

    def _quoted(self, text: bytes, last: bool, unended: bool) -> Records:
        array = np.frombuffer(text, np.uint8)
        quotes = np.flatnonzero(array == _QUOTE)
        held_open = len(quotes) % 2 == 1
        if not _well_formed(array, quotes, ord(self._dialect.delimiter)) or (last and held_open):
            return self._one_by_one(text, last, unended)
        ends = _line_ends(array, last)
        outside = np.searchsorted(quotes, ends) % 2 == 0
        cut = int(ends[outside][-1]) + 1 if outside.any() else 0
        if not last and len(text) - cut > self._longest:
            return self._one_by_one(text, last, unended)
        return self._laid_out(text, array, ends, ends[outside], unended)

    def _laid_out(
        self, text: bytes, array: NDArray[np.uint8], ends: Numbers, record_ends: Numbers, unended: bool
    ) -> Records:
        """Numbers and lines of the records of a well-formed block, of which these are the last bytes."""
        cut = int(record_ends[-1]) + 1 if len(record_ends) else 0
        starts = np.concatenate((np.zeros(1, np.int64), record_ends[:-1] + 1))[: len(record_ends)]
        first = array[starts]
        full = (first != _LF) & (first != _CR)
        if len(ends) == len(record_ends):
            lines = self._line + np.flatnonzero(full)
        else:
            lines = self._line + np.searchsorted(ends, starts[full])
        self._held = text[cut:]
        return self._numbered(text[:cut], lines, int(np.count_nonzero(ends < cut)), unended)

    def _numbered(self, body: bytes, lines: Numbers, passed: int, unended: bool) -> Records:
        numbers = self._number + np.arange(len(lines))
        self._number += len(lines)
        self._line += passed
        return Records(body, numbers, lines, unended=unended)

    def _one_by_one(self, text: bytes, last: bool, unended: bool) -> Records:
        found = _SetApart()
        at = 0
        while at < len(text):
            match = self._dialect.record.match(text, at)
            if match is not None and (last or _is_ended(text, match.end())):
                at = self._take(text, at, match.end(), found)
                continue
            opened = match is None and self._dialect.open_record.match(text, at) is not None
            end = _end_of_line(text, at, last)
            may_go_on = match is not None or opened or end is None
            if may_go_on and not last and len(text) - at <= self._longest:
                break
            self._skipping = end is None
            end = len(text) if end is None else end
            long, cut = match is not None or self._skipping, unended and end == len(text)
            rule, reason = self._broken(long=long, opened=opened, cut=cut)
            found.bad.append(BadRow(self._number, self._line, rule, reason))
            self._pass(text[at:end])
            at = end
        self._held = text[at:]
        numbers = np.array(found.numbers, np.int64)
        lines = np.array(found.lines, np.int64)
        return Records(b"".join(found.good), numbers, lines, tuple(found.bad), unended)

    def _take(self, text: bytes, at: int, end: int, found: _SetApart) -> int:
        """Keep a well-formed record, unless it is an empty line, and say where the next begins."""
        if text[at] not in (_LF, _CR):
            found.good.append(text[at:end])
            found.numbers.append(self._number)
            found.lines.append(self._line)
            self._number += 1
        self._line += _count_lines(text[at:end])
        return end

    def _pass(self, record: bytes) -> None:
        """Go on behind a record."""
        self._number += 1
        self._line += _count_lines(record)

    def _broken(self, *, long: bool, opened: bool, cut: bool) -> tuple[str, str]:
        """The rule that a broken record breaks, and the reason in words."""
        if long:
            return "too-long", f"the row has more than {self._longest:,} bytes"
        if opened and cut:
            return "cut-row", CUT_IN_QUOTE
        return "quotes", NEVER_CLOSED if opened else TEXT_AFTER_QUOTE


def _line_ends(array: NDArray[np.uint8], last: bool) -> Numbers:
    """The last byte of every line: LF, or a CR that no LF follows."""
    line_feeds = np.flatnonzero(array == _LF)
    returns = np.flatnonzero(array == _CR)
    if len(returns) == 0:
        return line_feeds
    if not last and returns[-1] == len(array) - 1:
        returns = returns[:-1]
    after = array[np.minimum(returns + 1, len(array) - 1)]
    bare = returns[(after != _LF)]
    return np.sort(np.concatenate((line_feeds, bare))) if len(bare) else line_feeds


def _well_formed(array: NDArray[np.uint8], quotes: Numbers, delimiter: int) -> bool:
    """Whether every other quote opens a value, or doubles the one before it, and the rest close one."""
    opens, closes = quotes[0::2], quotes[1::2]
    before = array[np.maximum(opens - 1, 0)]
    begins = (opens == 0) | (before == delimiter) | (before == _LF) | (before == _CR)
    doubled = np.zeros(len(opens), bool)
    doubled[1:] = opens[1:] == closes[: len(opens) - 1] + 1
    after = array[np.minimum(closes + 1, len(array) - 1)]
    ends = (closes == len(array) - 1) | (after == delimiter) | (after == _LF) | (after == _CR)
    followed = np.zeros(len(closes), bool)
    followed[: len(opens) - 1] = doubled[1:][: len(closes)]
    return bool((begins | doubled).all() and (ends | followed).all())


def _is_ended(text: bytes, end: int) -> bool:
    """Whether a record that stops here is surely whole."""
    return text[end - 1] == _LF or (text[end - 1] == _CR and end < len(text))


def _end_of_line(text: bytes, at: int, last: bool) -> int | None:
    """Just past the end of the line; None when the line may go on in the next block."""
    feed, bare = text.find(b"\n", at), text.find(b"\r", at)
    if bare >= 0 and (feed < 0 or bare < feed - 1) and (last or bare < len(text) - 1):
        return bare + 1
    return feed + 1 if feed >= 0 else len(text) if last else None


def _count_lines(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")

"""Where a record begins and ends: quotes, line ends, lines counted, and one stray quote costs one row."""

import pytest

from roundtable.data.intake.records import (
    CUT_IN_QUOTE,
    NEVER_CLOSED,
    TEXT_AFTER_QUOTE,
    BadRow,
    Dialect,
    RecordSplitter,
)

COMMA = Dialect(",")
Row = tuple[int, int]


def split(
    text: bytes, size: int = 1_000, longest: int = 1_000
) -> tuple[bytes, list[Row], list[BadRow], bool]:
    """A text fed in blocks: what is well formed, (number, line) of each record, what is broken, the end."""
    splitter = RecordSplitter(COMMA, longest)
    blocks = [text[at : at + size] for at in range(0, len(text), size)] or [b""]
    good, unended = b"", False
    places: list[Row] = []
    bad: list[BadRow] = []
    for number, block in enumerate(blocks, start=1):
        found = splitter.feed(block, last=number == len(blocks))
        good += found.text
        places += list(zip(found.numbers.tolist(), found.lines.tolist(), strict=True))
        bad += found.bad
        unended = found.unended
    return good, places, bad, unended


@pytest.mark.parametrize("size", [1, 2, 3, 1_000])
@pytest.mark.parametrize(
    ("text", "places"),
    [
        (b"a,b\nc,d\n", [(1, 1), (2, 2)]),
        (b"a,b\r\nc,d\r\n", [(1, 1), (2, 2)]),
        (b"a,b\rc,d\r", [(1, 1), (2, 2)]),
        (b"a,b\r\nc,d\re,f\n", [(1, 1), (2, 2), (3, 3)]),
        (b"\n\na,b\n\nc,d\n\n", [(1, 3), (2, 5)]),
        (b'"a\nb",c\nd,e\n', [(1, 1), (2, 3)]),
        (b'"a\r\n\r\nb",c\nd,e\n', [(1, 1), (2, 4)]),
        (b'"a ""quoted"" word",b\nc,d\n', [(1, 1), (2, 2)]),
        (b'"",""\n"a",\n', [(1, 1), (2, 2)]),
        (b'5" pipe,the "Crown"\nc,d\n', [(1, 1), (2, 2)]),
        (b"", []),
        (b"\r\n", []),
    ],
)
def test_well_formed_records_are_numbered_and_placed(text: bytes, places: list[Row], size: int) -> None:
    good, found, bad, _ = split(text, size)
    assert (found, bad) == (places, [])
    assert good.replace(b"\r", b"").replace(b"\n", b"") == text.replace(b"\r", b"").replace(b"\n", b"")


@pytest.mark.parametrize("size", [1, 2, 3, 1_000])
@pytest.mark.parametrize(
    ("text", "places", "bad"),
    [
        (b'a,"b\nc,d\n', [(2, 2)], [BadRow(1, 1, "quotes", NEVER_CLOSED)]),
        (b'a,"b"x\nc,d\n', [(2, 2)], [BadRow(1, 1, "quotes", TEXT_AFTER_QUOTE)]),
        (b'a,"b\nc,"d"\ne,f\n', [(2, 2), (3, 3)], [BadRow(1, 1, "quotes", TEXT_AFTER_QUOTE)]),
        (b'a,b\nc,"d', [(1, 1)], [BadRow(2, 2, "cut-row", CUT_IN_QUOTE)]),
        (b'a,b\nc,"d\n', [(1, 1)], [BadRow(2, 2, "quotes", NEVER_CLOSED)]),
        (b'x"\n"\n', [(1, 1)], [BadRow(2, 2, "quotes", NEVER_CLOSED)]),
    ],
)
def test_a_broken_record_costs_its_first_line(
    text: bytes, places: list[Row], bad: list[BadRow], size: int
) -> None:
    _, found, broken, _ = split(text, size)
    assert (found, broken) == (places, bad)


def test_the_end_of_a_file_without_a_line_end_is_noticed() -> None:
    assert split(b"a,b\nc,d")[1:] == ([(1, 1), (2, 2)], [], True)
    assert split(b"a,b\nc,d\n")[3] is False


@pytest.mark.parametrize("size", [7, 1_000])
def test_a_row_of_too_many_bytes_is_set_aside_and_the_rest_is_read(size: int) -> None:
    text = b"a,b\n" + b"x" * 50 + b"\nc,d\n"
    _, places, bad, _ = split(text, size, longest=20)
    if size == 7:
        assert bad == [BadRow(2, 2, "too-long", "the row has more than 20 bytes")]
    assert places[-1][1] == 3


def test_a_quote_that_stays_open_for_too_long_counts_as_never_closed() -> None:
    text = b'a,"' + b"line\n" * 10 + b"c,d\n"
    _, places, bad, _ = split(text, size=10, longest=20)
    assert bad[0] == BadRow(1, 1, "quotes", NEVER_CLOSED)
    assert places[-1] == (len(places) + len(bad), 11)


@pytest.mark.parametrize("delimiter", ['"', "\n", "\r", "é", "", "\0", ",,"])
def test_a_delimiter_that_cannot_be_one(delimiter: str) -> None:
    with pytest.raises(ValueError, match="the delimiter must be"):
        Dialect(delimiter)


@pytest.mark.parametrize("delimiter", [";", "\t", "|", "^", "]", "\\", "-"])
def test_other_delimiters(delimiter: str) -> None:
    splitter = RecordSplitter(Dialect(delimiter), 1_000)
    found = splitter.feed(
        f'a{delimiter}"b{delimiter}"\n"c"x{delimiter}d\ne{delimiter}f\n'.encode(), last=True
    )
    assert (found.numbers.tolist(), found.bad) == ([1, 3], (BadRow(2, 2, "quotes", TEXT_AFTER_QUOTE),))

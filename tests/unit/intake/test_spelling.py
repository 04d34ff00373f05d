"""Text in every declared encoding, in blocks that split its characters, and the byte that does not fit."""

from collections.abc import Iterator

import pytest

from roundtable.data.intake.spelling import Spelling
from roundtable.errors import DeliveryRefused
from roundtable.partnership.model.contract_terms import Encoding

TEXT = "name,price\nna\u00efve,\u00a35\n\u20ac and \U0001f600\n"


def read(content: bytes, declared: Encoding, size: int = 3) -> str:
    def blocks() -> Iterator[bytes]:
        return (content[at : at + size] for at in range(0, len(content), size))

    return b"".join(Spelling("file.csv", declared, blocks).as_utf_8(blocks())).decode()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1_000])
@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-8", Encoding.UTF_8),
        ("utf-8-sig", Encoding.UTF_8),
        ("utf-8-sig", Encoding.CP1252),
        ("utf-16", Encoding.UTF_8),
        ("utf-16", Encoding.UTF_16),
        ("utf-16-le", Encoding.UTF_16),
        ("utf-16-be", Encoding.UTF_16),
        ("utf-32", Encoding.UTF_8),
    ],
)
def test_text_comes_out_as_it_went_in(codec: str, declared: Encoding, size: int) -> None:
    assert read(TEXT.encode(codec), declared, size) == TEXT


def test_cp1252_has_letters_of_its_own() -> None:
    assert read(b"caf\xe9 \x93quoted\x94 \x80", Encoding.CP1252) == "caf\u00e9 \u201cquoted\u201d \u20ac"


@pytest.mark.parametrize(
    ("content", "declared", "says"),
    [
        (
            b"a,b\nc\xa3",
            Encoding.UTF_8,
            "2: it is not UTF-8 (byte 0xA3 at offset 5, line 2); it looks like Wind",
        ),
        (
            b"a,b\nc\xa3\x81",
            Encoding.UTF_8,
            "2: it is not UTF-8 (byte 0xA3 at offset 5, line 2), nor any other",
        ),
        (
            b"a,b\nc\xc3",
            Encoding.UTF_8,
            "2: it ends in the middle of a character (byte 0xC3 at offset 5, line 2)",
        ),
        (b"a\x81", Encoding.CP1252, "1: it is not Windows-1252 (cp1252) (byte 0x81 at offset 1, line 1)"),
        ("ab\ncd".encode("utf-16") + b"\0", Encoding.UTF_16, "2: it ends in the middle of a character"),
        (
            b"\xff\xfe\x00\xd8a\0",
            Encoding.UTF_8,
            "1: it is not UTF-16, low byte first (byte 0x00 at offset 2",
        ),
    ],
)
def test_a_byte_that_does_not_fit_is_named(content: bytes, declared: Encoding, says: str) -> None:
    for size in (4, 5, 1_000):
        with pytest.raises(DeliveryRefused) as refusal:
            read(content, declared, size)
        assert f"file.csv:{says}" in str(refusal.value).replace("\n", " "), size


def test_plain_utf_8_is_not_copied() -> None:
    block = b"a,b\nc,d\n" * 10
    (same,) = Spelling("file.csv", Encoding.UTF_8, lambda: iter(())).as_utf_8(iter([block]))
    assert same == block


def test_declared_utf_16_of_characters_without_an_empty_half_reads_low_byte_first() -> None:
    assert read("\u4e2d\u6587".encode("utf-16-le"), Encoding.UTF_16) == "\u4e2d\u6587"

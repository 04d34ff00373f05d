"""Files in another encoding than UTF-8: what each looks like, and where."""

import pytest

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.encoding import decoded

SAVE = "Save it as UTF-8: in most editors, 'Save as' and then the encoding 'UTF-8'."
CUT = "It was cut short: copy it again, whole."


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_is_taken_with_a_byte_order_mark_or_without(mark: bytes) -> None:
    assert decoded(mark + "Llŷn – café".encode(), "a.yaml") == "Llŷn – café"


@pytest.mark.parametrize(
    ("content", "place", "what", "remedy"),
    [
        (
            "id: a\nname: Café “x”".encode("cp1252"),
            "a.yaml:2:10",
            "the file looks like Windows-1252 (cp1252), not UTF-8 (byte 16 of 20, 0xE9, would be 'é')",
            SAVE,
        ),
        ("name: x".encode("utf-16"), "a.yaml:1:1", "the file is in UTF-16, not UTF-8", SAVE),
        (
            "name: x".encode("utf-16-le"),
            "a.yaml:1:1",
            "the file looks like UTF-16 (little-endian, without a byte-order mark), not UTF-8",
            SAVE,
        ),
        (
            "name: x".encode("utf-16-be"),
            "a.yaml:1:1",
            "the file looks like UTF-16 (big-endian, without a byte-order mark), not UTF-8",
            SAVE,
        ),
        ("name: x".encode("utf-32"), "a.yaml:1:1", "the file is in UTF-32, not UTF-8", SAVE),
        (
            b"id: a\nna\x00me: x\nthe rest is as it should be\n",
            "a.yaml:2:3",
            "the file holds a NUL byte (byte 9 of 43), which no text has",
            "Delete the character; if the file was damaged in copying, copy it again.",
        ),
        (
            b"id: a\nname: \x81\x8d\n",
            "a.yaml:2:7",
            "the file is not UTF-8 (byte 13 of 15, 0x81), nor any encoding that is known here",
            SAVE,
        ),
        (
            b"name: caf\xe9 \x81",
            "a.yaml:1:10",
            "the file is not UTF-8 (byte 10 of 12, 0xE9), nor any encoding that is known here",
            SAVE,
        ),
        (
            "name: é".encode()[:-1],
            "a.yaml:1:7",
            "the file ends in the middle of a character (byte 7 of 7, 0xC3)",
            CUT,
        ),
        (
            "é: a\nb: x\x1b[1m".encode(),
            "a.yaml:2:5",
            "there is a control character (U+001B) in the file",
            "Delete the character.",
        ),
    ],
)
def test_anything_else_is_told_what_it_looks_like(content: bytes, place: str, what: str, remedy: str) -> None:
    with pytest.raises(PartnershipUnusable) as raised:
        decoded(content, "a.yaml")

    (problem,) = raised.value.problems
    assert (str(problem.place), problem.what, problem.remedy) == (place, what, remedy)

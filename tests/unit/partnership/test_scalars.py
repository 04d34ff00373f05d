"""YAML 1.2's core schema: what a bare word means."""

import pytest

from roundtable.partnership.scalars import NotANumber, Scalar, core_scalar


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "y", "n", "TrUe", "nUll", "None"])
def test_only_true_and_false_are_booleans(word: str) -> None:
    assert core_scalar(word) == word


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-17", -17),
        ("+3", 3),
        ("0123", 123),
        ("0o17", 15),
        ("0x1F", 31),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("2026-11-23", "2026-11-23"),
        ("2026/27", "2026/27"),
        ("0o9", "0o9"),
        ("-", "-"),
        ("+", "+"),
        (".", "."),
        ("1.2.3", "1.2.3"),
        ("٣", "٣"),
        ("<<", "<<"),
    ],
)
def test_a_bare_word_means_what_the_core_schema_says(word: str, means: Scalar) -> None:
    found = core_scalar(word)

    assert found == means
    assert type(found) is type(means)


@pytest.mark.parametrize(
    "word", [".inf", "-.Inf", ".nan", "1e999", "1234567890123456789", "0x1234567890123456789"]
)
def test_what_nobody_can_have_counted_is_refused(word: str) -> None:
    with pytest.raises(NotANumber):
        core_scalar(word)

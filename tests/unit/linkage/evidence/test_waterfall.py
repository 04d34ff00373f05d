"""One pair's weight in words, rows and a picture: the steps add up, and nothing is shown that may not be."""

from __future__ import annotations

import json
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.evidence.waterfall import Part, Waterfall, waterfall
from roundtable.linkage.evidence.waterfall_picture import draw_waterfall

PARTS = (
    Part("given", 0, -4.5, 0.0),
    Part("surname", 4, 8.0, 2.5),
    Part("middle", -1, 0.0, 0.0),
    Part("mobile", 1, 9.0, -3.0),
    Part("place", 3, 12.0, 0.0),
)
MATCH = -15.0 - 4.5 + 10.5 + 6.0 + 12.0


def told(weight: float = MATCH - 9.0, **said: tuple[str | None, str | None]) -> Waterfall:
    return waterfall(shipped("uk"), -15.0, PARTS, weight, said or None)


def test_each_step_adds_to_the_one_before_and_the_last_is_the_weight() -> None:
    steps = told().steps
    for one, other in pairwise(steps):
        assert one.total + other.bits == pytest.approx(other.total)
    assert steps[0].total == -15.0
    assert steps[-1].total == told().weight == MATCH - 9.0
    assert steps[-1].bits == pytest.approx(-9.0)


def test_levels_are_told_in_words_with_the_rarity_of_what_is_shared() -> None:
    assert [step.level for step in told().steps[1:-1]] == [
        "different given names",
        "the same surname, a rare one",
        "the same mobile number, a common one",
        "the same address",
    ]
    assert told().silent == ("Middle names",)


def test_the_household_step_says_whether_it_matters() -> None:
    assert told().steps[-1].level == "what they share at home does not tell them apart"
    assert told(MATCH).steps[-1].level == "two people of one home would not agree in this"


def test_what_the_records_say_is_shown_only_when_it_is_passed_in() -> None:
    assert all(step.left is None and step.right is None for step in told().steps)
    shown = told(given=("ruth", "carl"), mobile=("07700900001", None))
    assert "different given names: ruth / carl" in shown.text()
    assert "07700900001 / nothing" in shown.text()
    assert "ruth" not in told().text() + draw_waterfall(told(), title="A pair")
    assert "ruth / carl" in draw_waterfall(shown, title="A pair")


def test_rows_are_plain_values() -> None:
    rows = json.loads(json.dumps(told().rows()))
    assert rows[1] == {
        "told": "Given name",
        "level": "different given names",
        "bits": -4.5,
        "total": -19.5,
        "left": None,
        "right": None,
    }


@pytest.mark.parametrize(
    ("weight", "odds"),
    [
        (0.2, "it is as likely as not"),
        (3.0, "about 8 to 1 that this"),
        (-3.0, "about 8 to 1 against that this"),
        (40.0, "more than 1,048,576 to 1 that this"),
    ],
)
def test_the_weight_is_said_as_odds(weight: float, odds: str) -> None:
    assert odds in told(weight).summary()


def test_probability_is_that_of_the_weight_however_far_it_goes() -> None:
    assert told(1.0).probability == pytest.approx(2 / 3)
    assert told(-2000.0).probability == pytest.approx(0.0)
    assert told(2000.0).probability == pytest.approx(1.0)


def test_the_picture_says_in_words_what_it_shows() -> None:
    drawn = draw_waterfall(told(), title="Why these two are <not> one person")
    picture = ElementTree.fromstring(drawn)
    svg = "{http://www.w3.org/2000/svg}"
    title, desc = picture.find(f"{svg}title"), picture.find(f"{svg}desc")
    assert title is not None and desc is not None
    assert title.text == "Why these two are <not> one person"
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    for step in told().steps:
        assert f"{step.told}, {step.level}:" in (desc.text or "")
    assert "Not compared" in (desc.text or "")
    assert "style=" not in drawn
    assert draw_waterfall(told(), title="A") == draw_waterfall(told(), title="A")


def test_every_bar_stands_on_the_sheet() -> None:
    for weight in (-400.0, MATCH, 90.0):
        picture = ElementTree.fromstring(draw_waterfall(told(weight), title="A"))
        wide = float(picture.get("width", "0"))
        for bar in picture.iter("{http://www.w3.org/2000/svg}rect"):
            x, width = float(bar.get("x", "0")), float(bar.get("width", "0"))
            assert x >= 0 and x + width <= wide

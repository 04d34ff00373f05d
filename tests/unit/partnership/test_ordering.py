from __future__ import annotations

from itertools import permutations

from roundtable.partnership.model.strict import Strict
from roundtable.partnership.ordering import put_in_order


class _Item(Strict):
    id: str
    text: str = ""


class _Nameless(Strict):
    text: str


class _Whole(Strict):
    items: tuple[_Item, ...] = ()
    nameless: tuple[_Nameless, ...] = ()
    words: tuple[str, ...] = ()


def test_items_stand_in_order_of_their_ids_and_of_what_they_say_where_ids_are_alike() -> None:
    items = (_Item(id="a", text="z"), _Item(id="b", text="a"), _Item(id="b", text="b"))
    for mixed in permutations(items):
        assert put_in_order(_Whole(items=mixed)).items == items
    for mixed in permutations(items[:2]):
        assert put_in_order(_Whole(items=mixed)).items == items[:2]


def test_items_without_an_id_stand_in_order_of_what_they_say() -> None:
    items = (_Nameless(text="a"), _Nameless(text="b"))
    for mixed in permutations(items):
        assert put_in_order(_Whole(nameless=mixed)).nameless == items


def test_words_stand_in_the_order_of_their_json() -> None:
    """As written out, a quotation mark ends each, and a letter with an accent begins with a backslash."""
    words = ("é", "a b", "a", "b")
    for mixed in permutations(words):
        assert put_in_order(_Whole(words=mixed)).words == words

"""Names from boxes and from whole names come out the same, whoever wrote them."""

from __future__ import annotations

from typing import Any

import pytest

from roundtable.linkage.cleaning.cleaned import cleaned
from roundtable.linkage.cleaning.full_names import apart, parts_of_given, whole_name
from tests.factories_records import many_records, records

LEANING = {
    **dict.fromkeys(["emma", "jane", "ann", "mary", "isabel", "michelle", "ka", "siu"], 5.0),
    **dict.fromkeys(["wright", "brown", "liu", "rodriguez", "ruiz", "garcia"], -5.0),
    "thomas": 1.0,
}
ALONE = frozenset({"emma", "jane", "mary", "isabel", "michelle"})


@pytest.mark.parametrize(
    ("written", "given", "middle", "surname"),
    [
        ("WRIGHT, EMMA J", "emma", "j", "wright"),
        ("Wright, Mrs Emma", "emma", None, "wright"),
        ("Mr A Wright", "a", None, "wright"),
        ("Emma Wright", "emma", None, "wright"),
        ("Wright Emma", "emma", None, "wright"),
        ("Emma Jane Wright", "emma", "jane", "wright"),
        ("Wright Emma Jane", "emma", "jane", "wright"),
        ("Isabel Rodríguez Ruiz", "isabel", None, "rodriguez ruiz"),
        ("Rodríguez Ruiz Isabel", "isabel", None, "rodriguez ruiz"),
        ("Liu Ka Siu", "ka siu", None, "liu"),
        ("Emma van der Berg", "emma", None, "van der berg"),
        ("Emma O'Brien", "emma", None, "obrien"),
        ("Emma O Brien", "emma", None, "obrien"),
        ("Emma Ní Bhriain", "emma", None, "ni bhriain"),
        ("Emma Brown-Wright", "emma", None, "brown wright"),
        ("Unheard-Ofname", None, None, "unheard ofname"),
        ("Emma", "emma", None, None),
        ("Wright", None, None, "wright"),
        ("Thomas", None, None, None),
        ("Zyx", None, None, None),
        ("E", "e", None, None),
        ("Baby Wright", None, None, "wright"),
        ("Baby of Emma Wright", None, None, "wright"),
        ("Wright, Baby", None, None, "wright"),
        ("Wright, Unknown", None, None, "wright"),
        ("Wright, Mr", None, None, "wright"),
        ("Baby", None, None, None),
        ("Unknown", None, None, None),
        (", Emma", "emma", None, None),
        ("Emma (Em) Wright", "emma", None, "wright"),
        ("Dr Emma Wright OBE", "emma", None, "wright"),
        ("Wr1ght, Emma", "emma", None, "wright"),
    ],
)
def test_whole_names_are_taken_apart(
    written: str, given: str | None, middle: str | None, surname: str | None
) -> None:
    found = apart(whole_name(written), LEANING, ALONE)
    assert (found.given, found.middle, found.surname) == (given, middle, surname)


def test_given_names_stay_together_where_the_first_is_rarely_alone() -> None:
    assert parts_of_given(["mary", "ann"], ALONE) == ("mary", "ann")
    assert parts_of_given(["wai", "ling"], ALONE) == ("wai ling", None)
    assert parts_of_given(["wai", "l"], ALONE) == ("wai", "l")
    assert parts_of_given([], ALONE) == (None, None)


def _one(**row: Any) -> dict[str, Any]:
    found: dict[str, Any] = cleaned(records(row)).table.to_pylist()[0]
    return found


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"given_name": "Siân", "surname": "ap Rhys"}, {"given": "sian", "surname": "ap rhys"}),
        ({"given_name": "Robert (Bob)", "surname": "Hill"}, {"given": "robert", "known_as": "bob"}),
        ({"given_name": "Robert (plumber)", "surname": "Hill"}, {"given": "robert", "known_as": None}),
        ({"given_name": "Robert", "known_as": "Rob"}, {"known_as": "rob"}),
        ({"surname": "Hill née Ward"}, {"surname": "hill", "former_surname": "ward"}),
        ({"surname": "Hill (nee Ward)"}, {"surname": "hill", "former_surname": "ward"}),
        ({"full_name": "Hill, Ann aka Nan"}, {"surname": "hill", "given": "ann", "known_as": "nan"}),
        ({"given_name": "Sir", "surname": "Hill"}, {"given": None, "surname": "hill"}),
        ({"given_name": "TWIN 1", "surname": "Hill"}, {"given": None, "surname": "hill"}),
        ({"given_name": "Na", "surname": "Child"}, {"given": "na", "surname": "child"}),
        ({"given_name": "Мария", "surname": "Петрова"}, {"given": None, "surname": None}),
        ({"given_name": "Bob", "sex": "M"}, {"given_root": "robert"}),
        ({"full_name": "Mr A Hill"}, {"sex": "m", "given": "a", "given_root": None}),
        ({"title": "Mrs", "surname": "Hill"}, {"sex": "f"}),
        ({"title": "Mrs", "sex": "1"}, {"sex": "m"}),
        ({"title": "Dr", "surname": "Hill"}, {"sex": None}),
        ({"surname": "Lord-Hill"}, {"surname": "lord hill"}),
        ({"surname": "al-Masri", "given_name": "Al"}, {"name_tokens": ["al", "masri"]}),
        ({"surname": "St John"}, {"name_tokens": ["john", "st"]}),
        ({"given_name": "A", "middle_names": "B", "surname": "Hill"}, {"name_tokens": ["hill"]}),
        (
            {"given_name": "Ann", "surname": "Ward Hill", "known_as": "Nan"},
            {"name_tokens": ["ann", "hill", "nan", "ward"]},
        ),
        ({"given_name": "", "surname": "  "}, {"given": None, "surname": None, "name_tokens": None}),
    ],
)
def test_names_come_out_in_their_columns(sent: dict[str, str], expected: dict[str, Any]) -> None:
    found = _one(**sent)
    assert {name: found[name] for name in expected} == expected


def test_words_tell_which_part_is_the_surname() -> None:
    boxed = [
        {"given_name": g, "surname": s}
        for g in ("Nura", "Tove")
        for s in ("Quill", "Marsh", "Fenn", "Holt", "Ide")
    ]
    whole = [{"dataset": "other", "full_name": "Quill Nura"}, {"dataset": "other", "full_name": "Tove Marsh"}]
    found = cleaned(many_records([*boxed, *whole])).table.to_pylist()[-2:]
    assert [(row["given"], row["surname"]) for row in found] == [("nura", "quill"), ("tove", "marsh")]


def test_a_box_of_its_own_goes_before_the_same_part_of_a_whole_name() -> None:
    found = _one(given_name="Ann", surname="Hill", full_name="Countess Ann Ward of Hill")
    assert (found["given"], found["surname"]) == ("ann", "hill")
    assert found["name_tokens"] == ["ann", "hill", "ward"]

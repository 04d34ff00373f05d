import pytest

from roundtable.partnership.changes.written import Branch, FieldChange, Leaf, Many, Node, fields_changed


def _branch(**parts: Node) -> Branch:
    return Branch({key: (key, node) for key, node in parts.items()})


def _said(old: Node, new: Node) -> list[str]:
    return [str(change) for change in fields_changed(old, new)]


def _many(*words: str) -> Many:
    return Many(tuple(Leaf(word, word) for word in words))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (_branch(age=Leaf("1", "1")), _branch(age=Leaf("1", "one")), []),
        (_branch(age=Leaf("1", "1")), _branch(age=Leaf("2", "2")), ["age: was 1, now 2"]),
        (_branch(), _branch(age=Leaf("2", "2")), ["age: now 2"]),
        (_branch(age=Leaf("1", "1")), _branch(), ["age: no longer given (it was 1)"]),
        (
            _branch(to=_many("a", "b", "b")),
            _branch(to=_many("b", "c")),
            ["to: no longer a, b; now also c"],
        ),
        (_branch(to=_many("a")), _branch(to=_many("a", "b")), ["to: now also b"]),
        (_branch(to=_many("a", "b")), _branch(to=_many("b", "a")), ["to: was a, b, now b, a"]),
        (_branch(to=Leaf("a", "a")), _branch(to=_many("a", "b")), ["to: was a, now a, b"]),
        (
            _branch(rows=_branch(x=_branch(points=Leaf("1", "1")), y=_branch(points=Leaf("5", "5")))),
            _branch(rows=_branch(x=_branch(points=Leaf("2", "2")))),
            ["rows, x, points: was 1, now 2", "rows, y: no longer given (it was points 5)"],
        ),
    ],
)
def test_what_changed_reads_as_a_sentence(old: Node, new: Node, said: list[str]) -> None:
    assert _said(old, new) == said


def test_to_look_from_the_other_side_swaps_was_and_now() -> None:
    old, new = _branch(a=Leaf("1", "1"), to=_many("x")), _branch(b=Leaf("2", "2"), to=_many("y"))

    back = [FieldChange(one.field, one.now, one.was, one.some) for one in fields_changed(new, old)]

    assert back == list(fields_changed(old, new))

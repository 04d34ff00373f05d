"""Reading YAML: values, where each stands, and every mistake of YAML itself."""

import pytest

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.yaml_source import MAX_BYTES, MAX_DEPTH, read_yaml


def _problems(content: str | bytes) -> list[str]:
    raw = content if isinstance(content, bytes) else content.encode()
    try:
        problems = read_yaml(raw, "a.yaml").problems
    except PartnershipUnusable as error:
        problems = list(error.problems)
    return [f"{problem.place}: {problem.what} | {problem.remedy}" for problem in problems]


def test_values_are_plain() -> None:
    source = read_yaml(b"a: 1\nb: [x, 2.5, true, ~]\nc: {d: 'yes', e: yes, f: \"1\"}\n", "a.yaml")

    assert source.value == {"a": 1, "b": ["x", 2.5, True, None], "c": {"d": "yes", "e": "yes", "f": "1"}}
    assert not source.problems


def test_every_value_and_key_has_its_place() -> None:
    source = read_yaml("# first\nrisks:\n  - id: a\n    lead_posts: [é, b]\n".encode(), "a.yaml")

    assert str(source.place(("risks", 0, "lead_posts", 1))) == "a.yaml:4:21 (risks[0].lead_posts[1])"
    assert str(source.place(("risks", 0, "id"), at_key=True)) == "a.yaml:3:5 (risks[0].id)"
    assert str(source.place(("risks", 0, "title"))) == "a.yaml:3:5 (risks[0].title)"


def test_what_is_missing_has_the_place_of_its_parent_also_behind_an_alias() -> None:
    source = read_yaml(b"a: &x {b: 1}\nc: *x\n", "a.yaml")

    assert source.value == {"a": {"b": 1}, "c": {"b": 1}}
    assert str(source.place(("c", "b"))) == "a.yaml:2:4 (c.b)"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = read_yaml(b"a: 1\nb: [x]\n", "a.yaml")
    windows = read_yaml(b"\xef\xbb\xbfa: 1\r\nb: [x]\r\n", "a.yaml")

    assert windows.value == plain.value
    assert windows.values == plain.values


def test_accents_are_written_one_way() -> None:
    assert read_yaml("name: e\u0301".encode(), "a.yaml").value == {"name": "\u00e9"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "id: a\nname: x\nid: b\n",
            "a.yaml:3:1 (id): the key 'id' is written twice, on line 1 and on line 3"
            " | Keep one of the two and delete the other.",
        ),
        ("1: a\n", "a.yaml:1:1: the key '1' is not text | Put the key in quotes, or give it its name."),
        ("~: a\n", "a.yaml:1:1: the key '~' is not text | Put the key in quotes, or give it its name."),
        (
            "a: !!python/name:os.system x\n",
            "a.yaml:1:4: the tag '!!python/name:os.system' has no meaning here"
            " | Delete the tag, or put the text in quotes.",
        ),
        (
            "a: !x {b: 1}\n",
            "a.yaml:1:4: the tag '!x' has no meaning here | Delete the tag, or put the text in quotes.",
        ),
        (
            "a: .nan\n",
            "a.yaml:1:4: '.nan' is not a figure that anybody can have counted"
            " | Write 'unknown' where nobody knows; put a code in quotes.",
        ),
        (
            'a: "x\\0y"\n',
            "a.yaml:1:4: the text holds a control character | Take it out of the text.",
        ),
    ],
)
def test_a_small_mistake_does_not_hide_the_rest(content: str, expected: str) -> None:
    assert _problems(content) == [expected]
    assert read_yaml(f"{content}zz: 1\n".encode(), "a.yaml").value["zz"] == 1


def test_of_a_key_written_twice_the_first_is_kept() -> None:
    source = read_yaml(b"a: {b: 1}\na: {b: 2, c: 3}\na: 4\n", "a.yaml")

    assert source.value == {"a": {"b": 1}}
    assert len(source.problems) == 2
    assert source.place(("a", "b")).line == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "a.yaml:1:1: the file is empty | Write what it should hold, or delete the file."),
        (
            "# nothing\n---\n",
            "a.yaml:1:1: the file is empty | Write what it should hold, or delete the file.",
        ),
        (
            "id: a\n\tname: x\n",
            "a.yaml:2:1: this is not YAML: found a tab character that violates indentation (begun on line 1)"
            " | Use spaces to indent, never tabs.",
        ),
        (
            "story: Note: somebody rings\n",
            "a.yaml:1:12: this is not YAML: mapping values are not allowed in this context"
            " | Put text that holds ': ' in quotes, or line the key up with the keys above.",
        ),
        (
            "a: [1, 2\nb: 3\n",
            "a.yaml:2:2: this is not YAML: did not find expected ',' or ']' (begun on line 1)"
            " | A bracket that is opened must be closed, with ',' between the items.",
        ),
        (
            "a: 'x\n",
            "a.yaml:2:1: this is not YAML: found unexpected end of stream (begun on line 1)"
            " | A quote or a bracket that is opened must be closed.",
        ),
        (
            "a: @home\n",
            "a.yaml:1:4: this is not YAML: found character that cannot start any token"
            " | Text that begins with @ needs quotes.",
        ),
        (
            "a: *nobody\n",
            "a.yaml:1:4: the alias '*nobody' repeats something that is not marked '&nobody' above"
            " | Text that begins with * needs quotes.",
        ),
        (
            "a: &a [*a]\n",
            "a.yaml:1:8: the alias '*a' stands inside the very thing that it repeats | Write out"
            " what is meant.",
        ),
        (
            "? [a]\n: b\n",
            "a.yaml:1:3: a list, a mapping or an alias stands where a key should be"
            " | Write the key as one word, then a colon.",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "a.yaml:2:1: a second document begins here ('---')"
            " | Keep one thing in each file: move what follows '---' to a file of its own.",
        ),
        (
            "a: b\nc\n",
            "a.yaml:3:1: this is not YAML: could not find expected ':' (begun on line 2)"
            " | Write 'key: value' on this line or the one above; text over several lines needs quotes.",
        ),
        (
            "a: %x\n",
            "a.yaml:1:4: this is not YAML: found character that cannot start any token"
            " | Text that begins with % needs quotes.",
        ),
        (
            "- a\nb: c\n",
            "a.yaml:2:1: this is not YAML: did not find expected '-' indicator (begun on line 1)"
            " | Line it up with the list above, and begin each item with '- '.",
        ),
        (
            "a: - b\n",
            "a.yaml:1:4: this is not YAML: block sequence entries are not allowed in this context"
            " | Begin the list on a line of its own, under its key.",
        ),
    ],
)
def test_what_cannot_be_read_says_where_and_how_to_mend_it(content: str, expected: str) -> None:
    assert _problems(content) == [expected]


def test_aliases_may_not_grow_into_millions_of_values() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]

    (problem,) = _problems("\n".join(lines))

    assert problem.startswith("a.yaml:")
    assert "the aliases of this file stand for more than 100,000 values" in problem


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_without_end_is_refused_and_breaks_nothing(opening: str) -> None:
    (problem,) = _problems(opening * 20_000)

    assert (
        f"more than {MAX_DEPTH} deep" in problem or "this is not YAML" in problem or "where a key" in problem
    )


def test_a_file_of_many_megabytes_is_not_read() -> None:
    (problem,) = _problems(b"a: b\n" * (MAX_BYTES // 5 + 1))

    assert problem == (
        "a.yaml:1:1: the file is larger than 50 MB"
        " | A partnership's files are written by hand; data go in deliveries/."
    )

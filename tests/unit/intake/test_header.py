"""A header beside its contract."""

import pytest

from roundtable.data.intake.header import HeaderDifference, compare, header_problem

AGREED = ("id", "month", "kind")


@pytest.mark.parametrize(
    ("header", "difference"),
    [
        (("id", "month", "kind"), HeaderDifference((), (), (), (), False)),
        (("kind", "id", "month"), HeaderDifference((), (), (), (), True)),
        (("id", "month"), HeaderDifference(("kind",), (), (), (), False)),
        (("id", "month", "kind", "name"), HeaderDifference((), ("name",), (), (), False)),
        (
            ("id", "Month", "kind "),
            HeaderDifference((), (), (("month", "Month"), ("kind", "kind ")), (), False),
        ),
        (("id", "months", "kind"), HeaderDifference((), (), (("month", "months"),), (), False)),
        (("id", "month", "kind", "id"), HeaderDifference((), (), (), ("id",), False)),
        (("a;b",), HeaderDifference(AGREED, ("a;b",), (), (), False)),
    ],
)
def test_each_difference_is_found(header: tuple[str, ...], difference: HeaderDifference) -> None:
    found = compare(AGREED, header)
    assert found == difference
    assert found.refuses is (
        difference.missing + difference.extra + difference.repeated != () or bool(found.renamed)
    )


def test_a_long_list_and_a_hostile_name_are_kept_short() -> None:
    header = [f"column {n}" for n in range(20)] + ["x" * 500, "\x1b[31m"]
    what = header_problem(compare((), header), "f.csv", "rows", others=3).what
    assert "and 14 more, and so has 3 other files of the delivery" in what
    assert len(what) < 400 and "\x1b" not in what
    renamed = header_problem(compare(("column one",), ("column\x1bone",)), "f.csv", "rows").what
    assert "\x1b" not in renamed

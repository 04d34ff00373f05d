from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from roundtable.partnership.causal.micmac import Micmac, Settling, micmac
from tests.unit.partnership.causal.drawn import drawn


def _indirect(found: Micmac) -> dict[str, float]:
    return {place.id: place.indirect_influence for place in found.places}


def _order(matrix: npt.NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
    """The places of the nodes by the sums of the rows and of the columns."""
    sums = matrix.sum(axis=1), matrix.sum(axis=0)
    shares = ((one / one.sum()).round(9) for one in sums)
    return tuple(tuple(int((one < value).sum()) for value in one) for one in shares)


def test_direct_influence_and_dependence_are_sums_of_strengths() -> None:
    found = {place.id: place for place in micmac(drawn("a+b a-c b+c", low=0.2, high=0.6)).places}

    assert (found["a"].influence, found["a"].dependence) == pytest.approx((0.8, 0.0))
    assert (found["c"].influence, found["c"].dependence) == pytest.approx((0.0, 0.8))


def test_a_link_said_to_have_no_effect_counts_for_nothing() -> None:
    assert micmac(drawn("a0b")).places[0].influence == 0


def test_a_map_without_a_loop_is_summed_over_all_its_ways() -> None:
    """a to b, b to c, a to c: of the 4 ways (ab, bc, ac, abc), 3 leave a and 1 leaves b."""
    found = micmac(drawn("a+b b+c a+c"))

    assert (found.settling, found.power) == (Settling.SUMMED, 2)
    assert _indirect(found) == pytest.approx({"a": 3 / 4, "b": 1 / 4, "c": 0})
    assert [p.indirect_dependence for p in found.places] == pytest.approx([0, 1 / 4, 3 / 4])


def test_the_order_settles_as_the_powers_of_the_matrix_say() -> None:
    causal_map = drawn("a+b b+a a+c c+a c+d d+a b+d", low=0.5, high=1.0)
    matrix = np.zeros((4, 4))
    for edge in causal_map.edges:
        matrix[causal_map.index[edge.source], causal_map.index[edge.target]] = 0.75

    found = micmac(causal_map)
    assert found.settling is Settling.SETTLED
    orders = [_order(np.linalg.matrix_power(matrix, power)) for power in range(1, found.power + 1)]
    assert orders[-4:] == [orders[-1]] * 4
    assert all(len(set(orders[at : at + 4])) > 1 for at in range(len(orders) - 4))
    raised = np.linalg.matrix_power(matrix, found.power)
    assert list(_indirect(found).values()) == pytest.approx(raised.sum(axis=1) / raised.sum())
    dependence = [place.indirect_dependence for place in found.places]
    assert dependence == pytest.approx(raised.sum(axis=0) / raised.sum())


def test_an_indirect_driver_overtakes_a_direct_one() -> None:
    """x moves three dead ends; y moves only the loop, and through it everything else again and again."""
    found = {place.id: place for place in micmac(drawn("x+p x+q x+r y+a a+b b+a b+p b+q a+q")).places}

    assert found["x"].influence > found["y"].influence
    assert found["x"].indirect_influence < found["y"].indirect_influence


def test_an_order_that_swings_for_ever_is_summed_with_damping() -> None:
    """a has 4, 1, 4, 1, ... ways of 1, 2, 3, 4, ... links; b, x and y have 1, 4, 1, 4, ...

    Each link after the first counts half: a is 4(1 + 1/4 + ...) + 1/2(1 + 1/4 + ...) = 6; the three others
    are (1 + 1/4 + ...) + 2(1 + 1/4 + ...) = 4; p, q and r are 0. In all 18.
    """
    swinging = drawn("a+b b+a x+a y+a a+p a+q a+r")
    found = micmac(swinging)

    assert (found.settling, found.power) == (Settling.DAMPED, 60)
    assert micmac(swinging, powers=5).power == 5
    others = {"b": 4 / 18, "x": 4 / 18, "y": 4 / 18}
    assert _indirect(found) == pytest.approx({"a": 6 / 18, **others, "p": 0, "q": 0, "r": 0})


def test_where_loops_are_strong_the_damping_is_less_and_the_sum_still_ends() -> None:
    """a, b and c each move each; x moves a: the radius is 2, so the damping is at most 0.9 / 2."""
    strong = drawn("a+b b+a a+c c+a b+c c+b x+a")
    matrix = np.zeros((4, 4))
    for edge in strong.edges:
        matrix[strong.index[edge.source], strong.index[edge.target]] = 1
    bound = float(np.linalg.matrix_power(matrix, 2).sum(axis=1).max()) ** 0.5

    found = micmac(strong, powers=2)
    whole = matrix @ np.linalg.inv(np.eye(4) - 0.9 / bound * matrix)
    assert found.settling is Settling.DAMPED
    assert bound >= 2
    assert list(_indirect(found).values()) == pytest.approx(whole.sum(axis=1) / whole.sum())
    dependence = [place.indirect_dependence for place in found.places]
    assert dependence == pytest.approx(whole.sum(axis=0) / whole.sum())


@pytest.mark.parametrize(("links", "alone"), [("", ()), ("", ("a",)), ("a0b", ())])
def test_a_map_where_nothing_moves_has_nothing_indirect(links: str, alone: tuple[str, ...]) -> None:
    found = micmac(drawn(links, *alone))

    assert found.settling is Settling.SUMMED
    assert set(_indirect(found).values()) <= {0.0}


def test_a_long_chain_is_summed_to_its_end() -> None:
    letters = "abcdefghij"
    chain = drawn(" ".join(f"{a}+{b}" for a, b in pairwise(letters)))
    found = micmac(chain, powers=4)

    assert (found.settling, found.power) == (Settling.SUMMED, 9)

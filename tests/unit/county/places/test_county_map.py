"""The map: areas that tile the box, in the real towns, with the districts' deprivation."""

from collections import Counter

import numpy as np
import pytest

from roundtable.county.places.county_map import BOX, CountyMap, county_map
from roundtable.county.places.settlements import settlements
from roundtable.county.plan import CountyPlan
from tests.factories_population import TODAY

WHOLE_BOX = (BOX[2] - BOX[0]) * (BOX[3] - BOX[1])


def _size(outline: np.ndarray) -> float:
    """The area inside, positive where the corners run anticlockwise (the shoelace formula)."""
    x, y = outline[:, 0], outline[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def _map(people: int, seed: int = 1) -> CountyMap:
    return county_map(CountyPlan(people, seed, TODAY))


@pytest.mark.parametrize("people", [1, 5_000, 30_000, 400_000])
def test_the_areas_tile_the_box(people: int) -> None:
    drawn = _map(people)
    sizes = [_size(outline) for outline in drawn.outlines]
    assert min(sizes) > 0
    assert sum(sizes) == pytest.approx(WHOLE_BOX, rel=1e-9)
    corners = np.concatenate(drawn.outlines)
    assert (corners >= BOX[:2]).all()
    assert (corners <= BOX[2:]).all()


def test_every_point_of_the_box_lies_in_exactly_one_area() -> None:
    drawn = _map(30_000)
    rng = np.random.default_rng(3)
    for point in rng.uniform(BOX[:2], BOX[2:], (200, 2)):
        inside = 0
        for outline in drawn.outlines:
            side = np.roll(outline, -1, axis=0) - outline
            inside += bool(
                (side[:, 0] * (point - outline)[:, 1] > side[:, 1] * (point - outline)[:, 0]).all()
            )
        assert inside == 1


def test_each_area_is_of_its_shard_and_of_about_1670_people() -> None:
    drawn = _map(10_001)
    people = drawn.areas["people"].to_pylist()
    assert drawn.areas["area"].to_pylist()[:2] == ["SYN00001", "SYN00002"]
    assert people == [1667, 1667, 1666, 1667, 1667, 1666, 1, 0, 0]
    names = drawn.areas["name"].to_pylist()
    assert len(set(names)) == len(names)
    assert all(name.endswith("(synthetic)") for name in names)


def test_settlements_have_areas_by_their_people() -> None:
    drawn = _map(400_000)
    areas = Counter(drawn.areas["settlement"].to_pylist())
    total = sum(place.people for place in settlements())
    for place in settlements():
        assert areas[place.name] == pytest.approx(240 * place.people / total, abs=1)


def test_the_coast_is_more_deprived_and_the_countryside_less() -> None:
    areas = _map(400_000).areas.to_pylist()
    coast = np.mean([area["decile"] for area in areas if area["coastal"]])
    rural = np.mean([area["decile"] for area in areas if area["rural"]])
    assert coast < np.mean([area["decile"] for area in areas]) - 1
    assert rural > np.mean([area["decile"] for area in areas])


def test_the_same_plan_gives_the_same_map_and_another_seed_other_deciles() -> None:
    assert _map(30_000).areas.equals(_map(30_000).areas)
    assert not _map(30_000).areas.equals(_map(30_000, seed=2).areas)

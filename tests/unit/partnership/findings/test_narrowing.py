import pytest

from roundtable.errors import SettingUnusable
from roundtable.partnership.findings import find_all
from roundtable.partnership.findings.narrowing import concerning
from roundtable.partnership.study import Study
from tests.factories import agency, need, partnership, risk, scenario

OTHER = {"id": "other-factor", "label": "Other", "kind": "state"}
ASSERTED = {"by": ["fire"], "on": "2026-09-01", "confidence": "low"}
STUDY = Study(
    partnership(
        agency("health"),
        scenario("alone", risks=[risk("fall")], needs=[need("which-homes")]),
        scenario("crowd", lead="fire", risks=[risk("crush")], factors=[OTHER | {"asserted": ASSERTED}]),
    ),
    samples=0,
)


def _about(**asked: str) -> set[str]:
    return {one.about[1] for one in concerning(STUDY, find_all(STUDY), **asked)}


def test_a_scenario_has_what_is_written_in_it() -> None:
    assert {"fall", "which-homes"} <= _about(scenario="alone")
    assert "crush" in _about(scenario="crowd") and "fall" not in _about(scenario="crowd")


def test_an_agency_has_what_concerns_it() -> None:
    assert "crush" in _about(agency="fire") and "which-homes" not in _about(agency="fire")
    assert _about(agency="health") == set()


def test_nothing_asked_leaves_all_in_order() -> None:
    assert concerning(STUDY, find_all(STUDY)) == find_all(STUDY)


@pytest.mark.parametrize(("asked", "near"), [({"agency": "fir"}, "fire"), ({"scenario": "alon"}, "alone")])
def test_an_unknown_name_is_told_with_the_nearest(asked: dict[str, str], near: str) -> None:
    with pytest.raises(SettingUnusable, match=f"Did you mean '{near}'"):
        concerning(STUDY, (), **asked)

"""The folder as a whole: everything in order, whatever order it was written in, and in good time."""

import gc
import time
from pathlib import Path

import pytest

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.loading import load_partnership
from tests.town import Town
from tests.unit.partnership.large_folder import write_large

SCENARIO = "scenarios/alone-at-risk.yaml"


def test_the_town_is_read_whole(town: Town) -> None:
    partnership = town.load()

    assert partnership.charter.name == "A town"
    assert [agency.id for agency in partnership.agencies] == ["council", "fire-service", "police-uk"]
    assert partnership.dataset("street-crime").terms.created_by == "police-uk"
    assert partnership.agency("police-uk").existed_on(partnership.charter.as_of)


def test_things_are_in_order_of_their_ids(town: Town) -> None:
    (scenario,) = town.load().scenarios

    assert [factor.id for factor in scenario.factors] == ["isolation", "street-fires", "unsafe-home"]
    assert [link.from_ for link in scenario.links] == ["isolation", "street-fires", "unsafe-home"]
    assert [role.id for role in town.load().agency("council").roles] == [
        "council-analyst",
        "council-community-safety-lead",
    ]


def test_lists_without_an_order_of_their_own_are_sorted(town: Town) -> None:
    town.change(SCENARIO, "fields: [Month, Longitude, Latitude, Crime type]", "fields: [b, c, a]")
    town.change(
        SCENARIO, "outcomes: [arson-and-damage, fire-injuries]", "outcomes: [fire-injuries, arson-and-damage]"
    )

    (scenario,) = town.load().scenarios

    assert scenario.needs[0].fields == ("a", "b", "c")
    assert scenario.outcomes == ("arson-and-damage", "fire-injuries")


def test_a_journey_and_the_columns_of_a_table_keep_their_order(town: Town) -> None:
    partnership = town.load()

    assert [step.agency for step in partnership.scenarios[0].journey] == ["council", "fire-service"]
    columns = partnership.dataset("street-crime").schema_[0].properties
    assert [column.name for column in columns[:3]] == ["Crime ID", "Month", "Reported by"]


def test_keys_that_the_model_does_not_know_come_in_order_too(town: Town) -> None:
    town.change(
        "datasets/street-crime.yaml",
        "{format: yyyy-MM}",
        "{timezone: false, minimum: 2000-01, format: yyyy-MM}",
    )

    month = town.load().dataset("street-crime").schema_[0].properties[1]

    assert list(month.logical_type_options) == ["format", "minimum", "timezone"]


def test_where_the_folder_stands_is_part_of_no_comparison_but_its_path(town: Town, tmp_path: Path) -> None:
    first = town.load()
    second = load_partnership(town.folder.rename(tmp_path / "moved"))

    assert first.agencies == second.agencies
    assert first != second


def test_the_collector_of_cycles_is_left_as_it_was(town: Town) -> None:
    town.load()
    assert gc.isenabled()

    town.write("agencies/council.yaml", "")
    with pytest.raises(PartnershipUnusable):
        town.load()
    assert gc.isenabled()


def test_a_file_that_may_not_be_read_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "council.yaml":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert town.problems() == [
        "agencies/council.yaml: the file cannot be read: Permission denied\n"
        "Check that you may read it and that it is still there."
    ]


def test_a_hundred_agencies_and_two_thousand_datasets_load_in_seconds(tmp_path: Path) -> None:
    write_large(tmp_path / "large", agencies=100, scenarios=20, factors=100, links=250, datasets=2000)

    began = time.process_time()
    partnership = load_partnership(tmp_path / "large")
    took = time.process_time() - began

    assert (len(partnership.agencies), len(partnership.datasets)) == (100, 2000)
    assert sum(len(scenario.links) for scenario in partnership.scenarios) == 5000
    assert took < 6, f"{took:.1f} s of one processor"


def test_four_times_as_much_costs_little_more_than_four_times_as_long(tmp_path: Path) -> None:
    seconds = []
    for name, times in (("small", 1), ("large", 4)):
        folder = tmp_path / name
        write_large(
            folder, agencies=25 * times, scenarios=2, factors=100 * times, links=250 * times, datasets=0
        )
        began = time.process_time()
        load_partnership(folder)
        seconds.append(time.process_time() - began)

    assert seconds[1] < seconds[0] * 8

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from roundtable.errors import Place
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.wording import where
from tests.factories import partnership


@pytest.mark.parametrize("folder", ["north", "/srv/north", "."])
def test_a_thing_is_written_in_a_file_of_the_folder(folder: str) -> None:
    """A whole file by its name, a part of one with its line; what stands elsewhere by its whole path."""
    places = {
        (Kind.SERVICE, "calls"): Place(str(Path(folder) / "services" / "calls.yaml"), 1, 5),
        (Kind.NEED, "visits"): Place(str(Path(folder) / "scenarios" / "alone.yaml"), 9, 7),
        (Kind.GATEWAY, "act"): Place("/opt/reference/gateways.yaml", 12, 1),
    }
    built = replace(partnership(), folder=Path(folder), places=places)

    assert where(built, Kind.SERVICE, "calls") == "services/calls.yaml"
    assert where(built, Kind.NEED, "visits") == "scenarios/alone.yaml, line 9"
    assert where(built, Kind.GATEWAY, "act") == "/opt/reference/gateways.yaml, line 12"
    assert where(built, Kind.NEED, "nowhere") == "."

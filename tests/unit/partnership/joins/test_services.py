from __future__ import annotations

from datetime import date

import pytest

from roundtable.partnership.joins.services import able_agencies, options, why_not_running
from roundtable.partnership.model.risk import SkillNeeded
from roundtable.partnership.study import Study
from tests.factories import agency, partnership, service, skill


def test_able_is_every_living_agency_by_the_highest_level_that_it_has_shown() -> None:
    built = partnership(
        agency("police", skills=[skill("lifting", 3), skill("driving", 4)]),
        agency("fire", skills=[skill("lifting", 4), skill("lifting", 2)]),
        agency("council", skills=[skill("lifting", 2)]),
        agency("ended", skills=[skill("lifting", 4)], to=date(2026, 1, 1)),
    )

    found = able_agencies(Study(built), SkillNeeded(skill="lifting", level=3))

    assert [one.id for one in found] == ["fire", "police"]
    assert able_agencies(Study(built), SkillNeeded(skill="swimming", level=1)) == ()


@pytest.mark.parametrize(
    ("existed", "why"),
    [
        ({"to": date(2026, 11, 22)}, "ended with its provider, Gone, on 22 November 2026"),
        ({"to": date(2026, 11, 23)}, ""),
        ({"from": date(2026, 11, 24)}, "waits for its provider, Gone, which does not exist yet"),
    ],
)
def test_a_service_runs_only_while_its_provider_exists(existed: dict[str, date], why: str) -> None:
    calls = service("calls", provider="gone")
    built = partnership(agency("gone", **existed), calls)

    assert why_not_running(built, calls) == why
    assert [one.service.id for one in options(Study(built), "isolation")] == ([] if why else ["calls"])

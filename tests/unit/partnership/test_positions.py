"""Every part without an id is known by the line on which it is written."""

from pathlib import Path

import pytest

from roundtable.demonstration import example_folder
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.strict import Kind, Part
from roundtable.partnership.model.whole import Partnership
from tests.factories import partnership


@pytest.fixture(scope="module")
def example() -> Partnership:
    return load_partnership(example_folder())


def _lines(whole: Partnership, part: Part, kind: Kind, thing: str, *names: str) -> str:
    """The line that a part begins on, and the four after it."""
    place = whole.part(part, kind, thing, *names)
    assert place.line is not None
    return "\n".join(Path(place.file).read_text(encoding="utf-8").splitlines()[place.line - 1 :][:5])


def test_links_and_steps_stand_on_their_own_lines(example: Partnership) -> None:
    for scenario in example.scenarios:
        tops = set()
        for link in scenario.links:
            said = _lines(example, Part.LINK, Kind.SCENARIO, scenario.id, link.from_, link.to)
            assert f"from: {link.from_}" in said.splitlines()[0] and f"to: {link.to}" in said
            tops.add(example.part(Part.LINK, Kind.SCENARIO, scenario.id, link.from_, link.to).line)
        assert len(tops) == len(scenario.links)
        for number, step in enumerate(scenario.journey, start=1):
            said = _lines(example, Part.STEP, Kind.SCENARIO, scenario.id, str(number))
            assert step.step.split()[0] in said.splitlines()[0]


def test_parties_grants_and_footings_stand_on_their_own_lines(example: Partnership) -> None:
    for one in example.agreements:
        for party in one.parties:
            said = _lines(example, Part.PARTY, Kind.AGREEMENT, one.id, party.agency, party.role)
            assert f"agency: {party.agency}" in said.splitlines()[0]
        for grant in one.grants:
            said = _lines(example, Part.GRANT, Kind.AGREEMENT, one.id, grant.dataset, grant.table)
            assert f"dataset: {grant.dataset}" in said.splitlines()[0]
        assert "regime:" in _lines(example, Part.BASIS, Kind.AGREEMENT, one.id)


def test_what_is_wanted_and_accepted_at_meetings_stands_on_its_own_lines(example: Partnership) -> None:
    asked = [(meeting, one) for meeting in example.meetings for one in meeting.wanted]
    taken = [(meeting, one) for meeting in example.meetings for one in meeting.accepted]

    assert asked and taken
    for meeting, wanted in asked:
        said = _lines(example, Part.WANTED, Kind.MEETING, meeting.id, wanted.id)
        assert f"id: {wanted.id}" in said.splitlines()[0]
    for meeting, accepted in taken:
        said = _lines(example, Part.ACCEPTANCE, Kind.MEETING, meeting.id, accepted.rule, accepted.about)
        assert f"rule: {accepted.rule}" in said and f"about: {accepted.about}" in said


def test_uses_capacity_skills_and_priorities_stand_on_their_own_lines(example: Partnership) -> None:
    for dataset in example.datasets:
        for use in dataset.terms.consumed_by:
            assert use.agency in _lines(example, Part.USE, Kind.DATASET, dataset.id, use.agency)
    for agency in example.agencies:
        for wants in agency.priorities:
            said = _lines(example, Part.PRIORITY, Kind.AGENCY, agency.id, wants.outcome)
            assert wants.outcome in said.splitlines()[0]
        for skill in agency.skills:
            assert skill.skill in _lines(example, Part.SKILL, Kind.AGENCY, agency.id, skill.skill)
    for service in example.services:
        for row in service.capacity:
            said = _lines(example, Part.CAPACITY, Kind.SERVICE, service.id, row.period, row.unit)
            assert row.period in said.splitlines()[0]


def test_a_part_that_was_never_read_stands_where_its_thing_does() -> None:
    built = partnership()

    assert built.part(Part.SKILL, Kind.AGENCY, "council", "lifting") == built.place(Kind.AGENCY, "council")

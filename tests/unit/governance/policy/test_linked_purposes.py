"""People are linked for a purpose only where an agreement gives records of people and reaches far enough."""

from __future__ import annotations

from typing import Any

import pytest

from roundtable.governance.policy.linking import linked_purposes
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from tests.factories import scenario
from tests.factories_intake import column, contract
from tests.factories_intake import table as rows
from tests.factories_sharing import share, table

SAFEGUARDING = Purpose.SAFEGUARDING_ADULTS


def about(canonical: str, id: str = "calls") -> Dataset:
    """Records whose one column is the canonical one given."""
    return contract(id, rows("rows", [column("person", canonical), column("risk")]), subjects="people")


def agreed(*parts: object, canonical: str = "person.surname", **fields: Any) -> Partnership:
    """Records of people on rung 4, unless something else is said."""
    return table(about(canonical), share(**{"rung": 4} | fields), *parts)


@pytest.mark.parametrize(("rung", "found"), [(1, ()), (3, ()), (4, (SAFEGUARDING,)), (5, (SAFEGUARDING,))])
def test_the_agreement_reaches_the_rung_of_linkage(rung: int, found: tuple[Purpose, ...]) -> None:
    assert linked_purposes(agreed(rung=rung)) == found


def test_no_agreement_reaches_higher_than_the_scenarios_it_names() -> None:
    """The rung it stands on itself is not enough."""
    low, high = scenario("low", rung=3), scenario("high", rung=4)
    assert linked_purposes(agreed(low, scenarios=["low"], rung=5)) == ()
    assert linked_purposes(agreed(low, high, scenarios=["low", "high"], rung=5)) == (SAFEGUARDING,)


@pytest.mark.parametrize("canonical", ["uprn", "code", "role", "detail:person.age", "personal"])
def test_records_that_say_nothing_of_who_somebody_is_are_not_linked(canonical: str) -> None:
    assert linked_purposes(agreed(canonical=canonical)) == ()


def test_that_people_are_in_another_dataset_does_not_help() -> None:
    """The agreement must grant that one."""
    places, people = about("uprn"), about("person.surname", "register")
    only_places = share(rung=5)
    both = share("more", "calls", "register", rung=5)
    assert linked_purposes(table(places, people, only_places)) == ()
    assert linked_purposes(table(places, people, only_places, both)) == (SAFEGUARDING,)


def test_each_purpose_of_each_agreement_comes_once_and_in_order() -> None:
    first = share("first", rung=4, purposes=["safeguarding_adults", "crisis_care"])
    second = share("second", rung=5, purposes=["crisis_care", "evaluation"])
    too_low = share("third", rung=3, purposes=["harm_by_place"])
    made = table(about("person.nhs_number"), second, too_low, first)
    assert linked_purposes(made) == (Purpose.CRISIS_CARE, Purpose.EVALUATION, SAFEGUARDING)


def test_an_agreement_that_is_over_is_named_all_the_same() -> None:
    """Its step must run once more, to leave nothing of what it made: what it may see today is asked then."""
    assert linked_purposes(agreed(starts="2020-01-01", ends="2021-01-01")) == (SAFEGUARDING,)

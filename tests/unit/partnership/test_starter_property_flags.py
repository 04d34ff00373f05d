"""The starter with property flags: three services, one agreement, and nobody's name."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from roundtable.governance.permission import permitted_for_any_purpose
from roundtable.insight.flags.agreed import FlagKind, flags_agreed, visiting_agencies
from roundtable.partnership.findings import find_all
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.agreement import Regime
from roundtable.partnership.model.contract_terms import CanonicalTable
from roundtable.partnership.model.scenario import Rung
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.new_folder import Starter, new_folder
from roundtable.partnership.study import Study

DAY = date(2026, 11, 23)
#: What a column is about somebody by, in any language that the contracts speak.
NAMING = ("name", "birth", "nhs", "phone", "mail")


@pytest.fixture
def starter(tmp_path: Path) -> Partnership:
    new_folder(tmp_path / "flags", "Three services", DAY, Starter.PROPERTY_FLAGS)
    return load_partnership(tmp_path / "flags")


def test_fire_social_care_and_one_trust_share_under_one_agreement(starter: Partnership) -> None:
    (agreement,) = starter.agreements

    assert {agency.kind.value for agency in starter.agencies} == {
        "fire_rescue",
        "local_authority",
        "nhs_provider",
    }
    assert agreement.rung is Rung.PROPERTY_FLAGS
    assert [scenario.rung for scenario in starter.scenarios] == [Rung.PROPERTY_FLAGS]
    assert agreement.basis.regime is Regime.UK_GDPR
    assert agreement.basis.gateways and agreement.basis.impact_assessment and agreement.basis.privacy_notice
    assert agreement.retention_days and agreement.disposal
    assert all(party.signed_by and party.signed_on for party in agreement.parties)


def test_the_contracts_hold_names_and_the_agreement_lets_none_through(starter: Partnership) -> None:
    held = {column.name for one in starter.datasets for table in one.schema_ for column in table.properties}
    granted = {column for grant in starter.agreements[0].grants for column in grant.columns}

    assert any(word in column for column in held for word in NAMING)
    assert not [column for column in granted for word in NAMING if word in column]


def test_nothing_that_says_who_somebody_is_is_let_through(starter: Partnership) -> None:
    becomes = {table.terms.canonical for one in starter.datasets for table in one.schema_}
    granted = {(grant.dataset, column) for grant in starter.agreements[0].grants for column in grant.columns}
    naming = {
        (one.id, column.name)
        for one in starter.datasets
        for table in one.schema_
        for column in table.properties
        if (column.terms.canonical or "").startswith("person.")
    }

    assert becomes == {CanonicalTable.EVENT, CanonicalTable.CONTACT, CanonicalTable.ADDRESS_RECORD}
    assert len(naming) >= 3 and not naming & granted


def test_every_dataset_gets_in_from_its_first_day_until_its_last(starter: Partnership) -> None:
    agreement = starter.agreements[0]
    assert agreement.ends is not None
    for dataset in starter.datasets:
        for table in dataset.schema_:
            for day in (DAY, agreement.starts, agreement.ends):
                assert permitted_for_any_purpose(starter, dataset.id, table.name, day).granted
            after = permitted_for_any_purpose(
                starter, dataset.id, table.name, agreement.ends + timedelta(days=1)
            )
            assert not after.granted


def test_each_service_has_a_flag_and_the_fire_service_visits(starter: Partnership) -> None:
    flags = flags_agreed(starter)

    assert {row["agency"] for row in flags if row["kind"] == FlagKind.FLAG} == {
        "fire-service",
        "council",
        "trust",
    }
    assert visiting_agencies(starter) == ("fire-service",)


def test_the_only_findings_are_what_a_starter_cannot_know(starter: Partnership) -> None:
    assert {(found.rule, found.severity.value) for found in find_all(Study(starter))} == {
        ("footing-unverified", "low"),
        ("outcome-unpriced", "low"),
    }


@pytest.mark.parametrize("day", [date.min, date(2024, 2, 29), date.max], ids=["first", "leap", "last"])
def test_any_day_can_be_described(tmp_path: Path, day: date) -> None:
    new_folder(tmp_path / "flags", "Three services", day, Starter.PROPERTY_FLAGS)

    assert load_partnership(tmp_path / "flags").charter.as_of == day

"""The example's contracts about people: what the agencies hold, what the agreements let in, and what not."""

from datetime import date

import pytest

from roundtable.data.intake.becoming import becoming
from roundtable.governance.permission import permitted_for_any_purpose
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.agreement import Agreement, Regime, Tier
from roundtable.partnership.model.contract import Column, Dataset, Table
from roundtable.partnership.model.contract_terms import Arrival, CanonicalTable, Encoding, Subjects
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from tests.conftest import ROOT

EXAMPLE = load_partnership(ROOT / "examples" / "north-yorkshire")
DAY = date(2026, 11, 23)
ABOUT_SOMEBODY = (Subjects.PEOPLE, Subjects.PROPERTIES)
#: What a name of a column that must reach nobody begins or ends with.
KEPT_BACK = (
    "ethnic",
    "faith",
    "religion",
    "nationality",
    "immigration",
    "diagnosis",
    "orientation",
    "narrative",
)


def _sent() -> list[tuple[Dataset, Table]]:
    """Each table about people or properties that is taken in."""
    return [
        (dataset, table)
        for dataset in EXAMPLE.datasets
        for table in dataset.schema_
        if table.terms.canonical is not None and dataset.terms.subjects in ABOUT_SOMEBODY
    ]


SENT = _sent()
NAMES = [f"{dataset.id}-{table.name}" for dataset, table in SENT]


@pytest.fixture(scope="module")
def example() -> Partnership:
    return EXAMPLE


def _granting(dataset: Dataset, table: Table) -> list[Agreement]:
    return [
        agreement
        for agreement in EXAMPLE.agreements
        if any((grant.dataset, grant.table) == (dataset.id, table.name) for grant in agreement.grants)
    ]


def test_twelve_agencies_send_more_than_twelve_datasets() -> None:
    assert len({dataset.terms.created_by for dataset, _ in SENT}) >= 12
    assert len({dataset.id for dataset, _ in SENT}) >= 20


def test_the_agencies_have_habits_of_their_own() -> None:
    columns = [column for _, table in SENT for column in table.properties]

    assert {table.terms.encoding for _, table in SENT} == set(Encoding)
    assert {table.terms.delimiter for _, table in SENT} >= {",", ";", "|", "\t"}
    assert {table.terms.arrives for _, table in SENT} == set(Arrival)
    days = {column.date_format for column in columns if column.logical_type == "date"}
    assert days >= {"yyyy-MM-dd", "dd/MM/yyyy", "yyyyMMdd", "dd-MM-yyyy", "dd.MM.yyyy"}
    headers = {column.header for column in columns if column.terms.canonical == "person.date_of_birth"}
    assert len(headers) >= 6
    assert any(column.terms.unknown_codes for column in columns)


@pytest.mark.parametrize(("dataset", "table"), SENT, ids=NAMES)
def test_an_agreement_in_force_lets_it_in_and_the_contract_can_be_read(
    dataset: Dataset, table: Table
) -> None:
    permission = permitted_for_any_purpose(EXAMPLE, dataset.id, table.name, DAY)

    assert permission.granted, permission.refusal
    made = becoming(dataset, table, permission, "a delivery")
    assert made.canonical is table.terms.canonical


@pytest.mark.parametrize(("dataset", "table"), SENT, ids=NAMES)
def test_every_agreement_about_people_has_its_footing(dataset: Dataset, table: Table) -> None:
    for agreement in _granting(dataset, table):
        basis = agreement.basis
        assert agreement.tier is Tier.SPECIFIC and basis.regime is Regime.UK_GDPR, agreement.id
        assert basis.gateways and basis.article_6 and basis.necessity, agreement.id
        assert basis.impact_assessment and basis.privacy_notice, agreement.id
        assert agreement.retention_days and agreement.disposal and agreement.review_by, agreement.id


def test_what_the_agencies_hold_and_nobody_may_have_is_in_no_grant() -> None:
    granted = {
        column for agreement in EXAMPLE.agreements for grant in agreement.grants for column in grant.columns
    }
    held = {column.name: column for _, table in SENT for column in table.properties}
    kept_back = [name for name in held if any(word in name for word in KEPT_BACK)]
    told_free = [name for name, column in held.items() if "never taken in" in (column.description or "")]

    assert len(kept_back) >= 8 and len(told_free) >= 8
    assert not granted & {*kept_back, *told_free}


def test_no_free_text_becomes_a_detail() -> None:
    loose = [
        (dataset.id, column.name)
        for dataset, table in SENT
        for column in table.properties
        if (column.terms.canonical or "").startswith("detail:") and not _closed(column)
    ]
    assert not loose


def _closed(column: Column) -> bool:
    return bool(column.terms.codes) or column.logical_type in ("integer", "number", "boolean", "date")


def test_a_row_can_be_told_from_every_other() -> None:
    keyed = [table for _, table in SENT if not any(column.primary_key for column in table.properties)]

    assert not keyed


def test_increments_say_what_stands_by_key_by_time_and_by_withdrawal() -> None:
    for _, table in SENT:
        if table.terms.arrives is Arrival.INCREMENTS:
            terms = {column.terms.canonical: column for column in table.properties}
            assert terms["recorded_at"].required
            assert terms["withdrawn"].terms.withdrawn_codes


def test_the_gazetteer_marks_no_refuge(example: Partnership) -> None:
    (gazetteer,) = [t for _, t in SENT if t.terms.canonical is CanonicalTable.ADDRESS_RECORD]
    codes = {code for column in gazetteer.properties for code in column.terms.codes}

    assert codes and "refuge" not in codes


def test_a_purpose_is_not_stretched(example: Partnership) -> None:
    """The hospital's falls come in for safeguarding, and not for the fire service's visits."""
    permission = permitted_for_any_purpose(example, "falls-admissions", "admissions", DAY)

    assert Purpose.SAFEGUARDING_ADULTS in permission.by_purpose
    assert Purpose.PREVENTION_OF_FIRE_AND_FALLS not in permission.by_purpose


def test_who_joins_the_records_acts_for_the_others_and_nobody_else_receives_them(
    example: Partnership,
) -> None:
    (linked,) = [one for one in example.agreements if one.id == "linked-prevention-2026"]

    receiving = [(party.agency, party.role.value) for party in linked.parties if party.receives]
    assert receiving == [("ynyca", "processor")]

from pathlib import Path

import pytest

import roundtable.partnership
from roundtable.partnership.model.agency import AgencyKind
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.reference import Gateway, GatewayNature, GatewayTable, Status
from roundtable.partnership.yaml_source import read_yaml

SHIPPED = Path(roundtable.partnership.__file__).parent / "reference" / "gateways.yaml"
NEEDED = """
    cda98.s115 cda98.s17 ca89.s17 ca89.s47 ca04.s10 ca04.s11 ca04.s16H ca04.s16LA ca04.s16LC care14.s42
    care14.s45 dea17.s35.md dea17.s36-39 pcsc22.s8 pcsc22.s9 pcsc22.s16 pcsc22.s17 dpa18.sch1.p6
    dpa18.sch1.p10 dpa18.sch1.p11 dpa18.sch1.p18 dpa18.sch1.p19 dpa18.part3 ukgdpr.6.1.ea cca04 cl.conf ogl.v3
"""
PUBLIC_BODIES = {AgencyKind.POLICE, AgencyKind.LOCAL_AUTHORITY, AgencyKind.ICB, AgencyKind.FIRE_RESCUE}


@pytest.fixture(scope="module")
def table() -> GatewayTable:
    source = read_yaml(SHIPPED.read_bytes(), SHIPPED.name)
    read = GatewayTable.model_validate(source.value)
    assert not source.problems
    return read


def _row(table: GatewayTable, gateway: str) -> Gateway:
    return next(row for row in table.rows if row.id == gateway)


def test_it_has_the_gateways_that_partnerships_use(table: GatewayTable) -> None:
    ids = [row.id for row in table.rows]

    assert len(ids) >= 30
    assert len(set(ids)) == len(ids)
    assert set(NEEDED.split()) <= set(ids)


def test_nothing_claims_to_have_been_checked(table: GatewayTable) -> None:
    assert table.status is Status.UNVERIFIED and table.checked_by is None
    assert {row.status for row in table.rows} == {Status.UNVERIFIED}


def test_every_row_says_what_it_is_and_on_what_conditions(table: GatewayTable) -> None:
    assert not [row.id for row in table.rows if not row.summary or not row.conditions]


def test_every_row_was_in_force_when_the_table_was_made(table: GatewayTable) -> None:
    assert table.dated is not None
    assert not [row.id for row in table.rows if row.in_force_from and row.in_force_from > table.dated]


def test_public_bodies_cannot_rest_on_a_recognised_legitimate_interest(table: GatewayTable) -> None:
    assert not PUBLIC_BODIES & set(_row(table, "ukgdpr.6.1.ea").provider_kinds)
    assert _row(table, "ukgdpr.6.1.ea").provider_kinds


def test_crime_and_disorder_disclosure_does_not_reach_charities(table: GatewayTable) -> None:
    recipients = _row(table, "cda98.s115").recipient_kinds

    assert recipients and AgencyKind.VCSE not in recipients


def test_a_duty_to_have_regard_is_no_power_to_share(table: GatewayTable) -> None:
    assert _row(table, "cda98.s17").nature is GatewayNature.DUTY
    assert _row(table, "ogl.v3").nature is GatewayNature.LICENCE


def test_no_row_says_that_somebody_read_it_on_a_day(table: GatewayTable) -> None:
    assert not [row.id for row in table.rows if row.checked_on or row.checked_by]


def test_powers_that_serve_one_end_say_which(table: GatewayTable) -> None:
    assert _row(table, "ca04.s16LA").purposes == (Purpose.SAFEGUARDING_CHILDREN,)
    assert _row(table, "pcsc22.s16").purposes == (Purpose.SERIOUS_VIOLENCE_DUTY,)
    assert _row(table, "cca05.r44A").purposes == (Purpose.EMERGENCY_RESPONSE,)
    assert Purpose.DOMESTIC_ABUSE_RESPONSE in _row(table, "cda98.s115").purposes
    assert _row(table, "la11.s1").purposes == ()

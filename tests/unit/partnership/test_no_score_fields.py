"""A contract that would take in a column of a no-score zone does not load; one that describes it does."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.contract import Column
from roundtable.partnership.model.zone import ZONES_IN_WORDS, Zone
from roundtable.partnership.no_score import fields
from roundtable.partnership.no_score.fields import banned_names, zone_of

EXAMPLE = Path(__file__).parents[3] / "examples" / "north-yorkshire"
CONTRACT = "datasets/home-fire-safety-visits.yaml"


def column(name: str, **terms: object) -> Column:
    return Column.model_validate(
        {"name": name, "customProperties": [{"property": "roundtable", "value": terms}]}
    )


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("faith", Zone.FAITH),
        ("ReligiousBelief", Zone.FAITH),
        ("visa-status", Zone.IMMIGRATION),
        ("NRPF", Zone.IMMIGRATION),
        ("no_recourse_to_public_funds", Zone.IMMIGRATION),
        ("OGRS3", Zone.OFFENDING),
        ("Risk of reoffending (band)", Zone.OFFENDING),
        ("chargingDecision", Zone.CUSTODY_CHARGING_REMOVAL),
        ("unborn_child", Zone.UNBORN),
        ("fraud flag", Zone.BENEFIT_FRAUD),
    ],
)
def test_a_name_gives_the_zone_away_however_it_is_written(name: str, zone: Zone) -> None:
    assert zone_of(column(name)) is zone


@pytest.mark.parametrize(
    "name",
    [
        "uprn",
        "visited_on",
        "advisa",
        "interfaithful",
        "custody_suite",
        "charges",
        "offence_code",
        "risk_band",
    ],
)
def test_other_names_are_left_alone(name: str) -> None:
    assert zone_of(column(name)) is None


def test_the_header_the_business_name_and_the_fact_are_looked_at_too() -> None:
    plain = column("c1")
    assert zone_of(plain.model_copy(update={"physical_name": "Religion"})) is Zone.FAITH
    assert zone_of(plain.model_copy(update={"business_name": "Asylum claim"})) is Zone.IMMIGRATION
    assert zone_of(column("c1", canonical="detail:gestation")) is Zone.UNBORN


def test_a_contract_can_say_what_a_name_does_not() -> None:
    assert zone_of(column("c1", zone="faith")) is Zone.FAITH
    assert zone_of(column("denomination", zone="none")) is None


def _with(folder: Path, old: str, new: str) -> Path:
    shutil.copytree(EXAMPLE, folder)
    path = folder / CONTRACT
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


DESCRIBED = "      - {name: referred_by, description: Who asked for the visit., logicalType: string}\n"
BANNED = """\
      - name: referred_by
        customProperties:
          - property: roundtable
            value: {canonical: 'detail:band', codes: [a, b]@}
"""


@pytest.mark.parametrize(
    ("name", "terms"), [("tenant_faith", ""), ("referred_by", ", zone: immigration"), ("asylum", "")]
)
def test_a_column_of_a_zone_that_would_be_taken_in_is_refused_with_its_place(
    name: str, terms: str, tmp_path: Path
) -> None:
    folder = _with(tmp_path / "p", DESCRIBED, BANNED.replace("@", terms).replace("referred_by", name))
    with pytest.raises(PartnershipUnusable) as raised:
        load_partnership(folder)
    (problem,) = raised.value.problems
    assert problem.rule == "no-score-zone"
    assert problem.place.line is not None and problem.place.key.endswith("canonical")
    assert f"column '{name}' is about" in problem.what and "becomes 'detail:band'" in problem.what
    assert "Take 'canonical' out" in problem.remedy


@pytest.mark.parametrize(("name", "terms"), [("tenant_faith", ", zone: none"), ("referred_by", "")])
def test_a_column_that_is_of_none_may_be(name: str, terms: str, tmp_path: Path) -> None:
    folder = _with(tmp_path / "p", DESCRIBED, BANNED.replace("@", terms).replace("referred_by", name))
    assert load_partnership(folder)


def test_it_may_be_described(tmp_path: Path) -> None:
    described = DESCRIBED.replace("referred_by", "asylum_seeker")
    assert load_partnership(_with(tmp_path / "p", DESCRIBED, described))


def test_the_table_is_whole() -> None:
    path = Path(fields.__file__).parent / "fields.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {Zone(row["zone"]) for row in rows} == set(Zone) == set(ZONES_IN_WORDS)
    assert len({row["words"] for row in rows}) == len(rows) == len(banned_names())
    assert all(row["source"] and row["dated"] for row in rows)
    assert {row["status"] for row in rows} <= {"measured", "read", "derived", "assumed", "recalled"}
    assert all(row["words"] == row["words"].lower().strip() for row in rows)

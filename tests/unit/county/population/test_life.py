"""What happens in ten years, and that it comes to what the census finds."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.county.population.summary import SummaryRow, added, as_table, count, summary
from roundtable.county.population.tables import (
    SCHEMAS,
    AddressKind,
    HouseholdKind,
    Population,
    ProtectionKind,
    RelationKind,
    StayKind,
)
from roundtable.county.reference_table import FigureStatus, reference_rows
from tests.factories_population import NEVER, days, made, numbers, of_kind, texts


@pytest.fixture(scope="module")
def rows() -> tuple[SummaryRow, ...]:
    plan, _, _ = made(30_000, 3, 0)
    return summary(added(count(plan, made(30_000, 3, shard)[2]) for shard in range(6)))


@pytest.fixture(scope="module")
def figures(rows: tuple[SummaryRow, ...]) -> dict[str, tuple[float, float | None]]:
    return {row.figure: (row.generated, row.published) for row in rows}


def test_the_page_shows_the_figures_as_they_are(rows: tuple[SummaryRow, ...]) -> None:
    page = Path(__file__).parents[4] / "docs" / "county.md"
    assert as_table(rows) in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("figure", "within"),
    [
        *((f"age_{start}", 0.15) for start in (0, 15, 30, 45, 65, 80)),
        ("women", 0.03),
        *((f"kind_{kind}", 0.15) for kind in ("one_person", "couple", "couple_with_children")),
        ("kind_lone_parent", 0.25),
        *((f"size_{size}", 0.15) for size in (1, 2, 3)),
        ("size_4", 0.35),
        ("tenure_owned", 0.08),
        ("tenure_private", 0.15),
        ("tenure_social", 0.2),
        ("births", 0.15),
        ("deaths", 0.12),
        ("marriages", 0.2),
        ("moved", 0.2),
        ("came", 0.15),
        ("left", 0.15),
        ("care_home", 0.25),
        ("carers", 0.15),
        ("other_traditions", 0.25),
    ],
)
def test_the_county_is_near_what_is_published(
    figure: str, within: float, figures: dict[str, tuple[float, float | None]]
) -> None:
    generated, published = figures[figure]
    assert generated == pytest.approx(published, rel=within)


def test_every_published_figure_has_a_generated_one(figures: dict[str, tuple[float, float | None]]) -> None:
    assert [figure for figure, (generated, _) in figures.items() if generated == 0] == []


def test_every_row_of_every_reference_table_says_how_far_to_trust_it() -> None:
    tables = {
        "population": (
            *("age_shares", "living_arrangements", "rates", "traditions", "traits", "published"),
            *("institutions", "day_names", "name_lists"),
        ),
        "places": ("settlements", "deprivation", "dwellings", "street_words"),
    }
    for room, names in tables.items():
        for name in names:
            for row in reference_rows(room, name):
                assert FigureStatus(row["status"]), name
                assert row["source"], name


def test_every_kind_of_stay_household_address_relation_and_protection_occurs() -> None:
    populations = [made(30_000, 3, shard)[2] for shard in range(6)]

    def kinds(table: str) -> set[str]:
        return {kind for one in populations for kind in texts(getattr(one, table), "kind")}

    assert kinds("stays") == set(StayKind)
    assert kinds("households") == set(HouseholdKind)
    assert kinds("addresses") == set(AddressKind)
    assert kinds("relations") == set(RelationKind)
    assert kinds("protections") == set(ProtectionKind)


def test_many_carers_live_in_another_household() -> None:
    _, _, population = made()
    main = population.stays.filter(pc.is_null(population.stays["to_day"]))
    home = dict(zip(numbers(main, "person").tolist(), numbers(main, "household").tolist(), strict=True))
    caring = of_kind(population.relations, RelationKind.CARER)
    apart = [home.get(row["person"]) != home.get(row["other"]) for row in caring.to_pylist()]
    assert 0.2 < np.mean(apart) < 0.8


def test_who_flees_to_a_refuge_leaves_the_partner_and_is_protected_after_it_too() -> None:
    _, _, population = made(30_000, 3, 0)
    in_refuge = of_kind(population.stays, StayKind.REFUGE).to_pylist()
    assert in_refuge
    protected = population.protections.to_pylist()
    for stay in in_refuge:
        mine = [row for row in protected if row["person"] == stay["person"]]
        assert {"refuge"} <= {row["kind"] for row in mine if row["address"] == stay["address"]}
    kinds = {row["kind"] for row in protected if row["person"] in {stay["person"] for stay in in_refuge}}
    assert "address" in kinds


def test_a_protected_address_is_one_where_the_person_lives_in_that_time() -> None:
    _, _, population = made(30_000, 3, 0)
    placed = population.protections.filter(pc.is_valid(population.protections["address"])).to_pylist()
    stays = population.stays.to_pylist()
    for row in placed:
        assert any(
            stay["person"] == row["person"]
            and stay["address"] == row["address"]
            and stay["from_day"] <= row["from_day"]
            and (stay["to_day"] is None or stay["to_day"] > row["from_day"])
            for stay in stays
        )


def test_several_families_live_on_a_travellers_site_under_one_uprn() -> None:
    _, _, population = made(30_000, 3, 0)
    (site,) = numbers(of_kind(population.addresses, AddressKind.SITE), "address")
    now = population.households.filter(
        pc.and_(
            pc.equal(population.households["address"], int(site)), pc.is_null(population.households["to_day"])
        )
    )
    assert now.num_rows >= 4


def test_partners_live_together_mostly() -> None:
    _, _, population = made()
    partners = of_kind(population.relations, RelationKind.PARTNER)
    now = partners.filter(pc.is_null(partners["to_day"]))
    main = population.stays.filter(pc.is_null(population.stays["to_day"]))
    home = dict(zip(numbers(main, "person").tolist(), numbers(main, "household").tolist(), strict=True))
    together = [home.get(row["person"]) == home.get(row["other"]) for row in now.to_pylist()]
    assert np.mean(together) > 0.9
    both_ways = set(zip(numbers(now, "person"), numbers(now, "other"), strict=True))
    assert {(other, one) for one, other in both_ways} == both_ways


def test_nobody_has_two_partners_at_a_time() -> None:
    _, _, population = made()
    partners = of_kind(population.relations, RelationKind.PARTNER).sort_by(
        [("person", "ascending"), ("from_day", "ascending")]
    )
    who, start, end = numbers(partners, "person"), days(partners, "from_day"), days(partners, "to_day")
    again = who[1:] == who[:-1]
    assert again.any()
    assert (end[:-1][again] <= start[1:][again]).all()
    assert end.max() == NEVER


def test_a_table_of_another_form_is_no_population() -> None:
    _, _, population = made()
    tables = dict(population.tables)
    tables["persons"] = tables["persons"].rename_columns(["who", *tables["persons"].column_names[1:]])
    with pytest.raises(TypeError, match="persons"):
        Population(**tables)
    assert set(tables) == set(SCHEMAS)
    assert all(isinstance(table, pa.Table) for table in tables.values())

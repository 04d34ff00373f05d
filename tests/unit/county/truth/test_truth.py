"""The truth folder: every table, what it says of itself, and that it is the same however it is written."""

from pathlib import Path

import pyarrow.parquet as pq

from roundtable.county.truth.planted_tables import planted_tables
from roundtable.county.truth.readme import truth_readme
from roundtable.county.truth.tables import TRUTH_TABLES
from roundtable.county.truth.writing import write_truth
from tests.county_made import made


def test_every_table_of_the_truth_is_written_and_explained(tmp_path: Path) -> None:
    county = made()
    rows = write_truth(
        tmp_path,
        county.plan,
        county.planted,
        ({**who.tables, **what.truth} for (_, who), what in zip(county.people, county.happened, strict=True)),
    )
    assert set(TRUTH_TABLES) <= set(rows)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    for name, count in rows.items():
        assert pq.read_metadata(tmp_path / f"{name}.parquet").num_rows == count
        assert f"`{name}.parquet`" in readme
    assert rows["needs"] == rows["persons"]
    assert rows["officers"] == 8 * len(county.plan.shards)
    assert rows["services"] == len(county.planted.services)


def test_the_tables_are_of_their_schemas() -> None:
    county = made()
    tables = {**planted_tables(county.planted), **county.happened[0].truth}
    for name, table in tables.items():
        if name not in ("needs", "home_needs"):
            assert table.schema.equals(TRUTH_TABLES[name].schema), name


def test_needs_are_rates_and_rank_people_as_what_befalls_them_does() -> None:
    needs = made().truth("needs")
    falls = needs["fall"].to_numpy()
    fallen = set(made().table("fall")["person"].to_pylist())
    fell = [one in fallen for one in needs["person"].to_pylist()]
    assert falls.min() >= 0
    assert falls[fell].mean() > 5 * falls[[not one for one in fell]].mean()


def test_the_readme_says_how_to_judge() -> None:
    text = truth_readme(made().plan, ["needs", "record_identity"])
    assert "Seed: 1" in text
    assert "record_identity.parquet" in text
    assert "One service does nothing" in text

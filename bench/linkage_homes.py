"""Households and stays against a county's truth.

    python -m bench.linkage_homes CLEANED.parquet TRUTH.parquet TRUTH_FOLDER [GAZETTEER.parquet]

CLEANED is the table of cleaned records, TRUTH has `record_id` and `person`, TRUTH_FOLDER the county's `stays`
and `households`. Records are put to their true people first, so that the figures are of households alone.
The truth is used for the figures alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roundtable.linkage.households.finding import Households, households_of

#: Places whose residents are no household.
_NONE = "('care_home', 'hostel', 'refuge')"
#: A pair of people counts as living together where their times at one household overlap.
_TRUE = f"""
    create table lived as select a.person as one, b.person as other
    from stays a join stays b using (household) join households h using (household)
    where a.person < b.person and a.from_day < b.till and b.from_day < a.till and h.kind not in {_NONE}
      and least(a.till, b.till) > date '{{since}}' and a.person in (select person from known)
      and b.person in (select person from known)
    group by all"""
_FOUND = """
    create table told as
    select a.person as one, b.person as other, bool_or('kin' in (a.basis, b.basis)) as kin
    from members a join members b using (household_id)
    where a.person < b.person and a.since < b.till and b.since < a.till group by all"""
_PAIRS = """
    select count(*) filter (told.one is not null and lived.one is not null),
      count(told.one),
      count(lived.one),
      count(*) filter (lived.one in (from housed) and lived.other in (from housed)),
      count(*) filter (kin), count(*) filter (kin and lived.one is not null)
    from told full join lived on told.one = lived.one and told.other = lived.other"""


def homes(found: Households, truth: pa.Table, folder: Path, since: str, today: str) -> None:
    """Print how pairs of people who live together are found.

    Args:
        found: what was found of the records, put to their true people.
        truth: `record_id` and `person`.
        folder: the county's truth.
        since: who parted before this day is no pair that records could show.
        today: the day that open times end for comparing.
    """
    with duckdb.connect() as engine:
        engine.register("truth", truth)
        engine.register("member", found.household_member)
        engine.execute("create table known as select distinct person from truth")
        engine.execute(f"create table households as from '{folder}/households.parquet'")
        engine.execute(
            f"create table stays as select *, coalesce(to_day, date '{today}') as till "
            f"from '{folder}/stays.parquet'"
        )
        engine.execute(
            "create table members as select household_id, person_id::bigint as person, basis, "
            f"coalesce(from_on, date '0001-01-01') as since, coalesce(to_on, date '{today}') as till "
            "from member"
        )
        engine.execute("create table housed as select distinct person from members")
        engine.execute(_TRUE.format(since=since))
        engine.execute(_FOUND)
        row = engine.execute(_PAIRS).fetchone()
    assert row is not None
    right, told, lived, within, kin, kin_right = row
    print(f"pairs of people who live together: {told} found, {lived} true, {right} both")
    print(
        f"precision {right / told:.4f}; recall {right / lived:.4f} of all, "
        f"{right / within:.4f} of those with a home"
    )
    print(f"of them through a guess by surname and postcode: {kin}, right {kin_right / max(kin, 1):.4f}")


def main(words: list[str]) -> None:
    """Find the households of the records that the words name, and print the figures."""
    records, truth = (pq.read_table(path) for path in words[:2])
    gazetteer = pq.read_table(words[3]) if len(words) == 4 else None
    link = pa.table({"record_id": truth["record_id"], "person_id": truth["person"].cast(pa.string())})
    days = records["recorded_at"].drop_null().cast(pa.date32(), safe=False)
    first, last = (str(pc.min_max(days)[end]) for end in ("min", "max"))
    homes(households_of(records, link, bytes(32), gazetteer=gazetteer), truth, Path(words[2]), first, last)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        raise SystemExit(__doc__)
    main(sys.argv[1:])

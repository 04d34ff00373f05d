"""Stated and measured rates of error by group: `python -m bench.slips` prints the table of the page.

It stands in docs/county-slips.md; tests/unit/county/comparison/test_slips.py holds the measured rates to the
stated ones.
"""

from __future__ import annotations

import argparse
from datetime import date

from roundtable.county.comparison.slips import slips_by_group, slips_page, summed
from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan
from roundtable.county.population.populate import populate
from roundtable.county.sends.people_known import know

TODAY = date(2026, 11, 23)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(prog="python -m bench.slips", description=__doc__)
    asked.add_argument("--people", type=int, default=30_000)
    asked.add_argument("--seed", type=int, default=3)
    wanted = asked.parse_args()
    plan = CountyPlan(wanted.people, wanted.seed, TODAY)
    known = county_map(plan)
    counts = summed(
        slips_by_group(plan, shard.number, know(populate(plan, shard, known))) for shard in plan.shards
    )
    print("\n".join(slips_page(counts)))


if __name__ == "__main__":
    main()

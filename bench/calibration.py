"""Measure the means of needs again: `python -m bench.calibration > …/happenings/reference/calibration.csv`.

To be done when the population or `needs.csv` has changed: tests/unit/county/happenings/test_rates.py says so.
It takes about two seconds for every 5,000 people.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping
from datetime import date

from roundtable.county.happenings.calibration import measured_means
from roundtable.county.places.county_map import CountyMap, county_map
from roundtable.county.plan import CountyPlan, Shard
from roundtable.county.population.populate import populate
from roundtable.county.population.tables import Population

#: The day on which the county is measured; its people are much the same on any other.
TODAY = date(2026, 9, 30)


def means(people: int, seed: int) -> Mapping[str, float]:
    """The mean multiplier of each need in a county of so many people."""
    plan = CountyPlan(people, seed, TODAY)
    known = county_map(plan)
    return measured_means(plan, known, _shards(plan, known))


def _shards(plan: CountyPlan, known: CountyMap) -> Iterator[tuple[Shard, Population]]:
    for shard in plan.shards:
        print(f"Shard {shard.number + 1} of {len(plan.shards)}.", file=sys.stderr)
        yield shard, populate(plan, shard, known)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(prog="python -m bench.calibration", description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    found = means(wanted.people, wanted.seed)
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("need", "mean", "source", "date", "status"))
    source = f"Measured on a county of {wanted.people} people of seed {wanted.seed}"
    for name, mean in found.items():
        table.writerow((name, f"{mean:.4f}", source, TODAY.year, "measured"))


if __name__ == "__main__":
    main()

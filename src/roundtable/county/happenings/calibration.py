"""The mean of all that multiplies a base rate, measured on a county's people.

`reference/calibration.csv` holds what a county of 100,000 people gives. It is measured again with
`python -m bench.calibration` when the population or the needs change; a test says when that is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from roundtable.county.effects.planted import plant
from roundtable.county.happenings.area_risks import area_risks
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.lives_of import lives_of
from roundtable.county.happenings.needs import needs
from roundtable.county.places.county_map import CountyMap
from roundtable.county.plan import CountyPlan, Shard
from roundtable.county.population.tables import Population


def measured_means(
    plan: CountyPlan, county_map: CountyMap, people: Iterable[tuple[Shard, Population]]
) -> Mapping[str, float]:
    """The mean multiplier of each need over the time of all whom its base rate counts."""
    totals = {name: np.zeros(2) for name in needs()}
    for shard, population in people:
        lives = lives_of(plan, population)
        risks = area_risks(plan, county_map, lives.places.areas)
        chronicle = Chronicle(shard, lives, plant(plan, county_map), risks)
        for name, need in needs().items():
            if need.of == "people":
                who, ages, deciles, years = np.arange(lives.size), lives.ages, lives.deciles, lives.exposure
            else:
                who, ages, deciles, years, counted = chronicle.homes(need)
                years = years * counted[:, None]
            time = years * need.eligible(ages)
            found = need.multiplier(lives, who, ages, deciles) * time * risks.for_the_mix(need)
            totals[name] += (found.sum(), time.sum())
    return {name: float(total[0] / total[1]) if total[1] else 1.0 for name, total in totals.items()}

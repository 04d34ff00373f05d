"""Would the data serve the need, once they may be shared? Their fields, age, keys and quality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.contract_terms import Subjects
from roundtable.partnership.model.need import DataNeed, Granularity
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.sharing.flows import headers
from roundtable.partnership.wording import figure, listed

#: The share of records that must carry a usable key before a need about persons, households or
#: properties counts as served: four in five. A working policy of this product and no standard's figure;
#: 0.95 is what the third semantic level asks for.
USABLE_MATCH_RATE = 0.8

_ONE_BY_ONE = frozenset({Granularity.PERSON, Granularity.HOUSEHOLD, Granularity.PROPERTY})
_PROPERTY_KEY = "uprn"
_HAVE_RECORDS = frozenset({Subjects.PEOPLE, Subjects.PROPERTIES})


def too_old(need: DataNeed, dataset: Dataset) -> str | None:
    """Why the data are too old for the need, in a sentence; None where they are fresh enough.

    An age that nobody knows is not fresh enough for a need that says how old the data may be.
    """
    age, most = dataset.terms.timeliness_days, need.max_age_days
    if most is None:
        return None
    if age == UNKNOWN:
        return f"Nobody has said how old '{dataset.name}' is, and the need is for {_days(most)} at most."
    if float(age) > most:
        return f"'{dataset.name}' is {_days(float(age))} old, and the need is for {_days(most)} at most."
    return None


def unfit(need: DataNeed, dataset: Dataset) -> Iterator[str]:
    """Why keys or quality fall short of the need, each reason a sentence."""
    terms = dataset.terms
    if need.granularity not in _ONE_BY_ONE:
        return
    if terms.subjects not in _HAVE_RECORDS:
        yield f"'{dataset.name}' says nothing of one {need.granularity}: it is about {terms.subjects}."
        return
    if not terms.keys:
        yield f"'{dataset.name}' has no key to join on."
    elif need.granularity is Granularity.PROPERTY and _PROPERTY_KEY not in terms.keys:
        yield f"'{dataset.name}' has no UPRN to find the property by."
    if terms.match_rate == UNKNOWN:
        yield f"Nobody has measured how much of '{dataset.name}' can be matched."
    elif float(terms.match_rate) < USABLE_MATCH_RATE:
        found, asked = _percent(float(terms.match_rate)), _percent(USABLE_MATCH_RATE)
        yield f"{found} of '{dataset.name}' can be matched, and {asked} is what a need asks for."


def fields_nobody_holds(need: DataNeed, datasets: Iterable[Dataset]) -> str | None:
    """Which fields no contract holds, in a sentence. A contract that names no columns is not judged."""
    described = [dataset for dataset in datasets if dataset.schema_]
    held = frozenset(name for dataset in described for name in headers(dataset))
    missing = sorted(set(need.fields) - held)
    if not described or not missing:
        return None
    names = listed(f"'{dataset.name}'" for dataset in described)
    fields = listed(f"'{field}'" for field in missing)
    return f"No contract of {names} has {fields}."


def _days(number: float) -> str:
    return f"{figure(number)} day" if number == 1 else f"{figure(number)} days"


def _percent(share: float) -> str:
    return f"{figure(round(share * 100, 1))} %"

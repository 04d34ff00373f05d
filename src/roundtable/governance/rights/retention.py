"""Until when a delivery may be kept: as long as the agreements it came under say, and no longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import Dataset


@dataclass(frozen=True)
class Kept:
    """A delivery that stands in the store, as far as retention goes.

    Attributes:
        delivery_id: its id.
        dataset: the id of its dataset.
        file: where it stood.
        received_on: the day it was taken in.
        agreements: the ids of the agreements that let it through.
    """

    delivery_id: str
    dataset: str
    file: str
    received_on: date
    agreements: tuple[str, ...]


@dataclass(frozen=True)
class Expiry:
    """Until when one delivery may be kept.

    Attributes:
        kept: the delivery.
        last_day: the last day; None where nothing limits it.
        why: which agreement or contract says so, in words.
    """

    kept: Kept
    last_day: date | None
    why: str

    def is_due(self, today: date) -> bool:
        """Whether its time is over."""
        return self.last_day is not None and self.last_day < today


def expiry(kept: Kept, agreements: Mapping[str, Agreement], dataset: Dataset | None) -> Expiry:
    """Work out until when a delivery may be kept, counted from the day it was received.

    The agreements it came under count together: it may be kept as long as any of them lets it be. A
    contract's own retention (`slaProperties`, `retention`) is the source's word and cuts that short. Where
    an agreement sets no limit, only the contract can.
    """
    found = [agreements.get(name) for name in kept.agreements]
    days = [one.retention_days for one in found if one is not None]
    limits: list[tuple[date, str]] = []
    if days and None not in days:
        longest = max(day for day in days if day is not None)
        names = ", ".join(f"'{name}'" for name in kept.agreements)
        limits.append((kept.received_on + timedelta(days=longest), f"{longest} days by {names}"))
    contract = _contract_days(dataset)
    if contract is not None:
        told = f"{contract} days by the contract of '{kept.dataset}'"
        limits.append((kept.received_on + timedelta(days=contract), told))
    if not limits:
        return Expiry(kept, None, "no agreement and no contract limits it")
    last_day, why = min(limits)
    return Expiry(kept, last_day, why)


def due(expiries: Iterable[Expiry], today: date) -> tuple[Expiry, ...]:
    """Those whose time is over, the oldest first."""
    found = [one for one in expiries if one.is_due(today)]
    return tuple(sorted(found, key=lambda one: (one.last_day or today, one.kept.delivery_id)))


_UNITS = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7, "m": 30, "month": 30, "months": 30}
_YEARS = {"y": 365, "yr": 365, "year": 365, "years": 365}


def _contract_days(dataset: Dataset | None) -> int | None:
    """The days that a contract's service level allows; a month counts as 30 and a year as 365."""
    levels = () if dataset is None else dataset.sla_properties
    for level in levels:
        if level.property.casefold() != "retention" or isinstance(level.value, bool | None):
            continue
        unit = (_UNITS | _YEARS).get((level.unit or "d").casefold())
        try:
            amount = float(level.value)
        except ValueError:
            continue
        if unit is not None and amount > 0:
            return int(amount * unit)
    return None

"""What the housing association sends: its tenancies with what is owed, and how cluttered homes were found."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.population.tables import HouseholdKind, StayKind, Tenure
from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Days, Drawn, Integers, Plain, Producers, Varying
from roundtable.county.sends.homes_written import address_positions
from roundtable.county.sends.people_known import days, integers, places, texts
from roundtable.county.sends.shares import mixture, share

LANDLORD = Producers()
_SENDER = "landlord"
_DAY = np.timedelta64(1, "D")
_YEAR = np.timedelta64(365, "D")
_GROWN = 18 * _YEAR
_OLD = 65 * _YEAR
#: What was owed at the last month's end is what is owed; a debt that is older than this has been paid.
_OWED_FOR = np.timedelta64(45, "D")


@LANDLORD.sends("housing-tenancies", "tenancies", _SENDER, twice=False)
def tenancies(case: Case) -> Drawn:
    """One row a tenancy of a social home: the register as it stood, with those that ended in two years."""
    homes = _social_households(case)
    tables = case.people.tables
    begins, ends = (days(tables.households[name])[homes] for name in ("from_day", "to_day"))
    who = _tenants(case)[homes]
    kept = who >= 0
    homes, begins, ends, who = homes[kept], begins[kept], ends[kept], who[kept]
    numbers = integers(tables.households["household"])[homes]
    place = address_positions(case.people, tables.households["address"])[homes]
    owed = _owed(case, numbers)
    return Drawn(
        recorded=begins.astype("datetime64[s]") + np.timedelta64(9, "h"),
        who=who,
        place=place,
        values={
            "started_on": begins,
            "ended_on": lambda records, on: np.where(
                ends[records] < on, ends[records], np.datetime64("NaT", "D")
            ),
            "tenancy_kind": _kinds(case, homes, begins, who),
            "arrears_weeks": owed,
            "notice_served": _notices(case, numbers),
        },
        until=ends + np.timedelta64(int(share("tenancies.kept_days")), "D"),
    )


def _social_households(case: Case) -> Integers:
    tables = case.people.tables
    place = address_positions(case.people, tables.households["address"])
    social = np.asarray(
        pc.equal(texts(tables.addresses["tenure"]), str(Tenure.SOCIAL)).to_numpy(zero_copy_only=False)
    )
    shared = pc.is_in(
        texts(tables.households["kind"]),
        pa.array([str(HouseholdKind.CARE_HOME), str(HouseholdKind.REFUGE)]),
    )
    found: Integers = np.flatnonzero(
        (place >= 0) & social[np.maximum(place, 0)] & ~np.asarray(shared.to_numpy(zero_copy_only=False))
    )
    return found


def _tenants(case: Case) -> Integers:
    """The position of each household's tenant: the eldest at home when it began; -1 for none grown."""
    tables, people = case.people.tables, case.people
    households = integers(tables.households["household"])
    row = places(households, integers(tables.stays["household"]))
    who = people.positions(tables.stays["person"])
    begins = days(tables.stays["from_day"])
    home = np.asarray(
        pc.equal(texts(tables.stays["kind"]), str(StayKind.HOME)).to_numpy(zero_copy_only=False)
    )
    grown = (row >= 0) & (who >= 0) & home
    grown[grown] &= begins[grown] - people.born[who[grown]] > _GROWN
    stays = np.flatnonzero(grown)
    order = stays[np.lexsort((people.born[who[stays]], begins[stays], row[stays]))]
    found = np.full(len(households), -1)
    found[row[order][::-1]] = who[order][::-1]
    return found


def _kinds(case: Case, homes: Integers, begins: Days, who: Integers) -> pa.Array:
    kinds = texts(case.people.tables.households["kind"]).take(pa.array(homes))
    hostel = np.asarray(pc.equal(kinds, str(HouseholdKind.HOSTEL)).to_numpy(zero_copy_only=False))
    old = case.today - case.people.born[who] > _OLD
    sheltered = old & (case.chance("sheltered homes").random(len(homes)) < share("tenancies.sheltered"))
    new = case.today - begins < _YEAR
    number = np.select([hostel, sheltered, new], [2, 1, 3], 0)
    return pa.array(["general needs", "sheltered", "supported", "starter"]).take(pa.array(number))


def _owed(case: Case, numbers: Integers) -> Varying:
    """Weeks of rent owed by each tenancy on a day, as the last month's end says if it is not long ago."""
    latest = _latest_debt(case, numbers)
    weeks = case.of("rent_arrears").shares("arrears_weeks")

    def on_day(records: Integers, on: Days) -> Plain:
        row = latest(records, on)
        return np.where(row < 0, 0.0, np.append(weeks, 0.0)[row]).round(1)

    return on_day


def _notices(case: Case, numbers: Integers) -> Varying:
    latest = _latest_debt(case, numbers)
    codes = case.of("rent_arrears").text("code").to_pylist()
    served = np.array([code in ("notice served", "court") for code in codes] + [False])
    return lambda records, on: served[latest(records, on)]


def _latest_debt(case: Case, numbers: Integers) -> _Latest:
    debt = case.of("rent_arrears")
    return _Latest(debt.numbers("tenancy"), debt.instants("at").astype("datetime64[D]"), numbers)


class _Latest:
    """The row of the newest debt of a tenancy before a day; -1 where there is none of late."""

    def __init__(self, tenancy: Integers, at: Days, numbers: Integers) -> None:
        order = np.lexsort((at, tenancy))
        self._order, self._tenancy, self._at = order, tenancy[order], at[order]
        self._numbers = numbers
        self._keys = self._key(self._tenancy, self._at)

    def __call__(self, records: Integers, on: Days) -> Integers:
        """The rows for some tenancies, each on a day of its own."""
        if not len(self._keys):
            return np.full(len(records), -1)
        mine = self._numbers[records]
        found = np.searchsorted(self._keys, self._key(mine, on - _DAY), side="right") - 1
        inside = np.maximum(found, 0)
        fits = (found >= 0) & (self._tenancy[inside] == mine) & (on - self._at[inside] < _OWED_FOR)
        return np.where(fits, self._order[inside], -1)

    @staticmethod
    def _key(tenancy: Integers, at: Days) -> Integers:
        # Days since 1970 stay below 2^16 until long after anybody reads this.
        key: Integers = tenancy * (1 << 16) + at.astype("datetime64[D]").astype(np.int64)
        return key


@LANDLORD.sends("hoarding-ratings", "ratings", _SENDER)
def ratings(case: Case) -> Drawn:
    """One row for each time that a social home was looked at and rated."""
    tables, random = case.people.tables, case.chance("hoarding ratings")
    social = np.asarray(
        pc.equal(texts(tables.addresses["tenure"]), str(Tenure.SOCIAL)).to_numpy(zero_copy_only=False)
    )
    looked = random.poisson(share("hoarding.looked_at") * case.plan.years, len(social)) * social
    place = np.repeat(np.arange(len(social)), looked)
    span = (case.today - np.datetime64(case.plan.begins, "D")).astype(np.int64)
    at = np.datetime64(case.plan.begins, "D") + random.integers(0, span, len(place))
    bands, shares = mixture("clutter")
    band = random.choice(3, len(place), p=shares)
    rating = random.integers(1, 4, len(place)) + 3 * band
    return Drawn(
        recorded=at.astype("datetime64[s]") + random.integers(9, 17, len(place)).astype("timedelta64[h]"),
        who=np.full(len(place), -1),
        place=place,
        values={
            "rated_on": at,
            "rating_band": pa.array(bands).take(pa.array(band)),
            "clutter_rating": rating,
            "blocked_exit": pa.array(["no", "yes"]).take(pa.array((rating > 6).astype(np.int8))),
            "support_accepted": random.random(len(place)) < 1 / 2,
        },
    )

"""Telephone numbers and e-mail addresses, which change from time to time and are shared in families.

The numbers are those that Ofcom keeps for drama: 07700 900000 to 900999 and 01632 960000 to 960999 (read in
its guidance, as recalled). There are 1,000 of each, so strangers share numbers as soon as the county is
larger than a village: whoever links by number alone links wrongly, far more often than in life.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.population.columns import days, ids, table
from roundtable.county.population.life import Life
from roundtable.county.population.lives import NEVER, NOWHERE, Who
from roundtable.county.population.rates import OLDEST, by_age, rate
from roundtable.county.population.tables import REACH

_MOBILE, _LANDLINE = "07700900", "01632960"
_YEAR = 365.25


def reach_table(
    life: Life, rng: np.random.Generator, who: Who, emails: pa.Array, first_day: int, first_id: int
) -> pa.Table:
    """How each of these can be reached over the years, in the form of `tables.REACH`.

    `emails` are the local parts that go with each.
    """
    people = life.people
    ends = np.minimum(np.minimum(people.died[who], people.left[who]), life.end)
    age = np.clip((ends - people.born[who]) / _YEAR, 0, OLDEST).astype(np.int64)
    lot = rng.random((5, len(who)))
    mobile = lot[0] < by_age("mobile")[age]
    home = people.home[who].astype(np.int64)
    landline = ~mobile & (age >= 50) & (home != NOWHERE) & (lot[1] < rate("landline"))
    email = lot[2] < by_age("email")[age]
    of_home = rng.integers(0, 1000, max(1, life.homes.count))
    own = rng.integers(0, 1000, (2, len(who)))
    # A child or an old person without a number may give that of someone at home.
    relative = ~mobile & ~landline & (home != NOWHERE) & (lot[3] < rate("relatives_number"))
    begins = np.maximum(people.came[who], np.minimum(people.born[who] + int(11 * _YEAR), ends - 1)).astype(
        np.int64
    )
    window = np.maximum(begins, first_day)
    changed = (lot[4] < rate("number_changed")) & (mobile | email) & (ends - window > 60)
    middle = window + 30 + (rng.random(len(who)) * np.maximum(ends - window - 60, 0)).astype(np.int64)
    keep = mobile | landline | email | relative
    number = np.where(mobile, own[0], of_home[np.maximum(home, 0)])
    new_number = np.where(mobile, own[1], number)
    new_mail = changed & (rng.random(len(who)) < rate("email_changed")) & email
    new_number = np.where(new_mail, number, new_number)
    later = np.flatnonzero(changed & keep)
    rows = np.concatenate([np.flatnonzero(keep), later])
    is_later = np.arange(len(rows)) >= int(keep.sum())
    start = np.where(is_later, middle[rows], begins[rows])
    end = np.where(is_later | ~changed[rows], NEVER, middle[rows])
    phone = np.where(is_later, new_number[rows], number[rows])
    second_mail = is_later & new_mail[rows]
    has_phone = (mobile | landline | relative)[rows]
    return table(
        {
            "person": ids(who[rows], first_id),
            "from_day": days(start),
            "to_day": days(end),
            "phone": _numbers(phone, (mobile | relative)[rows], has_phone),
            "email": _mails(emails.take(pa.array(rows)), second_mail, email[rows]),
        },
        REACH,
        start,
        who[rows],
    )


def _numbers(number: Who, mobile: np.ndarray, known: np.ndarray) -> pa.Array:
    prefix = pa.array([_LANDLINE, _MOBILE]).take(pa.array(mobile.astype(np.int8)))
    digits = pc.utf8_lpad(pa.array(number).cast(pa.string()), 3, "0")
    return pc.if_else(pa.array(known), pc.binary_join_element_wise(prefix, digits, ""), None)


def _mails(local: pa.Array, second: np.ndarray, known: np.ndarray) -> pa.Array:
    plain = pc.binary_join_element_wise(local, "example.org", "@")
    other = pc.binary_join_element_wise(local, "new.example.org", "@")
    return pc.if_else(pa.array(known), pc.if_else(pa.array(second), other, plain), None)

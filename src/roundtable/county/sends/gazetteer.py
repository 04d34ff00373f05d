"""What the council's keeper of addresses sends: the gazetteer, in which every address has its UPRN."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, recoded
from roundtable.county.sends.homes_written import address_lines
from roundtable.county.sends.people_known import texts
from roundtable.county.sends.shares import share

GAZETTEER = Producers()
_DECIMALS = 6
#: The code of no council that there is.
_CUSTODIAN = 9990


@GAZETTEER.sends("address-gazetteer", "addresses", "gazetteer", twice=False, few=True)
def addresses(case: Case) -> Drawn:
    """One row an address, from the day it was given its number.

    A refuge looks like any house: where it is must not be found in a public register.
    """
    table = case.people.tables.addresses
    count = len(table)
    random = case.chance("gazetteer")
    begun = np.datetime64(case.plan.begins, "D")
    span = int((case.today - begun).astype(np.int64))
    entered = np.where(random.random(count) < share("gazetteer.new"), random.integers(0, span, count), -1)
    # In order of their numbers: in the county's own order homes of many stand last.
    order = np.argsort(texts(table["uprn"]).to_numpy(zero_copy_only=False).astype(np.int64))
    kinds = {"refuge": "house", "shared_house": "shared house", "care_home": "care home"}
    return Drawn(
        recorded=(begun + entered).astype("datetime64[s]")[order],
        who=np.full(count, -1),
        place=order,
        values={
            "address_line": address_lines(case.people, "full").take(pa.array(order)),
            "post_code": texts(table["postcode"]).take(pa.array(order)),
            "longitude": table["longitude"].to_numpy().round(_DECIMALS)[order],
            "latitude": table["latitude"].to_numpy().round(_DECIMALS)[order],
            "class": recoded(texts(table["kind"]), kinds).take(pa.array(order)),
            "custodian": np.full(count, _CUSTODIAN),
        },
    )

"""What charities send: cases of the domestic abuse charity, and of the one that stands by carers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.population.tables import RelationKind
from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Producers, ended, recoded
from roundtable.county.sends.people_known import days, texts
from roundtable.county.sends.shares import drawn_words, share

CHARITIES = Producers()


@CHARITIES.sends("support-service-cases", "cases", "domestic-abuse-charity")
def support(case: Case) -> Drawn:
    """One row a client's case."""
    client = case.of("support_service")
    return client.drawn(
        {
            "referred_on": client.instants("at"),
            "closed_on": ended(client.days("until")),
            "support_kind": recoded(client.text("code"), {"independent-adviser": "independent adviser"}),
            "referrer": client.text("referrer"),
            "days_to_contact": client.numbers("days_to_contact"),
            "refuge_needed": client.flags("refuge_needed"),
            "refuge_found": client.flags("refuge_found"),
            "safe_address_only": client.flags("safe_address_only"),
        },
        named={"safe_number": "phone", "address_now": "address"},
    )


@CHARITIES.sends("carer-support-cases", "cases", "carers-charity")
def carers(case: Case) -> Drawn:
    """One row a carer's case: of some of those who care for somebody, some time after they began."""
    random, relations = case.chance("carers' charity"), case.people.tables.relations
    caring = pc.equal(texts(relations["kind"]), str(RelationKind.CARER))
    rows = np.flatnonzero(np.asarray(caring.to_numpy(zero_copy_only=False)))
    who = case.people.positions(relations["person"])[rows]
    began = np.maximum(days(relations["from_day"])[rows], np.datetime64(case.plan.begins, "D"))
    at = began + random.exponential(share("carers.days_to_charity"), len(rows)).astype(np.int64)
    died = case.people.died[np.maximum(who, 0)]
    known = (random.random(len(rows)) < share("carers.known")) & (who >= 0) & (at < case.today) & ~(died < at)
    lasts = random.exponential(share("carers.days_supported"), len(rows)).astype(np.int64) + 1
    support = drawn_words(random, "carer support", len(rows))
    hours = drawn_words(random, "carer hours", len(rows))
    minutes = random.integers(9 * 60, 17 * 60, len(rows)).astype("timedelta64[m]")
    return Drawn(
        recorded=(at.astype("datetime64[s]") + minutes)[known],
        who=who[known],
        place=np.full(int(known.sum()), -1),
        values={
            "carer_began": at[known],
            "carer_finished": ended((at + lasts)[known]),
            "carer_support": support.filter(pa.array(known)),
            "hours_band": hours.filter(pa.array(known)),
        },
    )

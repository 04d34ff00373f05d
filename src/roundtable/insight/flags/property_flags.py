"""The flags that stand on each property today, and the visits that it has had, from what was delivered."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from roundtable.insight.flags.agreed import DETAIL

#: The columns that events and contacts have in common here.
_COMMON = ("of_id", "dataset", "source_table", "address_id", "first_on", "last_on", "one_day")


def property_flags(event: ir.Table, contact: ir.Table, detail: ir.Table, flag_code: ir.Table) -> ir.Table:
    """The table `property_flags`: each property, agency, dataset and flag once.

    Args:
        event: the canonical events.
        contact: the canonical contacts.
        detail: the facts that came with either.
        flag_code: what `flag_codes` made: what counts, since when, and the day that is described.

    A row without an address, or after the day described, says nothing. Several rows that say the same of
    one property are one flag, from the first day of the earliest to the last day of the latest. A flag
    that has faded is left out altogether: what is old is not kept beside an address.
    """
    happened = event.select(
        of_id="event_id",
        dataset="dataset",
        source_table="source_table",
        address_id="address_id",
        first_on="occurred_from",
        last_on="occurred_to",
        one_day="occurred_to",
        value="code",
    )
    done = contact.select(
        of_id="contact_id",
        dataset="dataset",
        source_table="source_table",
        address_id="address_id",
        first_on="started",
        last_on="ended",
        one_day="started",
        value="service",
    )
    rows = happened.mutate(fact=ibis.literal("code")).union(done.mutate(fact=ibis.literal("service")))
    rows = rows.filter(rows.address_id.notnull())
    facts = detail.select(
        of_id="of_id", dataset="dataset", fact=ibis.literal(DETAIL) + detail.name, value="value"
    )
    placed = rows.select(*_COMMON)
    told = placed.join(facts, ["of_id", "dataset"]).select(*_COMMON, "fact", "value")
    said = rows.select(*_COMMON, "fact", "value").union(told)
    return _standing(said, flag_code)


def _standing(said: ir.Table, flag_code: ir.Table) -> ir.Table:
    """What is said, taken together by property, and only what still speaks on the day described."""
    found = said.join(flag_code, ["dataset", "source_table", "fact", "value"])
    last = found.last_on.coalesce(ibis.ifelse(found.goes_on, found.as_of, found.one_day))
    found = found.mutate(last_on=ibis.least(last, found.as_of)).filter(found.first_on <= found.as_of)
    found = found.filter(found.last_on >= found.since)
    return found.group_by("address_id", "agency", "dataset", "kind", flag=found.value).agg(
        first_on=found.first_on.min(),
        last_on=found.last_on.max(),
        records=found.count().cast("int64"),
    )

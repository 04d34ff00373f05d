"""The register of addresses, cleaned as records are, so that what is written can be held against it."""

from __future__ import annotations

import pyarrow as pa

from roundtable.linkage.cleaning.addresses import ADDRESS_RULES
from roundtable.linkage.cleaning.coded import Coded
from roundtable.linkage.cleaning.postcodes import POSTCODE_RULES
from roundtable.linkage.cleaning.rule import outcome

#: A row an address: what it is called, its folded address, its postcode, and what kind of place it is.
GAZETTEER = pa.schema(
    [
        pa.field("address_id", pa.string(), False),
        pa.field("address_key", pa.string()),
        pa.field("postcode", pa.string()),
        pa.field("kind", pa.string()),
    ]
)


def cleaned_gazetteer(address_records: pa.Table) -> pa.Table:
    """Records of addresses, such as ADDRESS_RECORD holds, in the form that cleaned records have."""
    written = Coded.of(address_records["address"]).changed(lambda one: outcome(ADDRESS_RULES, one)[0])
    postcode = Coded.of(address_records["postcode"]).changed(lambda one: outcome(POSTCODE_RULES, one)[0])
    columns = [address_records["address_id"], written.array(), postcode.array(), address_records["kind"]]
    return pa.table(columns, schema=GAZETTEER)

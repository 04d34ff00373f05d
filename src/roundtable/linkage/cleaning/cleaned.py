"""Person records made comparable: a row a record, every value in one form or null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

import pyarrow as pa

from roundtable.linkage.cleaning.addresses import ADDRESS_RULES
from roundtable.linkage.cleaning.coded import Coded, either
from roundtable.linkage.cleaning.dates import DATE_RULES
from roundtable.linkage.cleaning.emails import EMAIL_RULES
from roundtable.linkage.cleaning.learnt import accounts, learn
from roundtable.linkage.cleaning.letters import FOLDED, SHORTENED
from roundtable.linkage.cleaning.name_columns import (
    NAME_BOXES,
    NameColumns,
    given_roots,
    name_boxes,
    name_columns,
)
from roundtable.linkage.cleaning.nhs_numbers import NHS_RULES
from roundtable.linkage.cleaning.nobodys import NUMBERS, without_nobodys, without_nobodys_days
from roundtable.linkage.cleaning.phones import PHONE_RULES, is_mobile
from roundtable.linkage.cleaning.postcodes import POSTCODE_RULES, outward_of
from roundtable.linkage.cleaning.rule import Rule, Tells
from roundtable.linkage.cleaning.sent_once import SENT_TWICE, sent_once
from roundtable.linkage.cleaning.sexes import SEX_RULES, sex_by_title
from roundtable.linkage.cleaning.source_numbers import NUMBER_RULES, numbers_across, numbers_of_source
from roundtable.linkage.cleaning.told import Teller
from roundtable.linkage.cleaning.usual import Usual
from roundtable.linkage.schemas import CLEANED

#: The rules of each column of PERSON_RECORD that is no name, in the order in which they are applied.
RULES_OF: Mapping[str, Sequence[Rule]] = MappingProxyType(
    {
        "source_person_id": NUMBER_RULES,
        "date_of_birth": DATE_RULES,
        "sex": SEX_RULES,
        "nhs_number": NHS_RULES,
        "phone": PHONE_RULES,
        "email": EMAIL_RULES,
        "postcode": POSTCODE_RULES,
        "address": ADDRESS_RULES,
    }
)
_AS_SENT = ("record_id", "dataset", "source_table", "agency", "event_id", "address_id", "recorded_at")


@dataclass(frozen=True)
class Cleaned:
    """Records after cleaning.

    Attributes:
        table: CLEANED, and the further columns that were asked for; sorted by `record_id`.
        told: CLEANING_TOLD: what was mended and what could not be used.
        usual: what was learnt from these records, or was given.
    """

    table: pa.Table
    told: pa.Table
    usual: Usual


def clean(person_records: pa.Table, usual: Usual | None = None) -> pa.Table:
    """Records after cleaning; see `cleaned`."""
    return cleaned(person_records, usual).table


def cleaned(person_records: pa.Table, usual: Usual | None = None, further: Sequence[str] = ()) -> Cleaned:
    """Records after cleaning.

    Of rows with one record id, which are versions of one record, that which was recorded last stays. Columns
    that are absent count as null, so that it serves records of which a purpose sees a part.

    Args:
        person_records: PERSON_RECORD, or part of its columns; `record_id`, `dataset`, `source_table` and
            `agency` must be there. A column `event_id` goes through as it is. Dates of birth may be text.
        usual: what an earlier run learnt; learnt from these records where null.
        further: columns of text that other data have, to be folded and put after the others.
    """
    stay, again = sent_once(person_records)

    @cache
    def sent(name: str) -> Coded:
        return Coded.of(_column(person_records, name)).at(stay)

    datasets = Coded.of(person_records["dataset"]).compact()
    dataset = datasets.at(stay)
    teller = Teller(dataset)
    teller.count("record_id", SENT_TWICE, Tells.MENDED, datasets.codes[again])
    boxes = name_boxes({name: sent(name) for name in NAME_BOXES}, teller)
    values = {name: teller.put(name, rules, sent(name)).compact() for name, rules in RULES_OF.items()}
    values["sex"] = _with_titles(values["sex"], sent("title"), sent("full_name"))
    learning = usual is None
    if usual is None:
        usual = learn(boxes, values | {"dataset": dataset, "agency": sent("agency")})
    values["date_of_birth"] = without_nobodys_days(values["date_of_birth"], dataset, usual, teller)
    for name in NUMBERS:
        values[name] = without_nobodys(name, values[name], usual, teller)
    names = name_columns(boxes, usual)
    if learning:
        usual = replace(usual, accounts=accounts(dataset, values["source_person_id"], names.given))
    columns = _identity(names, values | {"sent_postcode": sent("postcode")}, dataset, usual)
    arrays = {name: coded.array() for name, coded in columns.items()}
    arrays |= {name: _column(person_records, name).take(pa.array(stay)) for name in _AS_SENT}
    arrays["name_tokens"] = names.tokens
    table = pa.table({field.name: arrays[field.name] for field in CLEANED}).cast(CLEANED)
    for name in further:
        folded = teller.put(name, (SHORTENED, FOLDED), sent(name))
        table = table.append_column(name, folded.array())
    return Cleaned(table, teller.table(), usual)


def _with_titles(sex: Coded, *titles: Coded) -> Coded:
    """Sex as the code says or, where there is none, a title or the title before a whole name."""
    for one in titles:
        sex = either(sex, one.changed(sex_by_title))
    return sex


def _identity(
    names: NameColumns, values: Mapping[str, Coded], dataset: Coded, usual: Usual
) -> dict[str, Coded]:
    """The columns that tell who somebody is, from the cleaned columns of person records."""
    return {
        "source_person": numbers_of_source(values["source_person_id"], dataset, usual),
        "given": names.given,
        "given_root": given_roots(names.given, values["sex"]),
        "middle": names.middle,
        "surname": names.surname,
        "former_surname": names.former,
        "known_as": names.known_as,
        "date_of_birth": values["date_of_birth"],
        "sex": values["sex"],
        "nhs_number": values["nhs_number"],
        "other_number": numbers_across(values["source_person_id"], dataset, usual),
        "mobile": values["phone"].changed(lambda one: one if is_mobile(one) else None),
        "landline": values["phone"].changed(lambda one: None if is_mobile(one) else one),
        "email": values["email"],
        "postcode": values["postcode"],
        "outward": values["sent_postcode"].changed(outward_of),
        "address_key": values["address"],
    }


def _column(records: pa.Table, name: str) -> pa.ChunkedArray:
    """A column, null where the table does not have it."""
    if name in records.column_names:
        return records[name]
    return pa.chunked_array([pa.nulls(records.num_rows, pa.string())])

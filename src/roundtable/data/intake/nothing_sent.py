"""A file with a header and no row: the same bytes say of every month that nothing happened in it.

Files with the same bytes are one delivery, taken once. Of a file without rows that would leave every quiet
month but the first untold, so that its delivery's id also holds the period that its name says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from roundtable.data.intake.choosing_table import table_of
from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.periods import named_period
from roundtable.errors import DeliveryRefused
from roundtable.partnership.model.contract import Table
from roundtable.partnership.model.contract_terms import Arrival, FileFormat

_SPELT = ("utf-8", "utf-8-sig", "cp1252")
_ENDINGS = ("", "\n", "\r\n")
_TABLES = 256


def quiet_period(found: FoundDelivery, sha256: str) -> str:
    """The period that a file's name says, where it holds the contract's header and nothing else; or nothing.

    It is known by its hash, so that no file is opened for it. A header in another order than the contract's
    is not known; such a file is taken as any other.
    """
    try:
        table = table_of(found.dataset, found.name, found.shown)
        if table.terms.format is not FileFormat.CSV or table.terms.arrives is not Arrival.PERIODS:
            return ""
        if all(sha256 not in _bare_headers(one, table.terms.delimiter) for one in _headers(table)):
            return ""
        return named_period(table, found.name) or ""
    except (DeliveryRefused, re.error, IndexError):
        return ""


def said_period(found: FoundDelivery) -> str:
    """The period that a file's name says; or nothing."""
    try:
        return named_period(table_of(found.dataset, found.name, found.shown), found.name) or ""
    except (DeliveryRefused, re.error, IndexError):
        return ""


def _headers(table: Table) -> Iterator[tuple[str, ...]]:
    """The contract's header, and what it was before each of the columns came that a file need not have."""
    header = tuple(column.header for column in table.properties)
    yield header
    for column in reversed([one for one in table.properties if one.terms.may_be_absent]):
        header = tuple(name for name in header if name != column.header)
        yield header


@lru_cache(_TABLES)
def _bare_headers(header: tuple[str, ...], delimiter: str) -> frozenset[str]:
    """SHA-256 of every usual spelling of a header that stands alone."""
    return frozenset(hashlib.sha256(one).hexdigest() for one in _spelt(header, delimiter))


def _spelt(header: tuple[str, ...], delimiter: str) -> Iterator[bytes]:
    quoted = tuple('"' + name.replace('"', '""') + '"' for name in header)
    for names, ending, spelling in product((header, quoted), _ENDINGS, _SPELT):
        try:
            yield (delimiter.join(names) + ending).encode(spelling)
        except UnicodeEncodeError:
            continue

"""Every table that an agency of the county sends, by the example's ids of dataset and table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roundtable.county.sends.adult_care import ADULT_CARE
from roundtable.county.sends.ambulance import AMBULANCE
from roundtable.county.sends.charities import CHARITIES
from roundtable.county.sends.children_care import CHILDREN_CARE
from roundtable.county.sends.council_housing import COUNCIL_HOUSING
from roundtable.county.sends.drawn import Producer
from roundtable.county.sends.fire import FIRE
from roundtable.county.sends.gazetteer import GAZETTEER
from roundtable.county.sends.hospital import HOSPITAL
from roundtable.county.sends.justice import JUSTICE
from roundtable.county.sends.landlord import LANDLORD
from roundtable.county.sends.mental_health import MENTAL_HEALTH
from roundtable.county.sends.open_data import OPEN_DATA
from roundtable.county.sends.police import POLICE
from roundtable.county.sends.schools import SCHOOLS
from roundtable.partnership.model.contract import Dataset, Table

_AGENCIES = (
    POLICE,
    FIRE,
    ADULT_CARE,
    CHILDREN_CARE,
    COUNCIL_HOUSING,
    GAZETTEER,
    HOSPITAL,
    AMBULANCE,
    MENTAL_HEALTH,
    SCHOOLS,
    LANDLORD,
    JUSTICE,
    CHARITIES,
)
PRODUCERS = {(one.dataset, one.table): one for agency in _AGENCIES for one in agency.found}
OPEN = {(one.dataset, one.table): one for one in OPEN_DATA.found}


def sent_tables(datasets: Iterable[Dataset], *, open_data: bool) -> Iterator[tuple[Producer, Dataset, Table]]:
    """The tables of a folder's contracts that the county can send, in order of their names.

    A table that its contract takes into no canonical table is known and never wanted, so it is not sent.

    Args:
        datasets: the contracts.
        open_data: whether the open data are made too, which are not an agency's about people.
    """
    known = PRODUCERS | OPEN if open_data else PRODUCERS
    for dataset in sorted(datasets, key=lambda one: one.id):
        for table in dataset.schema_:
            producer = known.get((dataset.id, table.name))
            if producer is not None and table.terms.canonical is not None:
                yield producer, dataset, table

"""By what each record came under a seal: a number, an address, or a likeness, and which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from roundtable.data.lake import Lake
from roundtable.data.subjects.records import IDENTIFYING, PERSON, batches_of, identities, isin
from roundtable.governance.rights.keyed import Identity, Keyed
from roundtable.governance.rights.likeness import Known
from roundtable.ledger.marks import Mark, records_in
from roundtable.ledger.models import MarkKind

#: How it is said. Of several, the first that the record bears counts; one that bears none was named itself,
#: or has a number that was learnt from a likeness.
_SAID = {
    MarkKind.ADDRESS: "the property",
    MarkKind.ADDRESS_FORM: "the address as it is written",
    MarkKind.NHS_NUMBER: "the NHS number",
    MarkKind.PERSON_NUMBER: "a source's own number",
    MarkKind.NAMED_BORN: "forename, surname and date of birth",
    MarkKind.BORN_AT: "forename, date of birth and place",
    MarkKind.SWAPPED_BORN: "name and place, with day and month of birth the other way round",
    MarkKind.PHONED: "surname and telephone",
}
OTHERWISE = "its id, or a number of a record that was reached by likeness"


def reached_by(
    lake: Lake, marks: frozenset[Mark], within: Container[str] | None = None
) -> Iterator[tuple[Identity, str]]:
    """Each row of a record under a seal, and by what it is under it, in words.

    Args:
        lake: with the keys.
        marks: what the seal covers.
        within: the deliveries to look through; without it, all.
    """
    if lake.keyring is None:
        return
    keyed, records = Keyed(lake.keyring), records_in(marks)
    sure = {mark.value for mark in marks if mark.what is MarkKind.RECORD}
    files = [file for file in lake.files(PERSON) if within is None or file.source in within]
    for batch in batches_of(lake, files if records else (), list(IDENTIFYING)):
        for one in identities(batch.rows.filter(isin(batch.rows.column("record_id"), records))):
            known = Known(one, keyed)
            if one.record_id in sure:
                held = {mark.what for mark in (known.person | known.place) & marks}
            else:
                held = {mark.what for mark in known.alike & marks}
            yield one, next((said for kind, said in _SAID.items() if kind in held), OTHERWISE)


def counted_reach(
    lake: Lake,
    marks: frozenset[Mark],
    within: Container[str] | None = None,
    hidden: Container[str] = frozenset(),
) -> dict[str, int]:
    """How many records a seal has reached by what, each record once by the surest; in that order.

    Args:
        lake: with the keys.
        marks: what the seal covers.
        within: the deliveries to look through; without it, all.
        hidden: the records that whoever asks may not know of.
    """
    best: dict[str, str] = {}
    order = [*_SAID.values(), OTHERWISE]
    for one, said in reached_by(lake, marks, within):
        if one.record_id in hidden:
            continue
        held = best.get(one.record_id)
        if held is None or order.index(said) < order.index(held):
            best[one.record_id] = said
    counts = Counter(best.values())
    return {said: counts[said] for said in order if counts[said]}

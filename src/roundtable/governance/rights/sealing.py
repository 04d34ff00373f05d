"""What a seal covers, how far it reaches, and who may see under it.

A seal reaches further than what it was set on, because what is left would give it away. Beyond the record
or the address itself it covers:

- every other record of the same person, known by the NHS number or by a source's own number for them;
- for a protected address and a user's own household, every record of whoever lives there, known by the
  address's number or by the address as it is written, and every other record of those people;
- for a protected address, the address itself wherever a record under seal stands with one;
- records that are probably of a person who is under seal, by several parts of the name, the birth, the place
  and the telephone together: see likeness.py.

A pre-adoption identity, a gender-recognition history and a protected witness are seals on a person: they
cover the person's records and leave the address to whoever else lives there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from roundtable.errors import NotPermitted, Place, Problem
from roundtable.governance.rights.keyed import Identity, Keyed
from roundtable.governance.rights.likeness import Known
from roundtable.ledger.marks import Mark, addresses_in, records_in
from roundtable.ledger.models import MarkKind, SealKind
from roundtable.ledger.seals import ReleaseRecord, SealRecord

#: Seals that are about a place, and through it about everybody who lives there.
OF_A_PLACE = frozenset({SealKind.PROTECTED_ADDRESS, SealKind.OWN_HOUSEHOLD})
#: The longest that a release may last; a longer need is asked for again.
LONGEST_RELEASE = timedelta(days=28)


@dataclass(frozen=True)
class LeftOut:
    """What somebody may not see: the ids of records and addresses under seal, and of objecting records.

    Attributes:
        records: records under seal. Events they are in are left out whole.
        addresses: addresses under seal. Everything at them is left out.
        objecting: records whose objection was upheld for the purpose. They are left out, and events only
            where they are nobody else's too.
    """

    records: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    objecting: frozenset[str] = frozenset()

    @property
    def people(self) -> frozenset[str]:
        """Every record that is left out, for whichever reason."""
        return self.records | self.objecting

    @property
    def anything(self) -> bool:
        """Whether anything is left out at all."""
        return bool(self.records or self.addresses or self.objecting)

    def fingerprint(self) -> list[list[str]]:
        """The same for the key of a step."""
        return [sorted(self.records), sorted(self.addresses), sorted(self.objecting)]


def reached(kind: SealKind, marks: frozenset[Mark], known: Known) -> frozenset[Mark]:
    """What a seal covers more because of one record; nothing where the record is not under it.

    Asked again and again until nothing is added: a record found through an NHS number brings its source's
    number for the person, by which others are found.
    """
    lives_there = kind in OF_A_PLACE and not marks.isdisjoint(known.place)
    if marks.isdisjoint(known.person) and not lives_there:
        likely = not (marks.isdisjoint(known.likely) and marks.isdisjoint(known.alike))
        return known.likely - marks if likely else frozenset()
    # How a sealed address is written is learnt from a record that bears its number, and the other way
    # round; where else the same person has lived stays as it is.
    found = known.person | known.alike | known.where_to_look
    return (found | known.place if lives_there else found) - marks


def sealed_from(
    post: str | None,
    purpose: str,
    at: datetime,
    marks: Mapping[int, frozenset[Mark]],
    releases: Iterable[ReleaseRecord],
) -> LeftOut:
    """What is under seal for somebody who works for a purpose at an instant.

    Args:
        post: who asks; None for a run of the pipeline, which nothing is ever released to: what it makes is
            for many eyes.
        purpose: what for.
        at: the trusted clock's time.
        marks: what each standing seal covers.
        releases: every release there is.
    """
    released = {
        one.seal_id
        for one in releases
        if post is not None
        and one.asked_by == post
        and one.purpose == purpose
        and one.begins <= at < one.ends
    }
    covered: set[Mark] = set()
    for number, of_seal in marks.items():
        if number not in released:
            covered |= of_seal
    return LeftOut(records_in(covered), addresses_in(covered))


def left_out_of_runs(
    marks: Mapping[int, frozenset[Mark]], objecting: frozenset[str] = frozenset()
) -> LeftOut:
    """What no run may see: everything under a standing seal, and the records of who has objected."""
    covered = frozenset().union(*marks.values())
    return LeftOut(records_in(covered), addresses_in(covered), objecting)


def see_that_may_release(
    seal: SealRecord, asked_by: str, released_by: str, begins: datetime, ends: datetime
) -> None:
    """See that a release keeps the rules. That the posts exist has been seen.

    Raises:
        NotPermitted: naming every rule that it breaks.
    """
    rules = (
        (not seal.stands, "seal-lifted", "the seal has been lifted", "nothing has to be released"),
        (
            asked_by == released_by,
            "four-eyes",
            f"'{asked_by}' would release to itself what it asks for",
            "let another post release it",
        ),
        (
            seal.concerns != "" and seal.concerns in (asked_by, released_by),
            "own-household",
            f"the seal is on the household of '{seal.concerns}'",
            "let two other posts deal with it",
        ),
        (ends <= begins, "release-over", "the release would be over already", "name a later end"),
        (
            ends - begins > LONGEST_RELEASE,
            "release-long",
            f"the release would last longer than {LONGEST_RELEASE.days} days",
            "name an earlier end, and ask again when it is over",
        ),
    )
    found = [
        Problem(Place("command line", key=f"seal {seal.number}"), rule, what, remedy)
        for broken, rule, what, remedy in rules
        if broken
    ]
    if found:
        raise NotPermitted(found)


def told_of(anything: bool) -> str:
    """What a report says of seals: that there are some, never how many."""
    return "Some records are sealed and are left out everywhere." if anything else ""


def marks_of_flag(one: Identity, kind: SealKind, keyed: Keyed) -> frozenset[Mark]:
    """What a row that came flagged puts under seal: the person, and where they live for a seal on a place."""
    known = Known(one, keyed)
    found = known.person | known.alike | known.where_to_look
    return found | known.place if kind in OF_A_PLACE else found


def of_record(record_id: str) -> Mark:
    """The mark of a record by its id."""
    return Mark(MarkKind.RECORD, record_id)

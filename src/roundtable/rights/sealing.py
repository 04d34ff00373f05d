"""Setting, releasing and lifting seals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from roundtable.data.subjects.reach import counted_reach
from roundtable.errors import NotPermitted, Place, Problem, SettingUnusable
from roundtable.governance.pseudonyms import is_id
from roundtable.governance.rights.four_eyes import two_posts
from roundtable.governance.rights.sealing import OF_A_PLACE, of_record, see_that_may_release
from roundtable.ledger import audit, seals
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import SealKind, SealOrigin
from roundtable.ledger.seals import ReleaseRecord, SealRecord
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.nearest import nearest
from roundtable.rights.office import RIGHTS_PURPOSE, Office, plain_words
from roundtable.rights.whose import reach_to_look
from roundtable.rights.wings import take_pages_away


@dataclass(frozen=True)
class Covered:
    """What a seal is to be set on; any of it, before the data come or after.

    Attributes:
        uprns: numbers of properties.
        nhs_numbers: of people.
        records: ids of records, as `subject find` shows them, or as they will be when they come.
    """

    uprns: tuple[str, ...] = ()
    nhs_numbers: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


def set_seal(
    office: Office, kind: SealKind, covered: Covered, by: str, reason: str, concerns: str = ""
) -> int:
    """Put something under seal from now on; the seal's number.

    It says the same whether or not there is anything of it in the lake.

    Raises:
        SettingUnusable: nothing is named, or a post or a number cannot be one.
        StoreUnusable: this process has no keys.
    """
    office.post(by)
    why = plain_words(reason, "--reason")
    if kind is SealKind.OWN_HOUSEHOLD:
        office.post(concerns, "--concerns")
    elif concerns:
        what = "only a seal on a household of a post concerns a post"
        raise _unusable("--concerns", "seal-concerns", what, "leave it out")
    marks = _marks(office, kind, covered)
    number = seals.set_seal(kind, SealOrigin.ORDER, by, why, marks, office.now, concerns)
    take_pages_away(office)
    return number


def release(
    office: Office, number: int, purpose: str, by: str, second: str, reason: str, ends: datetime
) -> int:
    """Let one post see under a seal for a while; the release's number.

    Args:
        office: open for writing.
        number: of the seal.
        purpose: what for: one of the purposes of agreements, or a person's own request.
        by: the post that asks, and that will see.
        second: the post that releases, and that answers for data.
        reason: why, in words that name nobody.
        ends: when it is over; it begins now.

    Raises:
        SettingUnusable: there is no such seal, post or purpose.
        NotPermitted: it breaks a rule.
    """
    known = [*sorted(Purpose), RIGHTS_PURPOSE]
    if purpose not in known:
        near = nearest(purpose, known)
        hint = f"did you mean '{near}'?" if near else f"name one of {', '.join(known)}"
        raise _unusable("--purpose", "purpose-unknown", f"there is no purpose '{purpose}'", hint)
    seal = the_seal(number)
    office.post(by)
    office.answering(second, "--second")
    why = plain_words(reason, "--reason")
    see_that_may_release(seal, by, second, office.now, ends)
    made = seals.release_seal(number, purpose, by, second, why, office.now, ends)
    take_pages_away(office)
    return made


def lift(office: Office, number: int, by: str, second: str, reason: str) -> None:
    """End a seal for good. It takes two posts, and what it covered is forgotten.

    Raises:
        SettingUnusable: there is no such seal or post, or it has been lifted.
        NotPermitted: one post would do both.
    """
    seal = the_seal(number)
    two_posts(office.partnership, by, second, "lifting a seal")
    why = plain_words(reason, "--reason")
    if not seal.stands:
        what = f"seal {number} has been lifted already"
        raise _unusable("SEAL", "seal-lifted", what, "there is nothing to do")
    seals.lift_seal(number, by, second, why, office.now)
    take_pages_away(office)


def reach_of(office: Office, number: int, by: str) -> dict[str, int]:
    """How many records a seal has reached by what, for the post that set it or to which it is open now.

    The counts tell that somebody is in the data, and how much of them. So they are of what the post may look
    up and no more: records of data of which its agency is a controller, and none that another seal covers.
    Else whoever sets a seal on a number would learn by it whether its bearer is there. The chain says who has
    seen them.

    Args:
        office: open for writing; the seal is settled.
        number: of the seal.
        by: the post that asks.

    Raises:
        SettingUnusable: there is no such seal or post.
        NotPermitted: it is another post's, or on the household of the post itself, or the post answers for
            none of the data.
        StoreUnusable: this process has no keys.
    """
    seal = the_seal(number)
    reach = reach_to_look(office, by, f"seal {number}")
    open_to = {one.asked_by for one in releases_of(number, seals.every_release(), office.now)}
    if by == seal.concerns or by not in {seal.set_by, *open_to}:
        what = f"how far it reaches is not for '{by}'"
        remedy = "ask the post that set it, or have it released: `roundtable seal release`"
        raise NotPermitted([Problem(Place("command line", key=f"seal {number}"), "seal-reach", what, remedy)])
    with ledger_transaction():
        audit.append("seal.reach-told", f"seal {number}", {"by": by}, office.now)
    own = seals.standing_marks().get(number, frozenset())
    hidden = office.sealed_but_for(by, number).records
    return counted_reach(office.lake, own, reach.deliveries, hidden)


def the_seal(number: int) -> SealRecord:
    """A seal by its number.

    Raises:
        SettingUnusable: there is none.
    """
    found = next((seal for seal in seals.every_seal() if seal.number == number), None)
    if found is None:
        raise _unusable("SEAL", "seal-unknown", f"there is no seal {number}", "`seal list` shows them")
    return found


def releases_of(number: int, releases: Iterable[ReleaseRecord], at: datetime) -> tuple[ReleaseRecord, ...]:
    """The releases of a seal that hold at an instant."""
    return tuple(one for one in releases if one.seal_id == number and one.begins <= at < one.ends)


def _marks(office: Office, kind: SealKind, covered: Covered) -> set[Mark]:
    keyed = office.keyed
    found: set[Mark] = set()
    for uprn in covered.uprns:
        if kind not in OF_A_PLACE:
            what = f"a seal of the kind {kind.value} is on a person and not on a property"
            raise _unusable("--uprn", "seal-place", what, "name the person: --nhs-number or --record")
        mark = keyed.address(uprn) if uprn.replace(" ", "").isdigit() else None
        found.add(_one(mark, "--uprn", "that is no number of a property", "write its digits alone"))
    for number in covered.nhs_numbers:
        digits = number.replace(" ", "")
        mark = keyed.nhs_number(number) if len(digits) == 10 and digits.isdigit() else None
        found.add(_one(mark, "--nhs-number", "that is no NHS number", "it has ten digits"))
    for record in covered.records:
        # Whether there is such a record is not asked: the answer would say that there is one.
        if not is_id(record):
            what = "that is no id of a record"
            raise _unusable("--record", "record-form", what, "it has 32 of the characters 0-9 and a-f")
        found.add(of_record(record))
    if not found:
        what = "nothing is named to put under seal"
        raise _unusable("", "seal-nothing", what, "name --uprn, --nhs-number or --record")
    return found


def _one(mark: Mark | None, option: str, what: str, remedy: str) -> Mark:
    if mark is None:
        raise _unusable(option, "seal-number", what, remedy)
    return mark


def _unusable(option: str, rule: str, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place("command line", key=option), rule, what, remedy))

"""The desk at which rights are dealt with: a partnership, its open ledger, its lake and its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roundtable.data.lake import Lake
from roundtable.data.leftovers import clear_pages
from roundtable.data.subjects.made_under import may_be_shown
from roundtable.data.subjects.settling import see_that_settled, settle
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.governance.clock import Clock
from roundtable.governance.keys import held_keyring, needed_keyring
from roundtable.governance.rights.controllers import (
    Came,
    controllers_of_data,
    coverage,
    dealing,
    refuse_rest,
)
from roundtable.governance.rights.four_eyes import answering_post, known_post
from roundtable.governance.rights.keyed import Keyed
from roundtable.governance.rights.sealing import LeftOut, sealed_from
from roundtable.ledger import deliveries, seals
from roundtable.ledger.database import open_ledger
from roundtable.ledger.impersonal import looks_like
from roundtable.ledger.lock import writer_lock
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership

#: The purpose for which a seal is released to whoever deals with a person's own request.
RIGHTS_PURPOSE = "rights_of_the_person"


#: The tables whose rows can be about people that are looked up.
PEOPLE = frozenset({"person_record", "quarantine", "quarantine_row"})


def silent(_told: str) -> None:
    """For whoever does not wait for an answer at a terminal."""


@dataclass(frozen=True)
class Reach:
    """How far a post can look.

    Attributes:
        deliveries: those it may look through.
        beyond: how the other data came. The same for whoever is looked for, so that it tells nothing of
            anybody.
    """

    deliveries: frozenset[str]
    beyond: frozenset[Came]


@dataclass(frozen=True)
class Office:
    """What every act needs.

    Attributes:
        partnership: what is agreed, and which posts there are.
        lake: with the keys where this process has them.
        now: the trusted clock's time, asked once.
        tell: told what is being done, where that takes a while. It is told nothing of anybody.
    """

    partnership: Partnership
    lake: Lake
    now: datetime
    tell: Callable[[str], None] = silent

    @property
    def keyed(self) -> Keyed:
        """Makes marks.

        Raises:
            StoreUnusable: this process has no keys.
        """
        return Keyed(self.lake.keyring or needed_keyring(self.lake.folder))

    def post(self, post: str, option: str = "--by") -> str:
        """A post that exists and is held.

        Raises:
            SettingUnusable: there is no such post, or nobody holds it.
        """
        known_post(self.partnership, post, option)
        return post

    def answering(self, post: str, option: str = "--by") -> str:
        """A post that answers for its agency's data: a person is looked up by no other.

        Raises:
            SettingUnusable: there is no such post, or nobody holds it.
            NotPermitted: it is of another kind.
        """
        answering_post(self.partnership, post, option)
        return post

    def reach(self, post: str) -> Reach:
        """The deliveries whose people a post may look up: those of data of which its agency is a controller.

        Raises:
            NotPermitted: there are people in the lake, and it may look up none of them.
        """
        people = {file.source for file in self.lake.listed() if file.table in PEOPLE}
        by_delivery = {one: came for one, came in self.came().items() if one in people}
        found = dealing(self.partnership, post, by_delivery.values(), self.now.date())
        if found.may_not and not found.may:
            refuse_rest(self.partnership, found)
        mine = frozenset(one for one, came in by_delivery.items() if came in found.may)
        return Reach(mine, found.may_not)

    def elsewhere(self, post: str) -> tuple[str, ...]:
        """Whose the data are that a post may not look through, and who may, in sentences."""
        return coverage(self.partnership, self.reach(post).beyond, self.now.date())

    def own_deliveries(self, post: str) -> frozenset[str]:
        """The deliveries of data of which a post's agency is a controller, whatever kind of post it is."""
        agency, _ = known_post(self.partnership, post, "--by")
        own = self.controlled_by(agency.id)
        return frozenset(one for one, came in self.came().items() if came in own)

    def controlled_by(self, agency: str) -> frozenset[Came]:
        """How the data came of which an agency is a controller today."""
        today = self.now.date()
        return frozenset(
            came
            for came in set(self.came().values())
            if agency in controllers_of_data(self.partnership, came, today)
        )

    def agency_of(self, post: str) -> str | None:
        """The agency of a post, whether or not it is held; None where there is no such post any more."""
        return next((agency.id for agency, role in self.partnership.roles() if role.id == post), None)

    def came(self) -> dict[str, Came]:
        """How the data of each delivery came: of which dataset, under which agreements."""
        return {
            one.delivery_id: Came(one.dataset, tuple(sorted(one.agreements)))
            for one in deliveries.every_delivery()
        }

    def sealed(self, post: str | None) -> LeftOut:
        """What a post may not see when it deals with a person's request.

        Raises:
            Busy: seals do not yet reach what was received last.
        """
        see_that_settled(self.lake)
        return self.sealed_but_for(post, None)

    def sealed_but_for(self, post: str | None, number: int | None) -> LeftOut:
        """The same by the seals as they were last brought up to what came, leaving one of them aside."""
        marks = {one: covers for one, covers in seals.standing_marks().items() if one != number}
        return sealed_from(post, RIGHTS_PURPOSE, self.now, marks, seals.every_release())


@contextmanager
def open_office(
    folder: Path, clock: Clock, *, writes: bool, tell: Callable[[str], None] = silent
) -> Iterator[Office]:
    """Open a partnership for rights to be dealt with.

    Args:
        folder: the partnership folder.
        clock: the trusted clock.
        writes: whether anything may be changed; then this process is the only one that writes.
        tell: told what is being done.

    Raises:
        PartnershipUnusable: the folder cannot be read.
        StoreUnusable: the ledger or the keys cannot be used.
        Busy: another process writes.
    """
    partnership = load_partnership(folder)
    open_ledger(folder, partnership.charter.id)
    office = Office(partnership, Lake(folder, held_keyring(folder)), clock(), tell)
    if not writes:
        yield office
        return
    with writer_lock(folder):
        tell("Seeing that seals reach everything that has come")
        office.lake.collect_orphans()
        settle(office.lake, office.now)
        yield office
        settle(office.lake, office.now)
        if not may_be_shown(office.lake):
            clear_pages(office.lake.folder)


def plain_words(text: str, option: str) -> str:
    """A reason in words, which must name nobody.

    Raises:
        SettingUnusable: it is empty, or something in it looks like a person's identifier.
    """
    said = text.strip()
    kind = looks_like(said) if said else "nothing at all"
    if kind is None:
        return said
    what = f"it holds what looks like {kind}"
    remedy = "say why in words that name nobody; the case system has the rest"
    raise SettingUnusable(Problem(Place("command line", key=option), "words-personal", what, remedy))

"""The desk at which rights are dealt with: a partnership, its open ledger, its lake and its keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roundtable.data.lake import Lake
from roundtable.data.subjects.settling import see_that_settled, settle
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.governance.clock import Clock
from roundtable.governance.keys import held_keyring, needed_keyring
from roundtable.governance.rights.four_eyes import answering_post, known_post
from roundtable.governance.rights.keyed import Keyed
from roundtable.governance.rights.sealing import LeftOut, sealed_from
from roundtable.ledger import seals
from roundtable.ledger.database import open_ledger
from roundtable.ledger.impersonal import looks_like
from roundtable.ledger.lock import writer_lock
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership

#: The purpose for which a seal is released to whoever deals with a person's own request.
RIGHTS_PURPOSE = "rights_of_the_person"


@dataclass(frozen=True)
class Office:
    """What every act needs.

    Attributes:
        partnership: what is agreed, and which posts there are.
        lake: with the keys where this process has them.
        now: the trusted clock's time, asked once.
    """

    partnership: Partnership
    lake: Lake
    now: datetime

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

    def sealed(self, post: str | None) -> LeftOut:
        """What a post may not see when it deals with a person's request.

        Raises:
            Busy: seals do not yet reach what was received last.
        """
        see_that_settled(self.lake)
        return sealed_from(post, RIGHTS_PURPOSE, self.now, seals.standing_marks(), seals.every_release())


@contextmanager
def open_office(folder: Path, clock: Clock, *, writes: bool) -> Iterator[Office]:
    """Open a partnership for rights to be dealt with.

    Args:
        folder: the partnership folder.
        clock: the trusted clock.
        writes: whether anything may be changed; then this process is the only one that writes.

    Raises:
        PartnershipUnusable: the folder cannot be read.
        StoreUnusable: the ledger or the keys cannot be used.
        Busy: another process writes.
    """
    partnership = load_partnership(folder)
    open_ledger(folder, partnership.charter.id)
    office = Office(partnership, Lake(folder, held_keyring(folder)), clock())
    if not writes:
        yield office
        return
    with writer_lock(folder):
        office.lake.collect_orphans()
        settle(office.lake, office.now)
        yield office
        settle(office.lake, office.now)


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

"""The brief of a post, from all that there is: the folder, an earlier folder, the findings and the ledger."""

from __future__ import annotations

from pathlib import Path

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.governance.clock import Clock
from roundtable.ledger import deliveries
from roundtable.ledger.database import ledger_exists
from roundtable.partnership.brief.contents import Brief, Item, LateData
from roundtable.partnership.brief.gathering import brief_for, first_step
from roundtable.partnership.changes.comparing import compare, for_agency
from roundtable.partnership.changes.telling import in_short
from roundtable.partnership.changes.two_folders import load_both
from roundtable.partnership.findings import find_all
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.partnership.study import Study
from roundtable.pipeline import measured_facts
from roundtable.standing import late_data


def brief_of(partnership: Partnership, post: str, clock: Clock, *, since: Path | None = None) -> Brief:
    """The two pages for one post.

    Args:
        partnership: what is agreed.
        post: the id of the post.
        clock: the trusted clock, by which data are late.
        since: an earlier copy of the folder, to tell what changed.

    Raises:
        SettingUnusable: there is no such post.
        PartnershipUnusable: the earlier folder cannot be used; each problem says that it is of the older.
    """
    _must_exist(partnership, post)
    study = Study(partnership, measured_facts(partnership.folder), samples=0)
    agency = partnership.role(post)[0].id
    return brief_for(
        partnership,
        post,
        findings=find_all(study),
        changes=_changes(study, agency, since) if since is not None else (),
        late=_late(partnership, clock),
    )


def _late(partnership: Partnership, clock: Clock) -> tuple[LateData, ...] | None:
    """What has come late; None where nothing has come at all, so that nobody knows."""
    if not ledger_exists(partnership.folder):
        return None
    found = late_data(partnership, clock)
    return found if deliveries.every_delivery() else None


def _must_exist(partnership: Partnership, post: str) -> None:
    posts = [role.id for _, role in partnership.roles()]
    if post in posts:
        return
    near = nearest(post, posts)
    remedy = f"Did you mean '{near}'?" if near else "The posts stand under 'roles' in agencies/."
    raise SettingUnusable(Problem(Place("--post"), "post", f"there is no post '{post}'", remedy))


def _changes(study: Study, agency: str, since: Path) -> tuple[Item, ...]:
    """What became of the agency's findings, the cleared first, then how much of its folder changed."""
    before, _ = load_both(since, study.partnership.folder)
    earlier = Study(before, measured_facts(since), samples=0)
    changes = for_agency(compare(earlier, study), agency)
    if changes.nothing:
        return ()
    cleared = (Item(what=f"Cleared: {one.title}") for one in changes.findings.cleared)
    appeared = (
        Item(what=f"New: {one.title}", next_step=first_step(one)) for one in changes.findings.appeared
    )
    whole = Item(what=in_short(changes), next_step="`roundtable diff` tells it change by change.")
    return (*cleared, *appeared, whole)

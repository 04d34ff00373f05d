"""Who sits at the table: an agency that only publishes open data is party to a licence, and no member."""

from __future__ import annotations

from roundtable.partnership.model.agency import Agency, AgencyKind
from roundtable.partnership.model.agreement import Tier
from roundtable.partnership.model.whole import Partnership

_PUBLISHING = frozenset({AgencyKind.PUBLISHER, AgencyKind.GOVERNMENT})


def is_member(partnership: Partnership, agency: Agency) -> bool:
    """Whether an agency has anything to decide here: a post, or more to do than to publish open data."""
    if agency.kind not in _PUBLISHING or agency.roles:
        return True
    tiers = {
        one.tier for one in partnership.agreements if any(party.agency == agency.id for party in one.parties)
    }
    open_only = tiers == {Tier.OPEN_LICENCE}
    return not open_only and agency.kind is not AgencyKind.PUBLISHER

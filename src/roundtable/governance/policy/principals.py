"""Who asks: the partnership's own system, an agency, or a post of an agency. Never a person by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.model.agency import RoleKind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest

#: What the system is called where somebody names who asks.
SYSTEM = "system"


class PrincipalKind(StrEnum):
    """The kinds there are."""

    SYSTEM = "system"
    AGENCY = "agency"
    POST = "post"


@dataclass(frozen=True)
class Principal:
    """Somebody who asks.

    Attributes:
        kind: what it is.
        id: the agency's or the post's id; `system` for the system.
        agency: the agency it is or belongs to; None for the system.
        post: what sort of post it is; None for what is no post.
    """

    kind: PrincipalKind
    id: str
    agency: str | None = None
    post: RoleKind | None = None

    def as_json(self) -> dict[str, str | None]:
        """The same for a machine and for the audit chain; a post is no personal data."""
        return {"kind": self.kind.value, "id": self.id, "agency": self.agency}


THE_SYSTEM = Principal(PrincipalKind.SYSTEM, SYSTEM)


def agency_asking(agency_id: str) -> Principal:
    """An agency, for whoever of it may receive."""
    return Principal(PrincipalKind.AGENCY, agency_id, agency_id)


def post_asking(partnership: Partnership, role_id: str) -> Principal:
    """A post, with the agency it belongs to; the loader has made sure that it exists."""
    agency, role = partnership.role(role_id)
    return Principal(PrincipalKind.POST, role.id, agency.id, role.kind)


def named(partnership: Partnership, text: str) -> Principal:
    """Who is meant by `system`, the id of an agency or the id of a post.

    Raises:
        SettingUnusable: there is no such agency or post.
    """
    if text == SYSTEM:
        return THE_SYSTEM
    agencies = {one.id for one in partnership.agencies}
    posts = {role.id for _, role in partnership.roles()}
    if text in agencies:
        return agency_asking(text)
    if text in posts:
        return post_asking(partnership, text)
    near = nearest(text, sorted(agencies | posts))
    hint = f"Did you mean '{near}'?" if near else "Name an agency or a post by its id, or 'system'."
    what = f"there is no agency and no post '{text}'"
    raise SettingUnusable(Problem(Place(str(partnership.folder), key=text), "unknown-id", what, hint))


def in_words(partnership: Partnership, principal: Principal) -> str:
    """Who it is, as a sentence begins."""
    known = {one.id: one for one in partnership.agencies}
    agency = known.get(principal.agency or "")
    if principal.kind is PrincipalKind.SYSTEM:
        return "The partnership's own system"
    name = agency.name if agency else str(principal.agency)
    if principal.kind is PrincipalKind.AGENCY:
        return name
    titles = {role.id: role.title for role in agency.roles} if agency else {}
    return f"{titles.get(principal.id, principal.id)} of {name}"

"""What is a post's own: the things of the folder that name it, and what they are called in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership

Thing = tuple[Kind, str]


@dataclass(frozen=True)
class Mine:
    """What names a post, and its agency.

    Attributes:
        post: the id of the post.
        agency: the id of its agency.
        stands_in_for: vacant posts whose deputy it is: what is theirs is its own for now.
        things: kind and id of everything that one of these posts leads, owns, keeps or answers for.
    """

    post: str
    agency: str
    stands_in_for: tuple[str, ...]
    things: frozenset[Thing]

    @property
    def posts(self) -> frozenset[str]:
        """The post and those it stands in for."""
        return frozenset((self.post, *self.stands_in_for))


def mine(partnership: Partnership, post: str) -> Mine:
    """Everything that names a post.

    Args:
        partnership: what is agreed.
        post: the id of a post that exists.
    """
    agency, _ = partnership.role(post)
    vacant = tuple(
        role.id
        for _, role in partnership.roles()
        if role.deputy == post
        and role.vacant_since is not None
        and role.vacant_since <= partnership.charter.as_of
    )
    posts = frozenset((post, *vacant))
    return Mine(post, agency.id, vacant, frozenset(_things(partnership, posts)))


def _things(partnership: Partnership, posts: frozenset[str]) -> set[Thing]:
    found: set[Thing] = {(Kind.ROLE, post) for post in posts}
    found |= {(Kind.RISK, risk.id) for _, risk in partnership.risks() if posts & set(risk.lead_posts)}
    found |= {(Kind.DATASET, one.id) for one in partnership.datasets if one.terms.steward in posts}
    found |= {(Kind.IMPROVEMENT, one.id) for one in partnership.improvements if one.owner in posts}
    for agreement in partnership.agreements:
        named = {agreement.contact, *(party.signed_by for party in agreement.parties)}
        if posts & named:
            found.add((Kind.AGREEMENT, agreement.id))
    return found

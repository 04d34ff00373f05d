"""Which posts may deal with people's rights, and two of them for what one must not do alone."""

from __future__ import annotations

from roundtable.errors import NotPermitted, Place, Problem, SettingUnusable
from roundtable.partnership.model.agency import ANSWERS_FOR_DATA, Agency, Role
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest


def known_post(partnership: Partnership, post: str, option: str) -> tuple[Agency, Role]:
    """A post of the partnership, with its agency.

    Raises:
        SettingUnusable: there is none of that id, or nobody holds it.
    """
    found = {role.id: (agency, role) for agency, role in partnership.roles()}
    if post not in found:
        near = nearest(post, sorted(found))
        hint = f"did you mean '{near}'?" if near else "name a role of one of the files in agencies/"
        raise _unusable(option, "post-unknown", f"there is no post '{post}'", hint)
    agency, role = found[post]
    if role.vacant_since is not None:
        what = f"the post '{post}' has been vacant since {role.vacant_since}"
        raise _unusable(option, "post-vacant", what, "name its deputy, or fill it and mend agencies/")
    return agency, role


def answering_post(partnership: Partnership, post: str, option: str) -> None:
    """See that a post exists and answers for its agency's data: none other may look a person up.

    Raises:
        SettingUnusable: there is none of that id, or nobody holds it.
        NotPermitted: it does not answer for data.
    """
    agency, role = known_post(partnership, post, option)
    if role.kind not in ANSWERS_FOR_DATA:
        kinds = ", ".join(sorted(kind.value for kind in ANSWERS_FOR_DATA))
        what = f"'{post}' of {agency.name} is a {role.kind}, which does not deal with people's rights"
        remedy = f"let a post do it whose kind is one of {kinds}"
        raise NotPermitted(Problem(Place("command line", key=option), "rights-post", what, remedy))


def two_posts(partnership: Partnership, first: str, second: str, for_what: str) -> None:
    """See that two posts exist, answer for data and are not the same.

    Raises:
        SettingUnusable: one of them does not exist.
        NotPermitted: they are one post, or one does not answer for data.
    """
    answering_post(partnership, first, "--by")
    answering_post(partnership, second, "--second")
    if first == second:
        what = f"'{first}' stands on both sides of {for_what}"
        remedy = "it takes two: let another post agree"
        raise NotPermitted(Problem(Place("command line"), "four-eyes", what, remedy))


def _unusable(option: str, rule: str, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place("command line", key=option), rule, what, remedy))

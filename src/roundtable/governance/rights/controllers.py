"""Whose data a request is about, and which posts may deal with it: those of a controller of the data.

The one rule is the policy's own for erasing (`roundtable policy DIR` prints it): whoever may have data erased
may find them, show them to the person, and decide. Controllers that hold data together answer for them each
(UK GDPR, article 26), so that a person may turn to any of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from roundtable.errors import NotPermitted, Place, Problem
from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.deciding import Decision, decide
from roundtable.governance.policy.principals import in_words, post_asking
from roundtable.governance.policy.question import Circumstances, Question
from roundtable.governance.policy.standing import bound, controllers_of
from roundtable.partnership.model.agency import ANSWERS_FOR_DATA
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import listed


@dataclass(frozen=True, order=True)
class Came:
    """How some data came: of which dataset they are, and the agreements under which they were taken in."""

    dataset: str
    under: tuple[str, ...]


@dataclass(frozen=True)
class Dealing:
    """What of some data a post may deal with, and who has to deal with the rest.

    Attributes:
        post: the id of the post.
        may: the data that it may deal with.
        may_not: the rest.
        on: the day.
    """

    post: str
    may: frozenset[Came]
    may_not: frozenset[Came]
    on: date

    def told(self, partnership: Partnership) -> tuple[str, ...]:
        """The same in sentences: whose the data are, whether this post may, and who else may."""
        return (
            *coverage(partnership, self.may, self.on, f"'{self.post}' may deal with them"),
            *coverage(partnership, self.may_not, self.on, f"'{self.post}' may not deal with them"),
        )


def may_deal(partnership: Partnership, post: str, came: Came, on: date) -> Decision:
    """Whether a post may deal with a person's request about some data, and why not.

    Args:
        partnership: what is agreed.
        post: the id of a post that exists.
        came: the data.
        on: the trusted clock's day.
    """
    circumstances = Circumstances(under=frozenset(came.under))
    asking = post_asking(partnership, post)
    question = Question(asking, Action.ERASE, came.dataset, "", (), None, on, circumstances)
    return decide(partnership, question)


def controllers_of_data(partnership: Partnership, came: Came, on: date) -> tuple[str, ...]:
    """The agencies whose data they are: who creates them, and the controllers under which they came."""
    found = {one.terms.created_by for one in partnership.datasets if one.id == came.dataset}
    for agreement in partnership.agreements:
        granted = any(grant.dataset == came.dataset for grant in agreement.grants)
        if agreement.id in came.under and granted:
            for party in controllers_of(agreement):
                if any(span.first <= on <= span.last for span in bound(partnership, agreement, party)):
                    found.add(party.agency)
    return tuple(sorted(one for one in found if one is not None))


def posts_for(partnership: Partnership, came: Came, on: date) -> tuple[str, ...]:
    """The posts that may deal with some data today, by id; vacant ones are left out."""
    owners = controllers_of_data(partnership, came, on)
    return tuple(
        sorted(
            role.id
            for agency, role in partnership.roles()
            if agency.id in owners
            and role.kind in ANSWERS_FOR_DATA
            and role.vacant_since is None
            and may_deal(partnership, role.id, came, on).permitted
        )
    )


def dealing(partnership: Partnership, post: str, data: Iterable[Came], on: date) -> Dealing:
    """What of some data a post may deal with."""
    every = sorted(set(data))
    may = frozenset(came for came in every if may_deal(partnership, post, came, on).permitted)
    return Dealing(post, may, frozenset(every) - may, on)


def coverage(partnership: Partnership, data: Iterable[Came], on: date, said: str = "") -> tuple[str, ...]:
    """Whose data a request covers and who may deal with them, a sentence for each set of controllers."""
    names = {one.id: one.name for one in partnership.datasets}
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], set[str]] = {}
    for came in sorted(set(data)):
        whose = controllers_of_data(partnership, came, on)
        alike.setdefault((whose, posts_for(partnership, came, on)), set()).add(
            names.get(came.dataset, came.dataset)
        )
    made = []
    for (whose, posts), datasets in sorted(alike.items()):
        things = listed(f"'{name}'" for name in sorted(datasets))
        owners = listed(partnership.agency(one).name for one in whose) or "nobody that is known here"
        able = f"{' or '.join(posts)} may" if posts else "no post of theirs that answers for data is filled"
        made.append(f"{things}: data of {owners}; {f'{said}; ' if said else ''}{able}.")
    return tuple(made)


def see_that_may_deal(partnership: Partnership, post: str, data: Iterable[Came], on: date) -> None:
    """See that a post may deal with all of some data.

    Raises:
        NotPermitted: with some it may not; it says with which, and who may.
    """
    refuse_rest(partnership, dealing(partnership, post, data, on))


def refuse_rest(partnership: Partnership, found: Dealing) -> None:
    """Refuse where there is anything that a post may not deal with.

    Raises:
        NotPermitted: there is.
    """
    if not found.may_not:
        return
    who = in_words(partnership, post_asking(partnership, found.post))
    beyond = "any of it" if not found.may else "all of it"
    what = f"{who} may not deal with {beyond}: " + " ".join(found.told(partnership))
    if found.may:
        remedy = "take a request about your own agency's records alone, and hand the rest to the posts named"
    else:
        remedy = "hand the request to one of the posts named: the data are not your agency's"
    raise NotPermitted(Problem(Place("command line", key=found.post), "rights-controller", what, remedy))

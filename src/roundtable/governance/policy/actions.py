"""What can be done with data, who can do it, and how far up the sharing ladder it stands."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from roundtable.partnership.model.scenario import Rung


class Action(StrEnum):
    """Everything that is decided about. A closed list: what is not here cannot be permitted."""

    TAKE_IN = "take_in"
    READ = "read"
    LINK = "link"
    LOOK_UP = "look_up"
    SCORE = "score"
    PROPOSE = "propose"
    SHOW = "show"
    EXPORT = "export"
    RELEASE = "release"
    ERASE = "erase"
    ADMINISTER = "administer"


#: What the partnership's own system does for the parties together.
BY_THE_SYSTEM = (Action.TAKE_IN, Action.READ, Action.LINK, Action.SCORE, Action.PROPOSE, Action.RELEASE)
#: What a party that receives, or one of its posts, does.
BY_RECIPIENTS = (Action.READ, Action.LOOK_UP, Action.SHOW, Action.EXPORT)
#: What needs no agreement, because the law asks for it or nothing could be kept in order without it.
BY_THE_HOUSE = (Action.ERASE, Action.ADMINISTER)

#: The lowest rung of the sharing ladder on which an agreement lets an action happen. On rung 0 nothing
#: is processed; people are looked up by name in casework alone.
RUNG_NEEDED: Mapping[Action, Rung] = MappingProxyType(
    {
        Action.TAKE_IN: Rung.OPEN_DATA,
        Action.READ: Rung.OPEN_DATA,
        Action.SHOW: Rung.OPEN_DATA,
        Action.EXPORT: Rung.OPEN_DATA,
        Action.RELEASE: Rung.OPEN_DATA,
        Action.LINK: Rung.PSEUDONYMISED_LINKAGE,
        Action.SCORE: Rung.PROPERTY_FLAGS,
        Action.PROPOSE: Rung.PROPERTY_FLAGS,
        Action.LOOK_UP: Rung.NAMED_CASEWORK,
    }
)

#: What comes between "may" and the columns in a sentence.
IN_WORDS: Mapping[Action, str] = MappingProxyType(
    {
        Action.TAKE_IN: "take in",
        Action.READ: "read",
        Action.LINK: "link by",
        Action.LOOK_UP: "look up by",
        Action.SCORE: "score by",
        Action.PROPOSE: "propose by",
        Action.SHOW: "be shown",
        Action.EXPORT: "be given",
        Action.RELEASE: "publish",
        Action.ERASE: "erase",
        Action.ADMINISTER: "administer",
    }
)

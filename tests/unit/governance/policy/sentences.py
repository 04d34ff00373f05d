"""Sentences about a policy, read as questions: what a test says is what it asks."""

from __future__ import annotations

import re
from datetime import datetime

from roundtable.governance.policy.actions import IN_WORDS, Action
from roundtable.governance.policy.deciding import decide
from roundtable.governance.policy.principals import THE_SYSTEM, Principal, agency_asking, post_asking
from roundtable.governance.policy.printing import sentence
from roundtable.governance.policy.question import Question
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership

_VERBS = "|".join(sorted(IN_WORDS.values(), key=len, reverse=True))
_SENTENCE = re.compile(
    rf"(?P<who>.+?) may(?: not)? (?P<verb>{_VERBS}) (?P<columns>.+?) of (?P<table>\S+) of "
    r"'(?P<dataset>[^']+)' for (?P<purpose>.+?) on (?P<day>\d{1,2} \w+ \d{4})(?:,|\.)"
)


def answered(partnership: Partnership, said: str) -> str:
    """The sentence that answers the question which a sentence puts."""
    found = _SENTENCE.match(said)
    assert found is not None, f"this is no sentence about a policy: {said}"
    (dataset,) = [one.id for one in partnership.datasets if one.name == found["dataset"]]
    (action,) = [action for action in Action if IN_WORDS[action] == found["verb"]]
    question = Question(
        _who(partnership, found["who"]),
        action,
        dataset,
        found["table"],
        tuple(re.split(", | and ", found["columns"])),
        Purpose(found["purpose"].replace(" ", "_")),
        datetime.strptime(found["day"], "%d %B %Y").date(),
    )
    return sentence(partnership, decide(partnership, question))


def _who(partnership: Partnership, name: str) -> Principal:
    if name == "The partnership's own system":
        return THE_SYSTEM
    for agency in partnership.agencies:
        if agency.name == name:
            return agency_asking(agency.id)
        for role in agency.roles:
            if name == f"{role.title} of {agency.name}":
                return post_asking(partnership, role.id)
    raise AssertionError(f"there is nobody called {name}")

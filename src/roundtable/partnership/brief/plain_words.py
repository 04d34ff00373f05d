"""A remedy in plain words, with the files and keys that a steward needs set apart from what is to be done.

Findings are written for whoever mends the folder: they name a file, a line, a key and ids. A manager reads
what is to be done, by the names that the table uses; where it is written follows in small type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

_FILE = (
    r"(?:(?:agencies|agreements|datasets|improvements|meetings|scenarios|services)/(?:[\w.-]+\.yaml)?"
    r"|partnership\.yaml|reference/)(?:, line \d+)?"
)
_FILES = rf"{_FILE}(?:(?:, | and ){_FILE})*"
#: What a folder's key is called at a table. A key of one plain word is left as it is.
_KEYS = {
    "annual_cases": "cases a year",
    "article_9": "article 9",
    "consumedBy": "used by",
    "createdBy": "created by",
    "done_on": "done on",
    "feedback_to": "word back to",
    "funded_until": "funded until",
    "kind: external": "from outside",
    "lead_posts": "lead post",
    "measured_by": "measured by",
    "raci": "who does what",
    "receives: true": "receives",
    "referral_from": "who may refer",
    "refers_at_level": "passes people on from level",
    "review_by": "review by",
    "schedule_1": "schedule 1",
    "signed_by": "signed by",
    "signed_on": "signed on",
    "slaProperties": "service levels",
    "status: defunct": "defunct",
    "status: proposed": "proposed",
    "status: verified": "verified",
    "threshold_level": "begins at level",
    "unit_cost": "cost a case",
    "vacant_since": "vacant since",
    "verified_by": "verified by",
    "verified_on": "verified on",
}


@dataclass(frozen=True)
class Plain:
    """What is to be done, and where it is written.

    Attributes:
        text: the words.
        places: the files, with the line where there is one, in the order in which they were named.
        keys: the keys that the words stand for, in the same order.
    """

    text: str
    places: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Where to write it, for small type: `agreements/x.yaml (lead_posts)`; may be nothing."""
        keys = f" ({', '.join(self.keys)})" if self.keys else ""
        return f"{'; '.join(self.places)}{keys}".strip()


def plain(study: Study, remedy: str) -> Plain:
    """A remedy with names for ids, words for keys, and its files set apart.

    Args:
        study: the partnership, whose names are gathered once.
        remedy: the text of a finding.
    """
    places = tuple(dict.fromkeys(re.findall(_FILE, remedy)))
    names, keys = study.shared(_names), []

    def worded(found: re.Match[str]) -> str:
        word = found.group(1)
        if word in names:
            return names[word]
        if word in _KEYS:
            keys.append(word)
            return f"\u2018{_KEYS[word]}\u2019"
        return found.group(0)

    text = re.sub(r"'((?:kind|receives|status): \w+|[\w.-]+)'(?!\w)", worded, _without_files(remedy))
    return Plain(text, places, tuple(dict.fromkeys(keys)))


def _without_files(remedy: str) -> str:
    """The sentences without the files that they name."""
    text = re.sub(
        rf"(^|[.;] )In {_FILES}, (\w)", lambda found: found.group(1) + found.group(2).upper(), remedy
    )
    return re.sub(_FILES, "the folder", re.sub(rf",? (?:in|from|of|for) {_FILES}", "", text))


def _names(study: Study) -> Mapping[str, str]:
    return dict(_named(study.partnership))


def _named(partnership: Partnership) -> Iterator[tuple[str, str]]:
    """Every id and the name that the table uses for it; the last of several that share an id counts."""
    yield from ((one.id, one.name) for one in partnership.charter.skills)
    yield from ((one.id, _quoted(one.title)) for one in partnership.improvements)
    yield from ((one.id, _quoted(one.decision.rstrip("."))) for _, one in partnership.needs())
    yield from ((one.id, _quoted(one.label)) for each in partnership.scenarios for one in each.factors)
    yield from ((one.id, _quoted(one.name)) for one in partnership.charter.outcomes)
    yield from ((one.id, _quoted(one.title)) for one in partnership.gateways)
    yield from ((one.id, _quoted(one.name)) for one in partnership.services)
    yield from ((one.id, _quoted(one.name)) for one in partnership.datasets)
    yield from ((one.id, _quoted(one.title)) for one in partnership.agreements)
    yield from ((one.id, _quoted(one.title)) for one in partnership.scenarios)
    yield from ((role.id, f"the {role.title}, {agency.name}") for agency, role in partnership.roles())
    yield from ((one.id, one.name) for one in partnership.agencies)


def _quoted(name: str) -> str:
    return f"\u2018{name}\u2019"


def fields_told(partnership: Partnership, need: DataNeed) -> str:
    """The fields that a need asks for, by what their contracts say of them."""
    described = _described(partnership, need)
    return "; ".join(_field(field, described.get(field)) for field in need.fields)


def with_fields_told(partnership: Partnership, need: DataNeed, why: str) -> str:
    """A reason given for a need, with what contracts say of its fields in place of the fields' names."""
    described = _described(partnership, need)
    for field in need.fields:
        if described.get(field):
            why = why.replace(f"'{field}'", f"\u2018{_field(field, described[field])}\u2019")
    return why


def _described(partnership: Partnership, need: DataNeed) -> Mapping[str, str | None]:
    return {
        column.name: column.business_name or column.description
        for dataset in need.datasets
        for table in partnership.dataset(dataset).schema_
        for column in table.properties
    }


def _field(name: str, told: str | None) -> str:
    """A description as part of a sentence; a field that no contract describes by its own name."""
    words = re.split(r"; |\. ", told or name.replace("_", " "))[0].rstrip(".")
    first, _, rest = words.partition(" ")
    ordinary = first[:1].isupper() and first[1:].islower() and not rest[:1].isupper()
    return words[0].lower() + words[1:] if ordinary else words

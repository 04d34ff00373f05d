"""A foreign map as a new scenario: what it says, said by the agency that brings it, and nothing beyond.

A sign that nobody gave stays unknown, a link whose two readings contradict each other is refused, and what
a scenario has no place for is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from roundtable.errors import ForeignFileUnusable, Place, Problem
from roundtable.partnership.exchange.foreign_map import (
    ForeignFactor,
    ForeignLink,
    ForeignMap,
    Heading,
    in_one_line,
)
from roundtable.partnership.exchange.matching import FactorMatch, Known, Matching, Undirected, word_of
from roundtable.partnership.model.causal import Delay, FactorKind, Sign
from roundtable.partnership.wording import counted, listed

#: An attribute that a factor of the partnership has a place for.
MEASURED_BY = "Measured by"
_NOT_YET = "Not written yet: the scenario came in as a map."


@dataclass(frozen=True)
class Brought:
    """Who brings a map, and as what.

    Attributes:
        scenario: the id of the new scenario.
        by: the agency that says what the map says.
        on: the day it says so.
        file: what the map's file is called.
    """

    scenario: str
    by: str
    on: date
    file: str

    @property
    def asserted(self) -> dict[str, Any]:
        """The assertion under everything that comes in: how sure anybody is, the map does not say."""
        return {"by": [self.by], "on": self.on, "confidence": "unknown", "source": f"The map {self.file}"}


@dataclass
class Taking:
    """A map being taken in.

    Attributes:
        map: the foreign map.
        matching: what its factors are.
        known: what the partnership has.
        brought: who brings it.
        said: what does not come in, and what was put together, in sentences.
    """

    map: ForeignMap
    matching: Matching
    known: Known
    brought: Brought
    said: list[str] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)

    def scenario(self) -> dict[str, Any]:
        """What the new scenario's file says, in the order in which people read it.

        Raises:
            ForeignFileUnusable: factors without a kind, ids that are taken, links that contradict each
                other, or a decision that the matching file still leaves open: all of them.
        """
        new = list(self._new_factors())
        links = list(self._links())
        self._say_what_stays_out()
        if not self.matching.outcomes:
            self._problem(
                "no-outcome", "no outcome is named that the scenario is about", "Fill in 'outcomes'."
            )
        if self._problems:
            raise ForeignFileUnusable(self._problems)
        return {
            "id": self.brought.scenario,
            "title": in_one_line(self.map.title) or self.brought.scenario,
            "rung": 0,
            "stage": "discovery",
            "lead": self.brought.by,
            "story": _NOT_YET,
            "vulnerability": _NOT_YET,
            "situation": _NOT_YET,
            "population": {"value": "unknown", "unit": "people", "source": "Nobody has counted yet"},
            "outcomes": list(self.matching.outcomes),
            "asserted": self.brought.asserted,
            "factors": new,
            "links": links,
        }

    def _problem(self, rule: str, what: str, remedy: str) -> None:
        self._problems.append(Problem(Place(self.brought.file), rule, what, remedy))

    def _new_factors(self) -> Iterator[dict[str, Any]]:
        taken = dict(self.known.labels)
        for factor, match in self._matched():
            if match.same_as is not None:
                continue
            label = in_one_line(factor.label)
            kind = match.kind or self._kinds.get(word_of(factor))
            if kind is None:
                remedy = f"Say {', '.join(FactorKind)} in 'kind', or 'same_as' what it is."
                self._problem("no-kind", f"the factor '{label}' has no kind", remedy)
            if match.id is None:
                self._problem("no-id", f"the new factor '{label}' has no id", "Give it one in 'id'.")
            elif match.id in taken:
                what = f"the id '{match.id}' of '{label}' is that of '{taken[match.id]}'"
                self._problem("duplicate-id", what, "Give it another, or say 'same_as'.")
            else:
                taken[match.id] = label
            if kind is not None and match.id is not None:
                yield self._new_factor(factor, match.id, label, kind)

    def _new_factor(self, factor: ForeignFactor, name: str, label: str, kind: FactorKind) -> dict[str, Any]:
        told = {"description": factor.note, "measured_by": factor.attributes.get(MEASURED_BY, "")}
        texts = {key: in_one_line(text) for key, text in told.items() if in_one_line(text)}
        return {"id": name, "label": label, "kind": kind.value, **texts, "asserted": self.brought.asserted}

    def _matched(self) -> Iterator[tuple[ForeignFactor, FactorMatch]]:
        matches = {one.factor: one for one in self.matching.factors}
        for factor in self.map.factors:
            match = matches.get(factor.id.strip())
            if match is None:
                what = f"the matching file says nothing of '{in_one_line(factor.label)}'"
                self._problem("no-match", what, "Add an entry for it, or let the file be written anew.")
            else:
                yield factor, match

    @property
    def _kinds(self) -> Mapping[str, FactorKind]:
        return {one.called: one.kind for one in self.matching.kinds if one.kind is not None}

    def _links(self) -> Iterator[dict[str, Any]]:
        names = {one.factor: one.same_as or one.id or one.factor for one in self.matching.factors}
        together: dict[tuple[str, str], list[ForeignLink]] = {}
        selves = 0
        for link in self._pointed():
            ends = tuple(names.get(end.strip(), end) for end in (link.source, link.target))
            if ends[0] == ends[1]:
                selves += 1
            else:
                together.setdefault((ends[0], ends[1]), []).append(link)
        if selves:
            self.said.append(f"{counted(selves, 'link')} from a factor to itself left out.")
        for (source, target), links in together.items():
            if (one := self._one(source, target, links)) is not None:
                yield self._link(source, target, one)
        unknown = sum(one.sign is Sign.UNKNOWN for links in together.values() for one in links[:1])
        if unknown:
            self.said.append(f"{counted(unknown, 'link')} without a sign: 'unknown' until somebody says it.")

    def _pointed(self) -> Iterator[ForeignLink]:
        """Every link as one that points from its source to its target."""
        choice = self.matching.undirected
        open_ones = sum(link.heading is Heading.UNDIRECTED for link in self.map.links)
        if open_ones and choice is None:
            what = f"{counted(open_ones, 'link')} without a direction"
            remedy = f"Say {', '.join(Undirected)} in 'undirected', or draw the arrows in the tool."
            self._problem("no-direction", what, remedy)
        if open_ones and choice is Undirected.LEAVE_OUT:
            self.said.append(f"{counted(open_ones, 'link')} without a direction left out.")
        for link in self.map.links:
            both = link.heading is Heading.MUTUAL
            if link.heading is Heading.UNDIRECTED:
                if choice is Undirected.LEAVE_OUT:
                    continue
                both = choice is Undirected.BOTH
            yield link
            if both:
                yield replace(link, source=link.target, target=link.source)

    def _one(self, source: str, target: str, links: Sequence[ForeignLink]) -> ForeignLink | None:
        """One link of those that the map draws between the same two, the widest of what they say."""
        signs = {link.sign for link in links} - {Sign.UNKNOWN}
        if len(signs) > 1:
            what = f"the links from '{source}' to '{target}' are {listed(sorted(signs))} at once"
            remedy = "Keep one in the tool, or give it the sign 'complex'."
            self._problem("opposite-signs", what, remedy)
            return None
        if len(links) == 1:
            return links[0]
        self.said.append(f"{len(links)} links from '{source}' to '{target}' put together as one.")
        ranges = [link.strength for link in links]
        given = [one for one in ranges if one is not None]
        delays = {link.delay for link in links}
        return replace(
            links[0],
            sign=signs.pop() if signs else Sign.UNKNOWN,
            strength=(min(a for a, _ in given), max(b for _, b in given))
            if len(given) == len(ranges)
            else None,
            delay=delays.pop() if len(delays) == 1 else Delay.UNKNOWN,
            label="\n".join(link.label for link in links),
            note="\n".join(link.note for link in links),
        )

    def _link(self, source: str, target: str, link: ForeignLink) -> dict[str, Any]:
        value: dict[str, Any] = {"from": source, "to": target, "sign": link.sign.value}
        if link.strength is not None:
            value["strength"] = {"low": link.strength[0], "high": link.strength[1]}
        if link.delay is not Delay.UNKNOWN:
            value["delay"] = link.delay.value
        texts = [in_one_line(line) for line in f"{link.label}\n{link.note}".split("\n")]
        evidence = list(dict.fromkeys(text for text in texts if text))
        return value | ({"evidence": evidence} if evidence else {}) | {"asserted": self.brought.asserted}

    def _say_what_stays_out(self) -> None:
        of_factors = sorted({name for one in self.map.factors for name in one.attributes} - {MEASURED_BY})
        of_links = sorted({name for one in self.map.links for name in one.attributes})
        for names, things in ((of_factors, "factors"), (of_links, "links")):
            if names:
                self.said.append(f"A scenario has no place for these of its {things}: {', '.join(names)}.")
        drawn = any(one.x is not None or one.style for one in self.map.factors)
        if drawn or any(one.style for one in self.map.links):
            self.said.append("Styles, types of links and places on the page stay behind.")
        if self.map.loops:
            self.said.append(f"{counted(len(self.map.loops), 'loop')} left out: loops follow from the links.")
        joined = {end for link in self.map.links for end in (link.source, link.target)}
        alone = sum(factor.id not in joined for factor in self.map.factors)
        if alone:
            self.said.append(f"{counted(alone, 'factor')} without any link.")

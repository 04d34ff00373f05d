"""From records to a map: every end found, every sign read where it is said, everything else kept or told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from roundtable.errors import Place
from roundtable.partnership.exchange.faults import Faults
from roundtable.partnership.exchange.foreign_map import (
    ForeignFactor,
    ForeignLink,
    ForeignMap,
    Heading,
    cleaned,
    in_one_line,
)
from roundtable.partnership.exchange.marks import (
    delay_said,
    marked,
    number_said,
    sign_in_legend,
    sign_said,
    strength_said,
)
from roundtable.partnership.exchange.records import Part, Record
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.nearest import Suggestions
from roundtable.partnership.wording import counted
from roundtable.partnership.wrong_values import perhaps

#: The most factors and links of one map; far more than anybody has drawn, far less than a bomb.
MOST_RECORDS = 200_000


@dataclass(frozen=True)
class Reading:
    """How a format is to be read.

    Attributes:
        ends_by_label: links name the labels of factors; otherwise their ids, and a label will do.
        many_ends: the far end may name several factors, separated by `|`.
        unsaid: which way a link points that does not say it.
    """

    ends_by_label: bool = False
    many_ends: bool = False
    unsaid: Heading = Heading.DIRECTED


@dataclass
class Building:
    """One map, as it is put together.

    Attributes:
        reading: how the format is to be read.
        faults: what is wrong with the file.
    """

    reading: Reading
    faults: Faults
    _told: Counter[str] = field(default_factory=Counter)
    _factors: list[ForeignFactor] = field(default_factory=list)
    _by_id: dict[str, Place] = field(default_factory=dict)
    _by_label: dict[str, list[str]] = field(default_factory=dict)
    _suggestions: Suggestions = field(default_factory=Suggestions)

    def built(
        self, title: str, factors: Sequence[Record], links: Sequence[Record], said: Sequence[str] = ()
    ) -> ForeignMap:
        """The map.

        Raises:
            ForeignFileUnusable: with every factor without a label, every id given twice and every link
                whose end is not there; or the file holds nothing, or more than any map.
        """
        if not factors and not links:
            remedy = "Draw a factor, or see that the right file was saved."
            self.faults.add("empty", "the map is empty: it has no factor and no link", remedy)
        if len(factors) + len(links) > MOST_RECORDS:
            what = f"the map has more than {MOST_RECORDS:,} factors and links"
            self.faults.add("too-large", what, "See that this is a causal map, and take in a part of it.")
            self.faults.end()
        for one in factors:
            self._factor(one)
        made = [link for one in links for link in self._links(one)]
        self.faults.end()
        self._say_the_undirected(made)
        sentences = [*said, *(_many(sentence, times) for sentence, times in self._told.items())]
        return cleaned(ForeignMap(title, tuple(self._factors), tuple(made)).telling(*sentences))

    def _factor(self, one: Record) -> None:
        label = one[Part.LABEL]
        if not label.strip():
            self.faults.add("no-label", "a factor has no label", "Give it one.", place=one.place)
            return
        name = one[Part.ID] or label
        if name in self._by_id:
            what = f"'{in_one_line(name)}' stands already at {self._by_id[name]}"
            remedy = "Give each factor an id of its own, or a label of its own where there are no ids."
            self.faults.add("same-id", what, remedy, place=one.place)
            return
        attributes = dict(one.attributes)
        x, y = (self._number(one, part, attributes) for part in (Part.X, Part.Y))
        self._by_id[name] = one.place
        for text in dict.fromkeys((label, in_one_line(label))):
            self._by_label.setdefault(text, []).append(name)
        kind, note, style = one[Part.KIND], one[Part.NOTE], one[Part.STYLE]
        self._factors.append(ForeignFactor(name, label, kind, note, style, x, y, attributes))

    def _number(self, one: Record, part: Part, attributes: dict[str, str]) -> float | None:
        text = one[part]
        number = number_said(text) if text else None
        if text and number is None:
            self._keep(attributes, part.value, text, f"'{part.value}' is not a number")
        return number

    def _links(self, one: Record) -> Iterator[ForeignLink]:
        sources = self._ends(one, Part.FROM)
        targets = self._ends(one, Part.TO)
        if not sources or not targets:
            return
        attributes = dict(one.attributes)
        sign, in_label = self._sign(one, attributes)
        strength = self._strength(one, attributes)
        delay = self._delay(one, attributes)
        label = one[Part.LABEL]
        if in_label and (found := marked(label)) is not None:
            strength, delay, label = strength or found[1], _first_known(delay, found[2]), ""
        heading = self._heading(one, attributes)
        for source in sources:
            for target in targets:
                yield ForeignLink(
                    source,
                    target,
                    sign,
                    strength,
                    delay,
                    heading,
                    label,
                    one[Part.NOTE],
                    one[Part.STYLE],
                    attributes,
                )

    def _ends(self, one: Record, part: Part) -> list[str]:
        text = one[part]
        if not text.strip():
            what = f"a link has nothing in '{part.value}'"
            self.faults.add("no-end", what, "Name a factor there, or delete the link.", place=one.place)
            return []
        whole = self._found(text)
        if not whole and self.reading.many_ends and part is Part.TO and "|" in text:
            pieces = [piece.strip() for piece in text.split("|") if piece.strip()]
            return [end for piece in pieces for end in self._one_end(one, part, piece)]
        return self._one_end(one, part, text)

    def _one_end(self, one: Record, part: Part, text: str) -> list[str]:
        found = self._found(text)
        if len(found) == 1:
            return found
        shown = in_one_line(text)
        if found:
            what = f"{len(found)} factors are called '{shown}', and '{part.value}' names that label"
            self.faults.add("which-factor", what, "Give each a label of its own.", place=one.place)
            return []
        near = self._suggestions.nearest("labels", shown, self._by_label)
        remedy = f"{perhaps(in_one_line(near) if near else None)}Add the factor, or delete the link."
        what = f"there is no factor '{shown}', which '{part.value}' names"
        self.faults.add("unknown-end", what, remedy, place=one.place)
        return []

    def _found(self, text: str) -> list[str]:
        by_id = [text] if text in self._by_id else []
        by_label = self._by_label.get(text) or self._by_label.get(in_one_line(text)) or []
        return (by_label or by_id) if self.reading.ends_by_label else (by_id or by_label)

    def _sign(self, one: Record, attributes: dict[str, str]) -> tuple[Sign, bool]:
        """The sign, and whether it is the label that says it."""
        text = one[Part.SIGN]
        said = sign_said(text) if text else None
        if said is not None:
            return said, False
        if text:
            self._keep(attributes, Part.SIGN.value, text, "'sign' is no sign")
        style = in_one_line(one[Part.STYLE])
        label, legend = marked(one[Part.LABEL]), sign_in_legend(style)
        if label is None:
            if legend is not None and legend is not Sign.UNKNOWN:
                self._told[f"the sign of a link was read from the name of its style, '{style}'."] += 1
            return legend or Sign.UNKNOWN, False
        if legend in (None, label[0]):
            return label[0], True
        what = "the label and the style of a link give it different signs, so its sign is unknown"
        self._told[f"{what}: '{one[Part.LABEL].strip()}' in '{style}'."] += 1
        return Sign.UNKNOWN, False

    def _strength(self, one: Record, attributes: dict[str, str]) -> tuple[float, float] | None:
        low, high = one[Part.LOW], one[Part.HIGH]
        if not low and not high:
            return None
        strength = strength_said(low, high)
        if strength is None:
            why = "the strength is not two figures from 0 to 1, the lower first"
            self._keep(attributes, Part.LOW.value, low, why)
            self._keep(attributes, Part.HIGH.value, high, why)
        return strength

    def _delay(self, one: Record, attributes: dict[str, str]) -> Delay:
        text = one[Part.DELAY]
        said = delay_said(text) if text else Delay.UNKNOWN
        if said is None:
            self._keep(attributes, Part.DELAY.value, text, f"'delay' is none of {', '.join(Delay)}")
        return said or Delay.UNKNOWN

    def _heading(self, one: Record, attributes: dict[str, str]) -> Heading:
        text = one[Part.HEADING]
        word = text.strip().casefold()
        if word in set(Heading):
            return Heading(word)
        if text:
            why = f"'direction' is none of {', '.join(Heading)}"
            self._keep(attributes, Part.HEADING.value, text, why)
        return self.reading.unsaid

    def _keep(self, attributes: dict[str, str], name: str, text: str, why: str) -> None:
        """What cannot be read as what it is named for stays as it is written, and that is said."""
        if text:
            attributes[name] = f"{attributes[name]}|{text}" if name in attributes else text
            self._told[f"{why}, and stays as it is written: '{in_one_line(text)[:60]}'."] += 1

    def _say_the_undirected(self, links: Sequence[ForeignLink]) -> None:
        number = sum(link.heading is Heading.UNDIRECTED for link in links)
        if number:
            self._told[f"{counted(number, 'link')} not said to point either way."] += 1


def _first_known(first: Delay, second: Delay) -> Delay:
    return second if first is Delay.UNKNOWN else first


def _many(sentence: str, times: int) -> str:
    text = sentence[0].upper() + sentence[1:]
    return text if times == 1 else f"{text[:-1]} ({times} times)."

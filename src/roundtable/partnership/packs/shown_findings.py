"""Findings as the pages print them: what is so, the least that would mend it, and who can."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roundtable.pages.numbers import day, listed, plural
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.brief.plain_words import plain
from roundtable.partnership.findings import Finding, Severity
from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.packs.material import Link, Material, within_a_sentence
from roundtable.partnership.packs.words import sum_told

#: How many of those who can clear a finding are named.
_NAMED = 3
#: A finding that more than so many can clear is nobody's in particular: it is the table's.
_ITS_OWN = 3

SEVERITIES = {
    Severity.HIGH: "High: mend these first",
    Severity.MEDIUM: "Medium: the table should decide",
    Severity.LOW: "Low: worth knowing",
}


@dataclass(frozen=True)
class Shown:
    """One finding.

    Attributes:
        severity: for its colour.
        title: what is so.
        remedy: the least that would mend it, in plain words.
        where: the files and keys in which it is written, for the steward.
        who: who can mend it, in a sentence; nothing on the page of the one agency that can.
        stake: harm at stake beside harm avertable; nothing where nothing is priced.
        accepted: by whom, why and until when it is lived with; nothing while it is open.
        evidence: what it rests on, each row with where it is written.
        rule: the rule's name.
    """

    severity: str
    title: str
    remedy: str
    where: str
    who: str
    stake: str
    accepted: str
    evidence: tuple[Link, ...]
    rule: str


@dataclass(frozen=True)
class ShownGroup:
    """The findings of one severity.

    Attributes:
        heading: the severity, and how many there are.
        cards: the findings.
        brief: whether each is told in few lines.
        folded: whether the group opens only when asked, and stays closed on paper.
    """

    heading: str
    cards: tuple[Shown, ...]
    brief: bool = False
    folded: bool = False


def grouped(material: Material, findings: Iterable[Finding], reader: str = "") -> tuple[ShownGroup, ...]:
    """Findings by severity, worst first.

    Args:
        material: what the pages are made from.
        findings: in their own order.
        reader: the agency whose page it is, which need not be told that it can mend what only it can.
    """
    cards = [(one.severity, shown(material, one, reader)) for one in findings]
    return tuple(
        ShownGroup(
            f"{SEVERITIES[severity]} ({len(those)})",
            those,
            brief=severity is not Severity.HIGH,
            folded=severity is Severity.LOW,
        )
        for severity in Severity
        if (those := tuple(card for of, card in cards if of is severity))
    )


def shown(material: Material, finding: Finding, reader: str = "") -> Shown:
    """One finding as a page prints it."""
    who = "" if finding.cleared_by == (reader,) else _who(material, finding)
    remedy = plain(material.study, finding.remedy)
    rows = tuple(Link(_ended(row.text), material.written_at(row.place)) for row in finding.evidence)
    return Shown(
        finding.severity.value,
        finding.title,
        remedy.text,
        remedy.where,
        who,
        stake(finding),
        _accepted(material, finding),
        rows,
        finding.rule,
    )


def first(material: Material, findings: Sequence[Finding]) -> Table:
    """Findings as a table that a meeting can go down: what is so, what rides on it, what would mend it."""
    columns = (
        Column("What is so", header=True, css="roomy"),
        Column("The smallest change that clears it", css="roomy"),
        Column("Who can", css="who"),
    )
    rows: list[list[str | Cell]] = [
        [
            Cell(one.title, note=_accepted(material, one) or stake(one)),
            _remedy(material, one),
            Cell(_who(material, one).removesuffix(" can clear it.")),
        ]
        for one in findings
    ]
    return table("first", "Findings of high severity, worst first", columns, rows)


def _remedy(material: Material, finding: Finding) -> Cell:
    told = plain(material.study, finding.remedy)
    return Cell(told.text, note=f"Where: {told.where}" if told.where else "")


def _ended(line: str) -> str:
    """A line of evidence in which every sentence ends before the next begins."""
    return re.sub(r"([^.?!:]) Without it:", r"\1. Without it:", line)


def summary(findings: Sequence[Finding]) -> str:
    """How many there are of each severity, and how many are accepted for now."""
    counts = ((severity, sum(one.severity is severity for one in findings)) for severity in Severity)
    told = listed(tuple(f"{number} {severity.value}" for severity, number in counts if number))
    accepted = sum(one.accepted is not None for one in findings)
    more = f" The table has accepted {accepted} of them for now." if accepted else ""
    return f"{plural(len(findings), 'finding')}: {told}.{more}" if findings else ""


def of_agency(material: Material, agency_id: str) -> tuple[Finding, ...]:
    """The findings that concern an agency."""
    return tuple(one for one in material.findings if agency_id in one.agencies)


def of_scenario(material: Material, scenario_id: str) -> tuple[Finding, ...]:
    """The findings about a scenario or anything written in it."""
    return tuple(one for one in material.findings if material.about(one) == scenario_id)


def for_itself(finding: Finding, agency_id: str) -> bool:
    """Whether an agency should be asked to clear a finding: it can, and not half the table as well as it."""
    return (
        agency_id in finding.cleared_by and finding.accepted is None and len(finding.cleared_by) <= _ITS_OWN
    )


def about_needs(finding: Finding) -> bool:
    """Whether a finding is about a need, which a page that shows the needs has told already."""
    return finding.about[0] is Kind.NEED


def _who(material: Material, finding: Finding) -> str:
    """Who can clear it: a few by name, for a list of everybody tells nobody."""
    names = [material.partnership.agency(one).name for one in finding.cleared_by]
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], f"any of {len(names) - _NAMED} others"]
    return f"{within_a_sentence(names, last='or')} can clear it." if names else ""


def stake(finding: Finding) -> str:
    """Harm at stake beside harm avertable, in a sentence; nothing where nothing is priced."""
    return stake_told(finding.at_stake, finding.avertable)


def stake_told(at_stake: Pounds | None, avertable: Pounds | None) -> str:
    """Harm at stake beside harm avertable; nothing where nothing is priced."""
    if at_stake is None:
        return ""
    said = "nothing can be said of what is avertable"
    if avertable is not None:
        said = f"about {sum_told(avertable.middle)} of it avertable"
    return f"About {sum_told(at_stake.middle)} a year at stake; {said}."


def _accepted(material: Material, finding: Finding) -> str:
    if finding.accepted is None:
        return ""
    until = f", until {day(finding.accepted.until)}" if finding.accepted.until else ""
    return f"Accepted for now by {material.post(finding.accepted.by)}{until}: {finding.accepted.reason}"

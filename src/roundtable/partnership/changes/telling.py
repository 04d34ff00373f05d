"""Changes as text that a meeting can read: what they came to first, then what was changed, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from roundtable.partnership.changes.comparing import Change, Changes, How, for_agency
from roundtable.partnership.changes.results import VerdictChange
from roundtable.partnership.changes.things import Sort
from roundtable.partnership.findings import Finding
from roundtable.partnership.wording import counted, day, listed


def told(changes: Changes, agency: str | None = None) -> Iterator[str]:
    """The changes, line by line.

    Args:
        changes: what changed; all of it, or for one agency.
        agency: the id of the agency that it is for, when it is.
    """
    whose = f" for {changes.agencies[agency]}" if agency is not None else ""
    yield f"{changes.new_name}: what changed{whose} from {day(changes.old_day)} to {day(changes.new_day)}."
    if changes.old_name != changes.new_name:
        yield f"The older folder calls itself {changes.old_name}."
    if changes.nothing:
        yield "Nothing changed."
        return
    yield in_short(changes)
    sections = [*_results(changes), ("Links of the map that changed", _links(changes)), *_by_sort(changes)]
    if agency is None:
        sections.append(("What it touches, agency by agency", _agencies(changes)))
    for title, lines in sections:
        written = list(lines)
        if written:
            yield ""
            yield title
            yield from (f"  {line}" for line in written)


def in_short(changes: Changes) -> str:
    """How much changed, in two or three sentences."""
    things = Counter(change.how for change in _whole(changes.things))
    said = [_sentence("Of the folder's things", [f"{things[how]} {how.value}" for how in How if things[how]])]
    found = changes.findings
    counts = ((found.appeared, "appeared"), (found.cleared, "cleared"), (found.changed, "changed"))
    said.append(_sentence("Of the findings", [f"{len(some)} {what}" for some, what in counts if some]))
    if changes.verdicts:
        said.append(f"{counted(len(changes.verdicts), 'need has', 'needs have')} other answers.")
    return " ".join(sentence for sentence in said if sentence)


def _sentence(subject: str, parts: list[str]) -> str:
    return f"{subject}, {listed(parts)}." if parts else ""


def _results(changes: Changes) -> Iterator[tuple[str, Iterable[str]]]:
    found = changes.findings
    yield "Findings that appeared", map(_finding, found.appeared)
    yield "Findings that cleared", map(_finding, found.cleared)
    yield "Findings that changed", (line for was, now in found.changed for line in _both(was, now))
    yield "Needs whose answers changed", (line for one in changes.verdicts for line in _verdict(changes, one))


def _finding(finding: Finding) -> str:
    accepted = " (accepted for now)" if finding.accepted is not None else ""
    return f"{finding.severity.value:<6} {finding.title}{accepted} [{finding.rule}]"


def _both(was: Finding, now: Finding) -> Iterator[str]:
    yield _finding(now)
    yield f"       It was: {was.title}" + (" (accepted for now)" if was.accepted is not None else "")


def _verdict(changes: Changes, one: VerdictChange) -> Iterator[str]:
    became = {
        (False, True): "is live now",
        (True, False): "is not live any more",
        (False, False): "is still not live",
        (True, True): "is still live",
    }[one.was_live, one.is_live]
    decision = one.decision.rstrip(".")
    yield f"{changes.agencies[one.agency]} needs data for '{decision}'. The need {became}."
    for question, was, now in one.answers:
        yield f"  {question} {now} It was: {was}"


def _links(changes: Changes) -> Iterator[str]:
    for link in changes.links:
        yield f"{link.name}: {'; '.join(str(field) for field in link.fields)}"


def _by_sort(changes: Changes) -> Iterator[tuple[str, Iterable[str]]]:
    links = set(changes.links)
    rest = [change for change in _whole(changes.things) if change not in links]
    parts = _parts(changes.things)
    for sort in Sort:
        here = [change for change in rest if change.sort is sort]
        title = "The partnership itself" if sort is Sort.PARTNERSHIP else sort.plural.capitalize()
        yield title, [line for one in here for line in _change(one, parts.get(one, {}))]


def _change(one: Change, parts: Mapping[Sort, int]) -> Iterator[str]:
    told_parts = listed(counted(parts[sort], sort.value, sort.plural) for sort in Sort if sort in parts)
    beside = f", with {told_parts}" if told_parts else ""
    own_name = one.key == one.name or one.sort in (Sort.LINK, Sort.PARTNERSHIP)
    name = one.name if own_name else f"{one.name} ({one.key})"
    yield f"{one.how.value:<8} {name}{beside}"
    yield from (f"         {field}" for field in one.fields)


def _parts(things: Iterable[Change]) -> Mapping[Change, Counter[Sort]]:
    """How many things of each kind came or went as part of each that came or went."""
    by_name = {(one.sort, one.key): one for one in things}
    found: dict[Change, Counter[Sort]] = {}
    for one in by_name.values():
        whole = by_name.get(one.inside) if one.inside is not None else None
        while whole is not None and one.how is whole.how is not How.CHANGED:
            found.setdefault(whole, Counter())[one.sort] += 1
            whole = by_name.get(whole.inside) if whole.inside is not None else None
    return found


def _whole(things: Iterable[Change]) -> list[Change]:
    """The changes, less what came or went as part of something else that came or went."""
    every = list(things)
    gone = {(one.sort, one.key, one.how) for one in every if one.how is not How.CHANGED}
    return [one for one in every if one.inside is None or (*one.inside, one.how) not in gone]


def _agencies(changes: Changes) -> Iterator[str]:
    for agency, name in changes.agencies.items():
        own = for_agency(changes, agency)
        if not own.nothing:
            yield f"{name} ({agency}): {in_short(own)}"

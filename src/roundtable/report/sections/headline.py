"""The headline: what came in, where harm gathers, what is most serious and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roundtable.insight.harm.concentration import NullModel
from roundtable.insight.harm.counts import NO_COORDINATES, OUTSIDE
from roundtable.pages.numbers import fixed, listed, percent, plural
from roundtable.partnership.findings import Severity
from roundtable.report.contents import CasesBasis, DeliveryStatus, ReportContents
from roundtable.report.disclosure import Disclosure
from roundtable.report.names import Names
from roundtable.report.row_counts import rows_taken
from roundtable.report.rows import code_rows, concentration_rows, placed
from roundtable.report.sections.concentration import Verdict, verdict
from roundtable.report.sections.months import held_months, spans
from roundtable.report.vocabulary import area_kind_words

#: How many findings are told by name.
TOLD = 4
#: From how many areas on the top 5% is at least one of them.
AREAS_FOR_SHARES = 20


@dataclass(frozen=True)
class Pointer:
    """A finding told by its title, and where it stands on the page."""

    title: str
    anchor: str


@dataclass(frozen=True)
class Sentence:
    """One sentence and the word that leads it, with the findings it speaks of."""

    lead: str
    text: str
    pointers: tuple[Pointer, ...] = ()


@dataclass(frozen=True)
class HeadlineView:
    """The section."""

    sentences: tuple[Sentence, ...]


def view(contents: ReportContents, names: Names) -> HeadlineView:
    """The section as its template prints it."""
    told = (
        Sentence("What came in", _came_in(contents)),
        Sentence("Where harm gathers", " ".join(_where(contents, names))),
        Sentence("What is most serious", _findings(contents), _most_serious(contents)),
        Sentence("What is not known", _not_known(contents, names)),
    )
    return HeadlineView(tuple(one for one in told if one.text))


def _came_in(contents: ReportContents) -> str:
    if not contents.deliveries:
        return "No data has been delivered yet, so this page shows only what the partnership has agreed."
    sums = rows_taken(contents)
    refused = [one for one in contents.deliveries if one.status is DeliveryStatus.REFUSED]
    told = (
        f"{sums.rule.told(sums.received, 'row').capitalize()} in "
        f"{plural(len(contents.deliveries), 'delivery', 'deliveries')}: {sums.told.kept} kept, "
        f"{sums.told.quarantined} set aside with the reason."
    )
    if refused:
        told += f" {plural(len(refused), 'delivery was', 'deliveries were')} refused whole."
    if contents.withheld:
        told += " Some of what was taken in may not be used today."
    return told


def _where(contents: ReportContents, names: Names) -> Iterator[str]:
    """The area with most records of each dataset, and what the few worst areas hold."""
    for dataset in names.datasets_measured():
        kind, weights = names.kinds_measured(dataset)[0], names.sets_measured(dataset)[0]
        rows = placed(names.rows_of(weights.id, dataset, kind))
        if not rows or not rows[0].records or Disclosure(contents.suppress_below).hides(rows[0].records):
            continue
        top = rows[0]
        yield (
            f"{names.area(kind, top.area_id)} has the most records of {fixed(len(rows))} "
            f"{area_kind_words(kind).many}: {fixed(top.records)}, {percent(top.records_ppm)} of them all."
        )
        yield from _concentrated(contents, names, dataset, kind, len(rows))


def _concentrated(
    contents: ReportContents, names: Names, dataset: str, kind: str, areas: int
) -> Iterator[str]:
    found = concentration_rows(contents.figures) if contents.figures else []
    mine = [row for row in found if (row.dataset, row.area_kind, row.top_percent) == (dataset, kind, 5)]
    for row in mine:
        if names.weight_set(row.weight_set).counts and areas >= AREAS_FOR_SHARES:
            yield f"The top 5% of areas hold {percent(row.share_ppm)} of records."
    shuffled = [row for row in mine if row.null_model == NullModel.SHUFFLED]
    if shuffled and all(verdict(row) is not Verdict.ABOVE for row in shuffled):
        yield "Priced harm gathers there no more than the number of records alone would make it."
    elif shuffled and all(verdict(row) is Verdict.ABOVE for row in shuffled):
        yield "Priced harm gathers there more than the number of records alone explains."


def _findings(contents: ReportContents) -> str:
    if not contents.findings:
        return ""
    worst = sum(one.severity is Severity.HIGH for one in contents.findings)
    findings = plural(len(contents.findings), "finding")
    if not worst:
        return f"The agreed map has {findings}, none of them high."
    few = ", among them:" if worst > TOLD else ":"
    return f"The agreed map has {findings}, {fixed(worst)} of them high{few}"


def _most_serious(contents: ReportContents) -> tuple[Pointer, ...]:
    """The first high finding of each rule, then the others: a list of one kind would hide the rest."""
    worst = [one for one in contents.findings if one.severity is Severity.HIGH]
    first = [
        one for place, one in enumerate(worst) if one.rule not in {other.rule for other in worst[:place]}
    ]
    chosen = (first + [one for one in worst if one not in first])[:TOLD]
    return tuple(Pointer(one.title, f"finding-{worst.index(one) + 1}") for one in chosen)


def _not_known(contents: ReportContents, names: Names) -> str:
    gaps = [*_not_placed(contents, names), *_months_missing(contents, names), *_unpriced(contents, names)]
    unknown = sum(one.basis is CasesBasis.UNKNOWN for one in contents.outcomes)
    if unknown:
        gaps.append(f"nobody knows how many cases a year there are of {plural(unknown, 'outcome')}")
    if not gaps:
        return ""
    text = listed(tuple(gaps))
    return f"{text[0].upper()}{text[1:]}."


def _not_placed(contents: ReportContents, names: Names) -> Iterator[str]:
    count = Disclosure(contents.suppress_below).count
    for dataset in names.datasets_measured():
        kind, weights = names.kinds_measured(dataset)[0], names.sets_measured(dataset)[0]
        lost = {row.area_id: row.records for row in names.rows_of(weights.id, dataset, kind)}
        if lost.get(NO_COORDINATES):
            yield f"{count(lost[NO_COORDINATES])} records cannot be placed"
        if lost.get(OUTSIDE):
            yield f"{count(lost[OUTSIDE])} lie outside every area"


def _months_missing(contents: ReportContents, names: Names) -> Iterator[str]:
    for dataset in names.datasets_measured():
        held = held_months(contents, names, dataset)
        missing = sum(len(run.months) for run in spans(held) if not run.held) if held else 0
        if missing:
            span = len(held) + missing
            yield f"only {fixed(len(held))} of {fixed(span)} months are held"


def _unpriced(contents: ReportContents, names: Names) -> Iterator[str]:
    rows = code_rows(contents.figures) if contents.figures else []
    for set_id in sorted({row.weight_set for row in rows}):
        mine = [row for row in rows if row.weight_set == set_id]
        unpriced = sum(row.unpriced_records for row in mine)
        if unpriced:
            total = sum(row.records for row in mine)
            share = percent(unpriced * 1_000_000 // total)
            yield f"{share} of records have no price in ‘{names.weight_set(set_id).title}’"

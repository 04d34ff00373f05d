"""Linkage: what was linked for each purpose, how sure that is and why, and whom it serves worse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roundtable.pages.numbers import fixed, listed, percent, plural, scaled
from roundtable.pages.tables import Column, Table, table
from roundtable.report.contents import ReportContents
from roundtable.report.disclosure import PEOPLE
from roundtable.report.linkage_contents import HomesShown, LinkageShown, PurposeLinkage, QualityShown
from roundtable.report.names import Names
from roundtable.report.sections.linkage_chart import BandChart, StopChart, band_chart, stop_chart
from roundtable.report.sections.linkage_drift import drift_alarms, drift_sentence, drift_table
from roundtable.report.sections.linkage_parts import (
    RatioChart,
    Worse,
    parts_table,
    ratio_chart,
    told_worse,
    worse_parts,
)

#: What each kind of warning is headed by, in the order in which they stand.
WARNINGS = {
    "warning": "What the model takes for independent and is not",
    "left_out": "Too common to compare by",
    "placeholder": "Values that stand for nothing",
    "contradiction": "What contradicts itself",
    "crowd": "Too many at once",
    "unlinkable": "Nothing to link by",
}
#: Those whose number is one of records; other sentences say their own.
OF_RECORDS = ("placeholder", "unlinkable")
#: More warnings of one kind than this are folded away.
FEW = 5
MOVES = {
    "merge": "Two people or more became one",
    "split": "One person was parted",
    "move": "A record went from one person to another",
    "new": "People who were not known before",
    "gone": "People none of whose records stand any more",
}
CURVE_COLUMNS = (
    Column("Joined from", header=True),
    Column("Expected precision", numeric=True),
    Column("Expected recall", numeric=True),
    Column("People", numeric=True),
    Column("In force"),
)


@dataclass(frozen=True)
class Warned:
    """Warnings of one kind, what is about most records first; `many` where they are folded away."""

    heading: str
    told: tuple[str, ...]
    many: str


@dataclass(frozen=True)
class PurposeView:
    """The links of one purpose."""

    id: str
    heading: str
    several: bool
    sentences: tuple[str, ...]
    why: tuple[str, ...]
    stops: StopChart | None
    stops_table: Table
    weights: BandChart | None
    weights_table: Table
    agencies: Table
    datasets: Table
    groups: Table
    ratios: RatioChart | None
    worse: Worse
    reviewed: str
    moves: Table
    drift: str
    alarms: tuple[str, ...]
    drift_table: Table
    homes: str
    warned: tuple[Warned, ...]


@dataclass(frozen=True)
class LinkageView:
    """The section; nothing of it is drawn where nothing was linked."""

    purposes: tuple[PurposeView, ...]
    rule: str


def view(contents: ReportContents, names: Names) -> LinkageView | None:
    """The section as its template prints it."""
    return None if contents.linkage is None else linkage_view(contents.linkage, names)


def linkage_view(linkage: LinkageShown, names: Names) -> LinkageView:
    """The same from the links alone."""
    alike: dict[PurposeLinkage, list[str]] = {}
    for one in linkage.purposes:
        alike.setdefault(replace(one, purpose=""), []).append(one.purpose)
    parts = (
        _purpose(f"k{place}", one, tuple(purposes), names)
        for place, (one, purposes) in enumerate(alike.items())
    )
    return LinkageView(tuple(parts), PEOPLE.rule)


def _purpose(part_id: str, one: PurposeLinkage, purposes: tuple[str, ...], names: Names) -> PurposeView:
    groups = [row for row in one.quality if row.breakdown in ("sex", "age", "naming", "home")]
    agencies = [row for row in one.quality if row.breakdown == "agency"]
    datasets = [row for row in one.quality if row.breakdown == "dataset"]
    return PurposeView(
        id=part_id,
        heading=listed((purposes[0], *(_small(name) for name in purposes[1:]))),
        several=len(purposes) > 1,
        sentences=tuple(_sentences(one)),
        why=tuple(told.told for told in one.told if told.kind == "stop"),
        stops=stop_chart(part_id, one.curve),
        stops_table=_stops(part_id, one),
        weights=band_chart(part_id, one.weights),
        weights_table=_weights(part_id, one),
        agencies=parts_table(
            f"{part_id}-agencies",
            "How the records of each agency are linked, with 95% intervals.",
            agencies,
            names.agency,
        ),
        datasets=parts_table(
            f"{part_id}-datasets",
            "How the records of each dataset are linked, with 95% intervals.",
            datasets,
            names.dataset,
        ),
        groups=parts_table(
            f"{part_id}-groups",
            "How the records of each group are linked, each by what the record says itself.",
            groups,
            None,
        ),
        ratios=ratio_chart(part_id, groups),
        worse=told_worse(worse_parts(groups), bool(groups)),
        reviewed=_reviewed(one),
        moves=_moves(part_id, one),
        drift=drift_sentence(one.drift),
        alarms=drift_alarms(one.drift),
        drift_table=drift_table(part_id, one.drift),
        homes=_homes(one.homes),
        warned=tuple(_warned(one)),
    )


def _whole(one: PurposeLinkage, measure: str) -> QualityShown | None:
    return next((row for row in one.quality if (row.breakdown, row.measure) == ("all", measure)), None)


def _sentences(one: PurposeLinkage) -> Iterator[str]:
    linked, unlinkable = _whole(one, "linked"), _whole(one, "unlinkable")
    if linked is not None:
        records = _capital(PEOPLE.told(linked.records, "record"))
        yield (
            f"{records} came to {PEOPLE.count(linked.people)} people. {percent(linked.value_ppm)} of the "
            "records are of somebody whom another agency knows too."
        )
    if unlinkable is not None and unlinkable.value_ppm:
        yield f"{percent(unlinkable.value_ppm)} say nothing to link them by, and stay alone."
    precision, recall = _whole(one, "precision"), _whole(one, "recall")
    if precision is not None and recall is not None:
        yield (
            f"Of the records that a record is put with, {percent(precision.value_ppm)} are expected to be of "
            f"the same person (precision). Of those that should be with it, {percent(recall.value_ppm)} are "
            "expected to be there (recall). These are the model’s own expectations, and pairs that nothing "
            "brought together are in neither."
        )


def _stops(part_id: str, one: PurposeLinkage) -> Table:
    rows = [
        (
            scaled(stop.stop_ppm, 1_000_000, 2),
            percent(stop.precision_ppm),
            percent(stop.recall_ppm),
            PEOPLE.count(stop.people),
            "in force" if stop.chosen else "",
        )
        for stop in one.curve
    ]
    caption = "Where joining stops: what each choice is expected to give."
    return table(f"{part_id}-stops", caption, CURVE_COLUMNS, rows)


def _weights(part_id: str, one: PurposeLinkage) -> Table:
    columns = (Column("Weight, bits", header=True), Column("Pairs", numeric=True))
    rows = [(title, PEOPLE.count(number)) for title, number in one.weights]
    return table(f"{part_id}-weights", "Pairs of identities by their weight.", columns, rows)


def _reviewed(one: PurposeLinkage) -> str:
    found = {row.measure: row for row in one.quality if row.breakdown == "all"}
    told = [
        f"{name} {percent(row.value_ppm)} ({percent(row.low_ppm)} to {percent(row.high_ppm)})"
        for name, row in (
            ("precision", found.get("reviewed_precision")),
            ("recall, with the pairs that were missed,", found.get("reviewed_recall")),
        )
        if row is not None
    ]
    if not told:
        return "Nobody has reviewed a sample of pairs yet, so these expectations are unchecked."
    pairs = max(row.records for name, row in found.items() if name.startswith("reviewed"))
    return f"Reviewers looked at {plural(pairs, 'pair')} of a sample and found: {' and '.join(told)}."


def _moves(part_id: str, one: PurposeLinkage) -> Table:
    columns = (Column("What became of people in this run", header=True), Column("How often", numeric=True))
    moves = dict(one.moves)
    rows = [(words, PEOPLE.count(moves[kind])) for kind, words in MOVES.items() if kind in moves]
    return table(f"{part_id}-moves", "Changes since the run before; each can be undone.", columns, rows)


def _homes(homes: HomesShown | None) -> str:
    if homes is None or not homes.addresses:
        return ""
    return (
        f"Records put them at {PEOPLE.count(homes.addresses)} addresses, {PEOPLE.count(homes.communal)} of "
        f"them communal, and in {PEOPLE.told(homes.households, 'household')} over the years. "
        f"{_capital(PEOPLE.count(homes.at_two))} people are in two households at once or more."
    )


def _warned(one: PurposeLinkage) -> Iterator[Warned]:
    for kind, heading in WARNINGS.items():
        rows = [row for row in one.told if row.kind == kind]
        if kind in OF_RECORDS:
            # What is hidden is not told by its place either.
            rows.sort(key=lambda row: (-(PEOPLE.published(row.number or 0) or 0), row.told))
        told = tuple(_numbered(row.told, row.number if kind in OF_RECORDS else None) for row in rows)
        if told:
            yield Warned(heading, told, fixed(len(told)) if len(told) > FEW else "")


def _numbered(told: str, number: int | None) -> str:
    """A sentence with how many records it is about, where that is counted."""
    text = _capital(told.rstrip("."))
    return f"{text}." if number is None else f"{text}: {PEOPLE.told(number, 'record')}."


def _small(name: str) -> str:
    """A name within a list; letters that are spoken as such stay."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

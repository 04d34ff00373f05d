"""How to read the page: where its figures come from, whose data they are and what they cannot tell."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import fixed, month
from roundtable.report.contents import AttributionShown, ReportContents, WeightSetShown
from roundtable.report.names import Names
from roundtable.report.sections.months import held_months
from roundtable.report.sections.pricing import statement


@dataclass(frozen=True)
class WeightSource:
    """One weight set and what it rests on."""

    title: str
    statement: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """One fact of the run."""

    name: str
    value: str


@dataclass(frozen=True)
class ReadingView:
    """The section."""

    limits: tuple[str, ...]
    sources: tuple[WeightSource, ...]
    attributions: tuple[AttributionShown, ...]
    facts: tuple[Fact, ...]


def view(contents: ReportContents, names: Names) -> ReadingView:
    """The section as its template prints it."""
    return ReadingView(
        _limits(contents),
        tuple(_source(one) for one in contents.run.weight_sets),
        contents.attributions,
        _facts(contents, names),
    )


def _source(weights: WeightSetShown) -> WeightSource:
    if weights.counts:
        return WeightSource(weights.title, "Every record counts one, whatever it is.", ())
    notes = tuple(one.strip() for one in (weights.notes or "").split("\n\n") if one.strip())
    return WeightSource(weights.title, statement(weights), notes)


def _limits(contents: ReportContents) -> tuple[str, ...]:
    """What no reader should take the figures for; only what the contents give cause to say."""
    if contents.figures is None:
        return ()
    limits = [
        "It shows what was recorded, not what happened. Much harm is never reported, and where agencies "
        "look harder they record more.",
        "It says nothing about any person, and nothing about why a place has the records it has.",
        "An area with few people can rise or fall many ranks by chance. Read a rank as a band, not a place "
        "in a queue.",
    ]
    if any(weights.mix for weights in contents.run.weight_sets):
        limits.insert(
            1,
            "Open data are coarse: violence and sexual offences, for one, are a single kind of record that "
            "runs from harassment to homicide. A price can only be guessed at through an assumed mix, the "
            "same in every place, so a priced map is close to a map of the dearest kind.",
        )
    if any(weights.illustrative for weights in contents.run.weight_sets):
        limits.append(
            "Priced figures marked illustrative are not fit for a business case until a named post has "
            "checked the prices and replaced the mix with its own."
        )
    if _has_census_areas(contents):
        limits.append(
            "The areas are those of the 2011 census, so that years can be compared; some have been redrawn "
            "since, and a code published with newer records may name another area."
        )
    limits.append(
        "Published coordinates are moved to a nearby point to protect people, so a record near a border can "
        "be counted next door."
    )
    return tuple(limits)


def _has_census_areas(contents: ReportContents) -> bool:
    kinds = contents.figures.harm_area.column("area_kind").unique().to_pylist() if contents.figures else []
    return any(kind.endswith("11") for kind in kinds)


def _facts(contents: ReportContents, names: Names) -> tuple[Fact, ...]:
    run = contents.run
    facts = [Fact("Snapshot of the data", fixed(run.snapshot))] if run.snapshot is not None else []
    for dataset in names.datasets_measured():
        if held := held_months(contents, names, dataset):
            facts.append(Fact(f"{names.dataset(dataset)}, latest month", month(max(held))))
    if run.engine:
        facts.append(Fact("Worked out by", run.engine))
    if run.folder_fingerprint:
        facts.append(Fact("Fingerprint of the folder", run.folder_fingerprint[:16]))
    facts.extend(Fact(name, version) for name, version in run.versions)
    return tuple(facts)

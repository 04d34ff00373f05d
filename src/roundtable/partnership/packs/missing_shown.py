"""If one of us were missing: how far the map is filled in, what each loss would break, and who is between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from roundtable.pages.numbers import ABSENT, plural
from roundtable.pages.tables import Cell, Column, Group, Table, cells, table
from roundtable.partnership.findings.flow_network import FlowNetwork, FlowPlace, flow_network
from roundtable.partnership.findings.knock_out import KnockOut, Lost, Question, knock_out
from roundtable.partnership.findings.single_points import sole_skills
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.packs.material import Material
from roundtable.partnership.wording import listed

#: So many of each kind are shown: it is the agencies that sit at the table.
MOST_SHOWN = {Kind.AGENCY: 10, Kind.ROLE: 5, Kind.DATASET: 5}
#: So many agencies of the network of flows.
_PLACES = 12
#: A scenario's title is long: so many are named beside their number.
_NAMED = 2

_COLUMNS = (
    Column("If it were missing", header=True, css="roomy"),
    Column("Scenarios that break", css="roomy"),
    Column("Through what", css="roomy"),
    Column("Sole provider", css="roomy"),
)
#: One and several of each kind, agencies before posts before datasets.
_KINDS = {
    Kind.AGENCY: ("agency", "agencies"),
    Kind.ROLE: ("post", "posts"),
    Kind.DATASET: ("dataset", "datasets"),
}
_HEADINGS = {Kind.AGENCY: "Agencies", Kind.ROLE: "Posts", Kind.DATASET: "Datasets"}
_THROUGH = {
    Question.KNOW: ("need that nobody could meet", "needs that nobody could meet"),
    Question.ACT: ("factor that nobody would work on", "factors that nobody would work on"),
    Question.ABLE: ("risk without a skill that it takes", "risks without a skill that they take"),
    Question.WILL: ("risk without a lead", "risks without a lead"),
}


@dataclass(frozen=True)
class Missing:
    """The section, and what stands of it in the appendix.

    Attributes:
        complete: how much of what flows has been written down, which comes before anything else.
        told: how much hangs on one thread, in a sentence; nothing where nothing does.
        table: what would break without each agency, post and dataset.
        more: how many more would break something and are not shown; nothing where all are.
        network: who stands between whom where data flow today, for the appendix.
        network_more: how many more agencies a flow touches.
    """

    complete: str
    told: str
    table: Table
    more: str
    network: Table
    network_more: str


def section(material: Material) -> Missing:
    """What would break if one agency, post or dataset were missing."""
    found = _by_kind(knock_out(material.study))
    network = flow_network(material.study)
    return Missing(
        complete=_complete(network),
        told=_told(material, found),
        table=_table(material, found),
        more=_more(found),
        network=_network(material, network.places[:_PLACES]),
        network_more=_places_more(len(network.places) - _PLACES),
    )


def _by_kind(found: Sequence[KnockOut]) -> Mapping[Kind, Sequence[KnockOut]]:
    return {kind: [one for one in found if one.kind is kind] for kind in _KINDS}


def _complete(network: FlowNetwork) -> str:
    if network.completeness is None:
        return (
            "No need and no dataset has been written down yet, so nothing can be said of what hangs on them."
        )
    needs, datasets = plural(network.needs, "data need"), plural(network.datasets, "dataset")
    told = (
        f"A flow is entered for {network.needs_with_flow} of {needs} and a use for "
        f"{network.datasets_with_use} of {datasets}: {_percent(network)}% of both together."
    )
    if network.completeness == 1:
        return told
    return (
        f"{told} What is not entered cannot be seen to break, so whoever does not stand below may matter too."
    )


def _percent(network: FlowNetwork) -> int:
    """Rounded down, so that a hundred means all of them."""
    entered = network.needs_with_flow + network.datasets_with_use
    return entered * 100 // (network.needs + network.datasets)


def _told(material: Material, found: Mapping[Kind, Sequence[KnockOut]]) -> str:
    counts = [plural(len(those), *_KINDS[kind]) for kind, those in found.items() if those]
    if not counts:
        return ""
    number = sum(map(len, found.values()))
    told = f"{listed(counts)} would {'' if number == 1 else 'each '}break a scenario if missing."
    if not found[Kind.AGENCY]:
        return told
    most = found[Kind.AGENCY][0]
    of = len(material.partnership.scenarios)
    return f"{told} Most hangs on {most.name}: {len(most.scenarios)} of {plural(of, 'scenario')}."


def _more(found: Mapping[Kind, Sequence[KnockOut]]) -> str:
    over = {kind: len(those) - MOST_SHOWN[kind] for kind, those in found.items()}
    counts = [f"{over[kind]:,} more {_KINDS[kind][over[kind] > 1]}" for kind in over if over[kind] > 0]
    if not counts:
        return ""
    return f"{listed(counts)} would break a scenario too; those shown break most."


def _table(material: Material, found: Mapping[Kind, Sequence[KnockOut]]) -> Table:
    alone = _alone(material)
    groups = tuple(
        Group(
            tuple(cells(_COLUMNS, _row(material, alone, one)) for one in those[: MOST_SHOWN[kind]]),
            _HEADINGS[kind],
        )
        for kind, those in found.items()
        if those
    )
    return Table("missing", "What would break without one agency, post or dataset", _COLUMNS, groups)


def _alone(material: Material) -> Mapping[str, Sequence[str]]:
    """The skills that each agency alone has, by name."""
    names = {skill.id: skill.name for skill in material.partnership.charter.skills}
    found: dict[str, list[str]] = {}
    for sole in sole_skills(material.study):
        found.setdefault(sole.agency, []).append(f"“{names[sole.skill]}” at level {sole.level}")
    return found


def _row(material: Material, alone: Mapping[str, Sequence[str]], one: KnockOut) -> Sequence[str | Cell]:
    name = material.agency_cell(one.id) if one.kind is Kind.AGENCY else Cell(one.name)
    titles = [material.partnership.scenario(scenario).title for scenario in one.scenarios]
    more = f"; {len(titles) - _NAMED} more" if len(titles) > _NAMED else ""
    of = f"{len(titles)} of {len(material.partnership.scenarios)}"
    scenarios = Cell(of, note="; ".join(titles[:_NAMED]) + more)
    return [name, scenarios, _through(one.losses), _else(alone, one)]


def _through(losses: Sequence[Lost]) -> Cell:
    """What breaks, counted by kind; the first by name, so that a reader sees what is meant."""
    first = losses[0].text
    if len(losses) == 1:
        return Cell(f"{first[0].upper()}{first[1:]}")
    return Cell("; ".join(_counts(losses)), note=f"Such as: {first}")


def _counts(losses: Sequence[Lost]) -> Iterator[str]:
    for question, words in _THROUGH.items():
        about = {(loss.kind, loss.about) for loss in losses if loss.question is question}
        if about:
            yield plural(len(about), *words)


def _else(alone: Mapping[str, Sequence[str]], one: KnockOut) -> Cell:
    match one.kind:
        case Kind.ROLE:
            return Cell("Yes: no deputy is in post")
        case Kind.DATASET:
            return Cell("Yes: no other dataset does today")
        case _ if one.id in alone:
            return Cell(f"Yes, of {listed(alone[one.id])}", css="noted")
        case _:
            return Cell("Of no skill that is asked for")


def _network(material: Material, places: Sequence[FlowPlace]) -> Table:
    columns = (
        Column("Agency", header=True, css="roomy"),
        Column("Gives to", numeric=True),
        Column("Takes from", numeric=True),
        Column("Betweenness on flows", numeric=True),
        Column("Articulation point"),
        Column("Cut off without it", css="roomy"),
    )
    rows: list[list[str | Cell]] = [
        [
            material.agency_cell(one.agency),
            str(one.gives),
            str(one.takes),
            f"{one.between:.3f}",
            "yes" if one.cut_off else "no",
            material.agency_names(one.cut_off) or ABSENT,
        ]
        for one in places
    ]
    return table("flow-network", "Who stands between whom where data flow today", columns, rows)


def _places_more(number: int) -> str:
    if number <= 0:
        return ""
    verb = "gives or takes" if number == 1 else "give or take"
    return f"{plural(number, 'more agency', 'more agencies')} {verb} data."

"""How well data pass from agency to agency: the heat map by the weakest layer, and each pair's next step."""

from __future__ import annotations

from collections.abc import Sequence

from roundtable.pages.numbers import plural
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.packs.heat import Heat, square
from roundtable.partnership.packs.material import Material
from roundtable.partnership.sharing.interoperability import FlowScore, PairScore, pair_matrix
from roundtable.partnership.sharing.layers import Layer, means

_SHORT = {
    Layer.LEGAL: "law",
    Layer.ORGANISATIONAL: "org",
    Layer.SEMANTIC: "words",
    Layer.TECHNICAL: "tech",
    Layer.CONFIDENCE: "trust",
}
_KEY = (
    ("l0", "0: does not work"),
    ("l1", "1: rests on goodwill"),
    ("l2", "2: agreed or mapped, not yet in force"),
    ("l3", "3: works"),
    ("l4", "4: works, tested and reviewed"),
)


def pairs(material: Material) -> tuple[PairScore, ...]:
    """Every pair of agencies between which data flow or should, worked out once."""
    return material.study.shared(pair_matrix)


def heat(material: Material) -> Heat:
    """Who gives to whom, by the weakest layer of the weakest flow."""
    found = pairs(material)
    givers = sorted({one.source for one in found})
    takers = sorted({one.target for one in found})
    return square(
        "interoperability",
        "How well data pass from one agency to another: the level of the weakest layer, 0 to 4",
        "From, down; to, across",
        [(one, material.agency_cell(one)) for one in givers],
        [(one, material.partnership.agency(one).name) for one in takers],
        {(one.source, one.target): _cell(one.weakest) for one in found},
        _KEY,
    )


def _cell(score: FlowScore) -> Cell:
    """The level, which layer it is, and whether more could be wrong than is known."""
    at_most = "" if score.score is not None else "≤"
    return Cell(f"{at_most}{score.at_most}", css=f"l{score.at_most}", note=_SHORT[score.weakest])


def key_to_layers() -> str:
    """What the short words in the cells mean."""
    return "; ".join(f"{short} = {layer.value}" for layer, short in _SHORT.items())


def steps(material: Material, agency_id: str = "") -> Table:
    """The weakest pairs, each with what holds it back and what would raise it.

    Args:
        material: what the pages are made from.
        agency_id: the agency whose pairs are wanted; nothing for all.
    """
    columns = (
        Column("From", header=True, css="who"),
        Column("To", css="who"),
        Column("Data", css="roomy"),
        Column("Level", numeric=True),
        Column("What holds it back", css="roomy"),
        Column("The next step", css="roomy"),
    )
    found = [one for one in pairs(material) if not agency_id or agency_id in (one.source, one.target)]
    ordered = sorted(found, key=lambda one: one.weakest.order)
    rows = [_row(material, one) for one in ordered[: None if agency_id else 10]]
    told = "What would make data pass better" + ("" if agency_id else ": the ten weakest pairs")
    return table("steps", told, columns, rows)


def _row(material: Material, pair: PairScore) -> Sequence[str | Cell]:
    score = pair.weakest
    dataset = material.partnership.dataset(score.flow.dataset).name
    unsure = "rests on what no named post has verified" if score.unverified else ""
    return [
        material.agency_cell(pair.source),
        material.agency_cell(pair.target),
        Cell(dataset, note="flows today" if score.flow.existing else "wanted"),
        f"{'' if score.score is not None else '≤ '}{score.at_most}",
        Cell(f"{score.weakest.value.capitalize()}: {means(score.weakest, score.at_most)}", note=unsure),
        score.next_step,
    ]


def summary(material: Material) -> str:
    """How many pairs work, and which layer most often holds them back."""
    found = pairs(material)
    if not found:
        return ""
    blocked = [one for one in found if one.weakest.blocked]
    layers = [one.weakest.weakest for one in blocked]
    told = (
        f"Data flow or should flow between {plural(len(found), 'pair')} of agencies; "
        f"{_not_working(len(blocked), len(found))}."
    )
    if layers:
        worst = max(Layer, key=lambda layer: (layers.count(layer), -list(Layer).index(layer)))
        often = f"Most often the {worst.value} layer holds it back, {plural(layers.count(worst), 'time')}."
        told += f" {often}" if len(layers) > 1 else f" The {worst.value} layer holds it back."
    return told


def _not_working(blocked: int, pairs_: int) -> str:
    if not blocked:
        return "nowhere is it blocked"
    return "there it does not work" if pairs_ == 1 else f"between {blocked} of them it does not work"

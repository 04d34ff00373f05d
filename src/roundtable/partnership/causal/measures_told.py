"""The measures of a map, node by node: an appendix, with what each word means before the figures."""

from __future__ import annotations

from roundtable.partnership.causal.eigenvector import Standing
from roundtable.partnership.causal.measures import Measured, Measures, Part
from roundtable.partnership.causal.micmac import Settling
from roundtable.partnership.outline import Part as Told
from roundtable.partnership.outline import Point
from roundtable.partnership.wording import counted

#: Smaller than this no measure is told apart from nought.
_SMALLEST = 0.0005
#: What is said of the power at which the order settled, or until which it had not.
_POWER = {
    Settling.SETTLED: " (at power {})",
    Settling.SUMMED: "",
    Settling.DAMPED: " ({} powers were tried)",
}
_PARTS = {
    Part.DRIVES: "moves much and is moved little",
    Part.RELAYS: "moves much and is moved much",
    Part.FOLLOWS: "moves little and is moved much",
    Part.APART: "moves little and is moved little",
}


def told_measures(found: Measures) -> tuple[Told, ...]:
    """Every node in order of ids, after what is to be known of the measures that not every map has."""
    before = (
        "This is an appendix. It says how the map is drawn, and nothing of money or people. Of strengths "
        "only influence and dependence say anything (MICMAC): they are sums of the middles of the ranges. "
        "See `docs/causal-map.md` for what each word means.",
        f"Indirect influence and dependence: {found.settling.value}{_POWER[found.settling]}.".format(
            found.power
        ),
        "" if found.eigenvector is Standing.DEFINED else f"Eigenvector centrality {found.eigenvector.value}.",
    )
    return (
        Told(
            f"Measures of {counted(len(found.nodes), 'factor or outcome', 'factors and outcomes')}",
            tuple(_point(one) for one in found.nodes),
            before=tuple(line for line in before if line),
        ),
    )


def _point(one: Measured) -> Point:
    metrics, place = one.metrics, one.place
    cut = " Without it the map falls apart." if metrics.articulation else ""
    return Point(
        f"{one.node.id}: '{one.node.label}' {_PARTS[one.part]}.{cut}",
        (
            f"{counted(metrics.links_in, 'link')} in, {metrics.links_out} out, "
            f"leverage {_figure(metrics.leverage)}; reaches {metrics.two_step_reach:.0%} of the map within "
            f"two links (efficiency {_figure(metrics.reach_efficiency)}); group {metrics.community}.",
            f"Betweenness {_figure(metrics.betweenness)}, closeness {_figure(metrics.closeness)}, "
            f"eigenvector {_figure(metrics.eigenvector)}.",
            f"Influence {_figure(place.influence)}, dependence {_figure(place.dependence)}; "
            f"indirect {_figure(place.indirect_influence)} and {_figure(place.indirect_dependence)}.",
        ),
    )


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value if abs(value) >= _SMALLEST else 0:.3g}"

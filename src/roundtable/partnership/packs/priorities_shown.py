"""How the agencies' priorities differ: the heat map of the table, and one agency's place in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roundtable.pages.numbers import ABSENT, plural
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.disagreement.priorities import CLOSE, Apart, Priorities, priorities
from roundtable.partnership.packs.heat import Heat, square
from roundtable.partnership.packs.material import Material, within_a_sentence
from roundtable.partnership.packs.members import is_member
from roundtable.partnership.study import Study
from roundtable.partnership.wording import listed

_STEPS = ((0.2, "h1", "under 20"), (0.4, "h2", "20 to 39"), (0.6, "h3", "40 to 59"), (0.8, "h4", "60 to 79"))
_LAST = ("h5", "80 or more")


def of_table(study: Study) -> Priorities:
    """How the priorities stand, worked out once."""
    return study.shared(_priorities)


def _priorities(study: Study) -> Priorities:
    return priorities(study.partnership)


def heat(material: Material) -> Heat:
    """How far every two agencies stand apart, as points of a hundred that one would have to move."""
    found = of_table(material.study)
    names = [one.agency for one in found.wants]
    cells: dict[tuple[str, str], Cell] = {}
    for pair in found.pairs:
        cell = _cell(pair)
        cells[pair.first, pair.second] = cells[pair.second, pair.first] = cell
    key = [*((css, told) for _, css, told in _STEPS), _LAST]
    return square(
        "priorities-map",
        "Of its 100 points, how many one agency would have to move to want what the other wants",
        "Agency",
        [(one, material.agency_cell(one)) for one in names],
        [(one, material.partnership.agency(one).name) for one in names],
        cells,
        key,
    )


def _cell(pair: Apart) -> Cell:
    css = next((css for limit, css, _ in _STEPS if pair.distance < limit), _LAST[0])
    return Cell(f"{pair.distance * 100:.0f}", css=css)


def divides(material: Material) -> Table:
    """The outcomes that divide the table most: who gives each most, and whom the law binds to it."""
    columns = (
        Column("Outcome", header=True, css="roomy"),
        Column("Share of all the distance", numeric=True),
        Column("Gives it most", css="roomy"),
        Column("Bound to it by law", css="roomy"),
    )
    rows: list[list[str | Cell]] = [
        [
            material.partnership.outcome(one.outcome).name,
            f"{one.share * 100:.0f}%",
            material.agency_names(one.most) or ABSENT,
            material.agency_names(one.bound) or "nobody",
        ]
        for one in of_table(material.study).divides[:6]
    ]
    return table("divides", "What divides the table most", columns, rows)


def summary(material: Material) -> str:
    """Where the table stands furthest apart, and where it agrees for nothing."""
    found = of_table(material.study)
    told = _furthest(material, found.pairs)
    if found.free:
        names = listed(f"“{material.partnership.outcome(one).name}”" for one in found.free)
        told += f" No two agencies are more than ten points apart on {names}: agreement there is free."
    agency = material.partnership.agency
    silent = sum(is_member(material.partnership, agency(one)) for one in found.silent)
    if silent:
        told += f" {plural(silent, 'agency has', 'agencies have')} not said what {_it(silent)} most."
    return told.strip()


def _it(number: int) -> str:
    return "it wants" if number == 1 else "they want"


def _furthest(material: Material, pairs: Sequence[Apart]) -> str:
    """The two furthest apart; where several pairs stand as far apart, how many do, and no two by name."""
    if not pairs or not pairs[0].distance:
        return ""
    tied = _tied(pairs)
    if len(tied) == 1:
        first, second = (material.partnership.agency(one).name for one in (pairs[0].first, pairs[0].second))
        return f"{within_a_sentence([first, second])} stand furthest apart{_over(material, pairs[0])}."
    of_all = f"{len(tied)} of {plural(len(pairs), 'pair')} of agencies"
    if pairs[0].distance >= 1:
        return f"{of_all} want nothing in common."
    return f"{of_all} stand furthest apart, {pairs[0].distance * 100:.0f} points of 100."


def _tied(pairs: Sequence[Apart]) -> list[Apart]:
    return [one for one in pairs if one.distance == pairs[0].distance]


def _over(material: Material, pair: Apart) -> str:
    return f", over “{material.partnership.outcome(pair.driver).name}”" if pair.driver else ""


def of_agency(material: Material, agency_id: str) -> Table:
    """What an agency wants beside what the table wants on average."""
    found = of_table(material.study)
    own = next((one for one in found.wants if one.agency == agency_id), None)
    columns = (
        Column("Outcome", header=True, css="roomy"),
        Column("Our points, scaled to 100" if own and own.normalised else "Our points", numeric=True),
        Column("The table’s average", numeric=True),
        Column("The law’s or our choice"),
    )
    if own is None:
        return table("priorities", "What we want most", columns, [])
    shares: Mapping[str, float] = own.shares
    means = {
        one: sum(w.shares.get(one, 0.0) for w in found.wants) / len(found.wants) for one in found.outcomes
    }
    order = sorted(found.outcomes, key=lambda one: (-shares.get(one, 0.0), -means[one], one))
    rows: list[list[str | Cell]] = [
        [
            material.partnership.outcome(one).name,
            _points(shares.get(one, 0.0)),
            _points(means[one]),
            "the law" if one in own.statutory else "our choice" if one in shares else ABSENT,
        ]
        for one in order
        if one in shares or means[one] >= CLOSE
    ]
    return table("priorities", "What we want most, beside the table’s average", columns, rows)


def _points(share: float) -> str:
    return f"{share * 100:.0f}"


def scaled(material: Material, agency_id: str) -> str:
    """That an agency's points did not come to 100 and were scaled, with the figures it wrote down."""
    own = next((one for one in of_table(material.study).wants if one.agency == agency_id), None)
    if own is None or not own.normalised:
        return ""
    written = [one.points for one in material.partnership.agency(agency_id).priorities if one.points > 0]
    sum_ = " + ".join(f"{points:g}" for points in written)
    return f"We wrote down {sum_} = {own.points:g} points and not 100: here they are scaled to 100."


def standing(material: Material, agency_id: str) -> str:
    """Who stands nearest to an agency and who furthest, in a sentence or two."""
    pairs = [one for one in of_table(material.study).pairs if agency_id in (one.first, one.second)]
    if not pairs:
        return ""
    told = _furthest_from_us(material, pairs, agency_id)
    near = [one for one in pairs if one.distance == pairs[-1].distance]
    if near[0].distance == pairs[0].distance:
        return told
    if len(near) > 1:
        names = within_a_sentence([_other(material, one, agency_id) for one in near])
        return f"{told} Nearest stand {names}."
    return f"{told} Nearest stands {_other(material, near[0], agency_id)}{_common(material, near[0])}."


def _furthest_from_us(material: Material, pairs: Sequence[Apart], agency_id: str) -> str:
    tied = _tied(pairs)
    if len(tied) == 1:
        return f"Furthest from us stands {_other(material, tied[0], agency_id)}{_over(material, tied[0])}."
    if tied[0].distance >= 1:
        return f"With {len(tied)} of the {len(pairs)} others we have nothing in common."
    return f"{len(tied)} of the {len(pairs)} others stand {tied[0].distance * 100:.0f} points of 100 from us."


def _other(material: Material, pair: Apart, agency_id: str) -> str:
    return material.partnership.agency(pair.second if pair.first == agency_id else pair.first).name


def _common(material: Material, pair: Apart) -> str:
    names: Sequence[str] = [f"“{material.partnership.outcome(one).name}”" for one in pair.common]
    return f": both want {listed(names)}" if names else ""

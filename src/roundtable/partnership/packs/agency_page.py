"""An agency's page: what it must decide, owns, owes and could get, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roundtable.pages.numbers import day, plural
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.packs import (
    capping,
    interoperability_shown,
    joins_shown,
    meetings_shown,
    priorities_shown,
    sharing_shown,
    shown_findings,
    who,
)
from roundtable.partnership.packs.material import Link, Material
from roundtable.partnership.wording import listed


@dataclass(frozen=True)
class Sum:
    """One figure at the head of the page."""

    number: str
    what: str
    href: str


def view(material: Material, agency: Agency) -> Mapping[str, object]:
    """What the template of an agency prints."""
    findings = shown_findings.of_agency(material, agency.id)
    to_clear = tuple(one for one in findings if shown_findings.for_itself(one, agency.id))
    return {
        "agency": agency,
        "ended": _ended(material, agency),
        "sums": _sums(material, agency, len(to_clear)),
        "wanted": meetings_shown.wanted(material, agency),
        "dates": meetings_shown.dates(material, agency),
        "to_clear": shown_findings.grouped(material, to_clear, agency.id),
        "price_base": material.price_base,
        "to_clear_told": shown_findings.summary(to_clear),
        "leads": _leads(material, agency),
        "risks": _risks_led(material, agency),
        "services": _services(material, agency),
        "datasets": sharing_shown.datasets(material, agency.id),
        "improvements": _improvements(material, agency),
        "actions": meetings_shown.actions(material, agency),
        "asked": sharing_shown.asked_of(material, agency.id),
        "work": _work_for_others(material, agency),
        "agreements": sharing_shown.agreements(material, agency.id),
        "needs": _needs(material, agency),
        "referrals": _referrals(material, agency),
        "steps": interoperability_shown.steps(material, agency.id),
        "priorities": priorities_shown.of_agency(material, agency.id),
        "standing": priorities_shown.standing(material, agency.id),
        "other_findings": _others_told(len(findings) - len(to_clear)),
        "priorities_scaled": priorities_shown.scaled(material, agency.id),
        "posts": _posts(material, agency),
    }


def _others_told(number: int) -> str:
    """How many findings concern the agency that it is not asked to clear."""
    if not number:
        return ""
    concern = "finding concerns us and is" if number == 1 else "findings concern us and are"
    return f"{number} more {concern} for others, or for the table, to clear."


def _ended(material: Material, agency: Agency) -> str:
    if agency.existed_on(material.partnership.charter.as_of):
        return ""
    if agency.to is None or agency.to > material.partnership.charter.as_of:
        return "This body does not exist yet on the day that the page describes."
    successor = f" Its powers passed to {material.agency(agency.successor).text}." if agency.successor else ""
    return f"This body ended on {day(agency.to)}.{successor} What still names it is shown here."


def _sums(material: Material, agency: Agency, to_clear: int) -> tuple[Sum, ...]:
    wanted = len(meetings_shown.decisions_wanted(material, agency))
    led = len(_led(material, agency))
    owed = sharing_shown.owed_data(material, agency.id)
    mine = [one for one in material.verdicts.values() if one.need.agency == agency.id]
    live = sum(one.live for one in mine)
    return (
        Sum(str(wanted), f"decision{'' if wanted == 1 else 's'} the table waits for", "#decide"),
        Sum(
            str(to_clear),
            f"{plural(to_clear, 'finding').split(' ', 1)[1]} for us to clear",
            "#clear" if to_clear else "#decide",
        ),
        Sum(str(led), f"risk{'' if led == 1 else 's'} we lead", "#owns"),
        Sum(str(owed), f"need{'' if owed == 1 else 's'} of others that our data could meet", "#owes"),
        Sum(f"{live} of {len(mine)}", "of our own needs are live", "#gets"),
    )


def _led(material: Material, agency: Agency) -> list[str]:
    posts = meetings_shown.posts_of(agency)
    return [risk.id for _, risk in material.partnership.risks() if posts.intersection(risk.lead_posts)]


def _risks_led(material: Material, agency: Agency) -> Table:
    mine = set(_led(material, agency))
    found = [pair for pair in material.partnership.risks() if pair[1].id in mine]
    return who.risks(material, "risks", "Risks that our posts lead", found, own=True)


def _leads(material: Material, agency: Agency) -> tuple[Link, ...]:
    return tuple(material.scenario(one.id) for one in material.partnership.scenarios if one.lead == agency.id)


def _services(material: Material, agency: Agency) -> Table:
    found = [one for one in material.partnership.services if one.provider == agency.id]
    return who.services(material, "services", "Services that we provide", found, own=True)


def _referrals(material: Material, agency: Agency) -> Table:
    found = [
        one
        for one in material.partnership.services
        if agency.id in one.referral_from and one.provider != agency.id
    ]
    return who.services(
        material, "referrals", "Services of others that take referrals from us", found, own=False
    )


def _improvements(material: Material, agency: Agency) -> Table:
    columns = (
        Column("Improvement", header=True, css="roomy"),
        Column("Our post"),
        Column("Starts"),
        Column("Months", numeric=True),
    )
    posts = meetings_shown.posts_of(agency)
    rows: list[list[str | Cell]] = [
        [
            one.title,
            material.partnership.role(one.owner)[1].title,
            day(one.starts) if one.starts else Cell("not said", css="words"),
            f"{one.months:g}" if one.months is not None else Cell("not said", css="words"),
        ]
        for one in material.partnership.improvements
        if one.owner in posts
    ]
    return table("improvements", "Improvements that our posts own", columns, rows)


def _work_for_others(material: Material, agency: Agency) -> Table:
    mine = set(_led(material, agency))
    columns = (
        Column("Risk", header=True, css="roomy"),
        Column("Led by"),
        Column("What we are down for"),
        Column("It takes"),
    )
    rows: list[list[str | Cell]] = []
    for scenario, risk in material.partnership.risks():
        does = agency.id in risk.raci.responsible
        bound = risk.joint_duty is not None and agency.id in risk.joint_duty.holders
        if risk.id in mine or not (does or bound):
            continue
        parts = [told for told, so in (("to do the work", does), ("the law holds us to it", bound)) if so]
        lead = listed(material.post(post) for post in risk.lead_posts)
        rows.append(
            [
                Cell(risk.statement, note=scenario.title),
                lead or Cell("Nobody", css="noted"),
                "; ".join(parts).capitalize(),
                who.skills_told(material, risk) or Cell("nothing written", css="words"),
            ]
        )
    return table("work", "Risks that others lead and that name us", columns, rows)


def _needs(material: Material, agency: Agency) -> Table:
    mine = [one for one in material.verdicts.values() if one.need.agency == agency.id]
    columns = (
        Column("What we would do on knowing it", header=True, css="roomy"),
        *joins_shown.COLUMNS[1:],
        Column("What stands in the way first", css="roomy"),
    )
    rows: list[list[str | Cell]] = []
    for one in capping.foremost(material, mine):
        cells = joins_shown.row(material, one)
        first = Cell(cells[0].text, cells[0].href, note=one.scenario.title)
        failing = next(
            (joins_shown.why(material, one, join) for join in one.joins if not join.holds),
            "Nothing: it is live.",
        )
        rows.append([first, *cells[1:], failing])
    return table("needs", "What we would like to know", columns, rows, css="joins-map")


def _posts(material: Material, agency: Agency) -> Table:
    columns = (Column("Post", header=True), Column("Deputy"), Column("Share of full time"), Column("Stands"))
    rows: list[list[str | Cell]] = [
        [
            role.title,
            material.partnership.role(role.deputy)[1].title if role.deputy else Cell("none", css="words"),
            Cell("nobody knows", css="words") if isinstance(role.time_fte, str) else f"{role.time_fte:g}",
            Cell(f"Empty since {day(role.vacant_since)}", css="noted") if role.vacant_since else "Filled",
        ]
        for role in agency.roles
    ]
    return table("posts", "Our posts at the table", columns, rows)

"""Agreements and data as the pages show them: what may pass, to whom, until when, and who checked it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roundtable.pages.numbers import ABSENT, day
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.joins.verdict import NeedVerdict
from roundtable.partnership.model.agreement import Agreement, Regime
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.contract_terms import Subjects
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.packs import joins_shown
from roundtable.partnership.packs.material import Material
from roundtable.partnership.packs.words import answer, number_told
from roundtable.partnership.sharing.lawfulness import is_verified

_SUBJECTS = {
    Subjects.NONE: "nobody",
    Subjects.AREAS: "areas",
    Subjects.PROPERTIES: "properties",
    Subjects.PEOPLE: "people",
}


def agreements(material: Material, agency_id: str) -> Table:
    """The agreements to which an agency is a party."""
    columns = (
        Column("Agreement", header=True, css="roomy"),
        Column("What we do"),
        Column("Stands"),
        Column("Review by"),
        Column("The law"),
    )
    found = [
        one for one in material.partnership.agreements if any(p.agency == agency_id for p in one.parties)
    ]
    rows: list[list[str | Cell]] = [
        [one.title, _part(one, agency_id), _stands(material, one), _review(material, one), law(material, one)]
        for one in found
    ]
    return table("agreements", "Agreements that we are a party to", columns, rows)


def _part(agreement: Agreement, agency_id: str) -> str:
    ours = next(party for party in agreement.parties if party.agency == agency_id)
    told = [word for word, so in (("give", ours.gives), ("receive", ours.receives)) if so]
    return " and ".join(told).capitalize() or ours.role.replace("_", " ").capitalize()


def _stands(material: Material, agreement: Agreement) -> Cell:
    today = material.partnership.charter.as_of
    if agreement.in_force_on(today):
        until = day(agreement.ends) if agreement.ends else "without an end"
        return Cell("In force", tag="good", note=f"until {until}" if agreement.ends else until)
    if agreement.starts > today:
        return Cell("Not started", tag="quiet", note=f"from {day(agreement.starts)}")
    if agreement.withdrawn_on is not None and agreement.withdrawn_by(today):
        return Cell("Withdrawn", tag="bad", note=f"on {day(agreement.withdrawn_on)}")
    paused = agreement.suspended_on(today)
    if paused is not None:
        return Cell("Suspended", tag="bad", note=f"since {day(paused.from_)}")
    return Cell("Expired", tag="bad", note=f"on {day(agreement.ends)}" if agreement.ends else "")


def _review(material: Material, agreement: Agreement) -> Cell:
    if agreement.review_by is None:
        return Cell(ABSENT)
    late = agreement.review_by < material.partnership.charter.as_of
    return Cell(day(agreement.review_by), css="noted" if late else "", note="overdue" if late else "")


def law(material: Material, agreement: Agreement) -> Cell:
    """Whether a named post has verified the footing of an agreement."""
    if agreement.basis.regime is Regime.NOT_PERSONAL and not agreement.basis.gateways:
        return Cell("Not personal data", css="words")
    if is_verified(material.study, agreement):
        on = agreement.basis.verified_on
        return Cell("Verified", tag="good", note=day(on) if on else "")
    return Cell("Unverified", tag="warn")


def datasets(material: Material, agency_id: str) -> Table:
    """The datasets that an agency creates, and who uses each today."""
    columns = (
        Column("Dataset", header=True, css="roomy"),
        Column("About"),
        Column("Days old when it arrives", numeric=True),
        Column("Used today by", css="roomy"),
        Column("Known defects", css="roomy"),
    )
    found = [one for one in material.partnership.datasets if one.terms.created_by == agency_id]
    rows: list[list[str | Cell]] = [
        [one.name, _SUBJECTS[one.terms.subjects], _age(one), _used(material, one), _defects(one)]
        for one in found
    ]
    return table("datasets", "Data that we create", columns, rows)


def _age(dataset: Dataset) -> Cell:
    age = dataset.terms.timeliness_days
    return Cell("nobody knows", css="words") if age == UNKNOWN else Cell(number_told(float(age)))


def _used(material: Material, dataset: Dataset) -> Cell:
    users = sorted({use.agency for use in dataset.terms.consumed_by} - {dataset.terms.created_by})
    if not users:
        return Cell("nobody but us", css="words")
    return Cell(material.agency_names(one for one in users if one is not None))


def _defects(dataset: Dataset) -> str:
    return "; ".join(dataset.terms.known_defects) or ABSENT


def asked_of(material: Material, agency_id: str) -> Table:
    """What others ask of an agency's data, and whether they may have it."""
    columns = (
        Column("Who asks", header=True, css="roomy"),
        Column("For what", css="roomy"),
        Column("Of which data", css="who"),
        Column("May they know?"),
        Column("Why", css="roomy"),
    )
    rows: list[list[str | Cell]] = [
        [
            material.agency_cell(verdict.need.agency),
            Cell(verdict.need.decision, note=material.partnership.scenario(verdict.scenario.id).title),
            dataset.name,
            answer(verdict.know),
            joins_shown.why(material, verdict, verdict.know),
        ]
        for verdict, dataset in _asked(material, agency_id)
    ]
    return table("asked", "What others need of our data", columns, rows)


def _asked(material: Material, agency_id: str) -> Iterator[tuple[NeedVerdict, Dataset]]:
    for verdict in material.verdicts.values():
        for dataset_id in verdict.need.datasets:
            dataset = material.partnership.dataset(dataset_id)
            if dataset.terms.created_by == agency_id and verdict.need.agency != agency_id:
                yield verdict, dataset


def owed_data(material: Material, agency_id: str) -> int:
    """How many needs of others the agency's data could meet and do not yet."""
    return len({v.need.id for v, _ in _asked(material, agency_id) if not v.know.holds})


def unverified_agreements(material: Material) -> Sequence[Agreement]:
    """Agreements in force about personal data whose footing no named post has verified."""
    today = material.partnership.charter.as_of
    return tuple(
        one
        for one in material.partnership.agreements
        if one.in_force_on(today)
        and one.basis.regime is not Regime.NOT_PERSONAL
        and not is_verified(material.study, one)
    )

"""May these columns be used for this, today? Everything is refused unless an agreement in force says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement, Grant, Party, Tier
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership


@dataclass(frozen=True)
class Permission:
    """The answer.

    Attributes:
        agreements: the agreements that permit it, by id, in order.
        columns: what they let through together, by the contract's names. None where refused.
        refusal: when nothing is permitted, why not and what would mend it, in sentences.
    """

    agreements: tuple[str, ...]
    columns: frozenset[str]
    refusal: str | None

    @property
    def granted(self) -> bool:
        """Whether anything at all is permitted."""
        return self.refusal is None


def permitted_columns(
    partnership: Partnership, dataset_id: str, table: str, purpose: Purpose, on: date
) -> Permission:
    """The columns of a table that agreements in force let through for a purpose.

    Args:
        partnership: what is agreed.
        dataset_id: the dataset, by id; one that nobody knows is refused like any other.
        table: the table, by its name in the contract.
        purpose: what the data are wanted for.
        on: the trusted clock's day; never the folder's `as_of`.
    """
    permitting: list[str] = []
    columns: set[str] = set()
    obstacles: list[str] = []
    for agreement in sorted(partnership.agreements, key=lambda agreement: agreement.id):
        grants = [g for g in agreement.grants if g.dataset == dataset_id and g.table == table]
        if not grants:
            continue
        found = [*_obstacles(partnership, agreement, dataset_id, purpose, on)]
        obstacles += found
        if not found:
            permitting.append(agreement.id)
            columns |= _columns(grants)
    if permitting:
        return Permission(tuple(permitting), frozenset(columns), None)
    refusal = " ".join(obstacles) or _nobody_grants(partnership, dataset_id, table)
    return Permission((), frozenset(), refusal)


def _columns(grants: list[Grant]) -> set[str]:
    return {column for grant in grants for column in grant.columns}


def _obstacles(
    partnership: Partnership, agreement: Agreement, dataset_id: str, purpose: Purpose, on: date
) -> Iterator[str]:
    """Everything that keeps an agreement from permitting, each a sentence with its remedy."""
    if agreement.tier is Tier.PROTOCOL:
        yield (
            f"Agreement '{agreement.id}' is a protocol, and a protocol alone grants nothing: "
            f"write a specific agreement under it."
        )
        return
    yield from _not_in_force(agreement, on)
    if purpose not in agreement.purposes:
        held = ", ".join(sorted(agreement.purposes))
        yield (
            f"Agreement '{agreement.id}' is for {held} and not for {purpose}: "
            f"its parties must agree to that purpose and add it."
        )
    yield from _no_giver(partnership, agreement, dataset_id, on)


def _not_in_force(agreement: Agreement, on: date) -> Iterator[str]:
    if on < agreement.starts:
        yield (
            f"Agreement '{agreement.id}' does not begin until {agreement.starts}: "
            f"wait for that day, or have its parties sign an earlier one."
        )
    if agreement.ends is not None and agreement.ends < on:
        yield (
            f"Agreement '{agreement.id}' ended on {agreement.ends}: "
            f"its parties must renew it and write the new 'ends'."
        )


def _no_giver(partnership: Partnership, agreement: Agreement, dataset_id: str, on: date) -> Iterator[str]:
    """Why nobody who may still give this dataset has signed; nothing when somebody has."""
    givers = _givers(partnership, agreement, dataset_id)
    if not givers:
        yield (
            f"Agreement '{agreement.id}' names no party that gives: "
            f"write 'gives: true' for the party whose data it lets through."
        )
        return
    found = [
        sentence
        for party in givers
        if (sentence := _cannot_give(partnership, agreement, party, on)) is not None
    ]
    if len(found) == len(givers):
        yield from found


def _givers(partnership: Partnership, agreement: Agreement, dataset_id: str) -> list[Party]:
    """The parties whose word lets this dataset through: its creator alone, when it is a party."""
    givers = [party for party in agreement.parties if party.gives]
    creator = next((d.terms.created_by for d in partnership.datasets if d.id == dataset_id), None)
    return [party for party in givers if party.agency == creator] or givers


def _cannot_give(partnership: Partnership, agreement: Agreement, party: Party, on: date) -> str | None:
    giver = partnership.agency(party.agency)
    if not giver.existed_on(on):
        return _ended(partnership, agreement, giver, on)
    if agreement.tier is Tier.OPEN_LICENCE:
        return None
    if party.signed_on is None or on < party.signed_on:
        return (
            f"Agreement '{agreement.id}' has not been signed for {giver.name}: "
            f"have it signed and write 'signed_on'."
        )
    return None


def _ended(partnership: Partnership, agreement: Agreement, giver: Agency, on: date) -> str:
    if giver.from_ is not None and on < giver.from_:
        return (
            f"Agreement '{agreement.id}' was given by {giver.name}, which does not exist until "
            f"{giver.from_}: wait for that day, or have the body that holds the data now sign."
        )
    begun = f"Agreement '{agreement.id}' was given by {giver.name}, which ended on {giver.to}: "
    if giver.successor is None:
        return begun + "have the body that holds its powers now sign a new one, and name it as 'successor'."
    successor = partnership.agency(giver.successor)
    return begun + f"have its successor {successor.name} ('{successor.id}') sign a new one."


def _nobody_grants(partnership: Partnership, dataset_id: str, table: str) -> str:
    known = {(grant.dataset, grant.table) for a in partnership.agreements for grant in a.grants}
    begun = f"No agreement grants anything of table '{table}' of dataset '{dataset_id}'"
    tables = sorted(name for dataset, name in known if dataset == dataset_id)
    if tables:
        return f"{begun}, only of {', '.join(tables)}: add a grant of it to an agreement."
    near = get_close_matches(dataset_id, sorted({dataset for dataset, _ in known}), n=1)
    hint = f" (the nearest dataset that one grants is '{near[0]}')" if near else ""
    return f"{begun}{hint}: write an agreement in agreements/ with a grant of it."

"""How data cross between the UK GDPR and part 3, in words, and what authorises that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from roundtable.governance.policy import law
from roundtable.governance.policy.deciding import Decision
from roundtable.governance.policy.standing import givers_of, receivers_of, users_of
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.regimes import Crossing
from roundtable.partnership.wording import listed

_OUT = "Collected for law enforcement (part 3 of the Data Protection Act 2018) and used for {purposes}"
_INTO = "Collected under the UK GDPR and used for law enforcement ({purposes})"


def crossings_of(partnership: Partnership, decision: Decision) -> Iterator[str]:
    """What authorises that what is permitted crosses from one regime to the other; nothing where it stays."""
    asked = decision.question
    if asked.purpose is None:
        return
    for name in decision.agreements:
        agreement = partnership.agreement(name)
        to = asked.principal.agency
        found = _found(partnership, agreement, asked.dataset, [to] if to else None, [asked.purpose], asked.on)
        yield from (f"{said}." for said in _sentences(found))


def crossings_in(partnership: Partnership, agreement: Agreement, dataset: str) -> Iterator[str]:
    """The same for all that an agreement lets through of a dataset, on each day that it stands."""
    days = {max(one.first, agreement.starts) for one in law.spans_of_law(partnership, agreement)}
    within = sorted(day for day in days if agreement.ends is None or day <= agreement.ends)
    found: dict[tuple[Crossing, Purpose], dict[str, None]] = {}
    for on in within:
        for key, titles in _found(partnership, agreement, dataset, None, agreement.purposes, on).items():
            found.setdefault(key, {}).update(titles)
    yield from (f"{said}." for said in _sentences(found))


def _found(
    partnership: Partnership,
    agreement: Agreement,
    dataset: str,
    users: list[str] | None,
    purposes: Iterable[Purpose],
    on: date,
) -> dict[tuple[Crossing, Purpose], dict[str, None]]:
    """By the way of crossing and the purpose, the titles of what authorises it for some giver and user."""
    parties = {party.agency for party in receivers_of(agreement)}
    found: dict[tuple[Crossing, Purpose], dict[str, None]] = {}
    for purpose in purposes:
        for giver in givers_of(partnership, agreement, dataset):
            for user in users_of(agreement, giver) if users is None else sorted(parties & set(users)):
                between = (giver.agency, user)
                crossed = law.authorised_by(partnership, agreement, dataset, between, purpose, on)
                if crossed is not None:
                    titles = found.setdefault((crossed[0], purpose), {})
                    titles.update(dict.fromkeys(crossed[1]))
    return found


def _sentences(found: dict[tuple[Crossing, Purpose], dict[str, None]]) -> Iterator[str]:
    """One sentence for the purposes that the same provisions serve."""
    alike: dict[tuple[Crossing, tuple[str, ...]], list[Purpose]] = {}
    for (way, purpose), titles in found.items():
        alike.setdefault((way, tuple(titles)), []).append(purpose)
    for (way, names), purposes in alike.items():
        said = listed(sorted(purpose.replace("_", " ") for purpose in purposes))
        begun = (_OUT if way is Crossing.OUT_OF_PART_3 else _INTO).format(purposes=said)
        yield f"{begun}: {_by(names)}"


def _by(names: tuple[str, ...]) -> str:
    if not names:
        return "nothing that it names authorises this"
    quoted = [f"'{name}'" for name in names]
    return f"{listed(quoted)} authorise{'' if len(names) > 1 else 's'} this"

"""What the law lets a person ask for, on what footing the data are held, and what a decision must say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roundtable.errors import NotPermitted, Place, Problem
from roundtable.governance.rights.law import Reach, erasure_grounds, exemptions, reach_of, sureness
from roundtable.governance.rights.objections import BINDING
from roundtable.ledger.models import Outcome, Right
from roundtable.ledger.requests import RequestRecord
from roundtable.partnership.model.agreement import Agreement, Regime
from roundtable.partnership.nearest import nearest

PART_3 = "part_3"
_BASIS = re.compile(r"6\s*\(1\)\s*\(([a-z]{1,2})\)")


@dataclass(frozen=True)
class Footing:
    """An agreement under which a person's data are held, and whether a right reaches it.

    Attributes:
        agreement: its id.
        basis: the lawful basis, as the table of rights knows it; `unknown` where the agreement is silent.
        reach: what the table says; None where it does not know the basis.
    """

    agreement: str
    basis: str
    reach: Reach | None

    @property
    def told(self) -> str:
        """The same in a sentence."""
        if self.reach is None:
            return f"'{self.agreement}' does not say on what lawful basis it rests: look it up."
        verb = {"yes": "reaches", "no": "does not reach", "perhaps": "may reach"}[self.reach.applies]
        right, provision, sure = self.reach.right, self.reach.provision, sureness(self.reach.status)
        return f"The right ({right}) {verb} '{self.agreement}', {self.basis}: {provision} ({sure})."


def footings(right: Right, agreements: Iterable[Agreement]) -> tuple[Footing, ...]:
    """For each agreement under which data are held, whether a right reaches it, in order of their ids."""
    return tuple(
        Footing(agreement.id, basis, reach_of(right, basis))
        for agreement in sorted(agreements, key=lambda agreement: agreement.id)
        for basis in _bases(agreement)
    )


def regime_of(agreements: Iterable[Agreement]) -> Regime:
    """The regime by which a request is timed: the law enforcement one only where all data are under it."""
    regimes = {agreement.basis.regime for agreement in agreements}
    return Regime.LAW_ENFORCEMENT if regimes == {Regime.LAW_ENFORCEMENT} else Regime.UK_GDPR


def see_that_may_decide(
    request: RequestRecord,
    outcome: Outcome,
    why: str,
    upheld: Iterable[str],
    named: Iterable[str],
    held: bool,
    under: Iterable[Footing] = (),
    grounds: Iterable[str] = (),
) -> None:
    """See that a decision keeps the rules.

    Args:
        request: what is decided.
        outcome: how.
        why: the reason, which the person is told.
        upheld: for an objection or a restriction, the purposes for which it is upheld.
        named: the ids of the exemptions that it rests on.
        held: whether a legal hold covers any of the records.
        under: whether the right reaches each agreement under which the data are held.
        grounds: the ids of the grounds that an erasure rests on where the person has no right to it.

    Raises:
        NotPermitted: naming every rule that it breaks.
    """
    found = [*_of_any(request, why), *_of_exemptions(request, outcome, tuple(named))]
    found += _of_purposes(request, outcome, frozenset(upheld))
    found += _of_grounds(request, outcome, tuple(under), tuple(grounds))
    if held and request.right is Right.ERASURE and outcome in (Outcome.GRANTED, Outcome.PARTLY):
        what = "records that it is about are under a legal hold"
        found.append(_problem(request, "legal-hold", what, "refuse it, or lift the hold first"))
    if found:
        raise NotPermitted(found)


def beyond_the_right(request: RequestRecord, outcome: Outcome, under: Iterable[Footing]) -> tuple[str, ...]:
    """What to warn of when an erasure is granted: each agreement that the right does not surely reach.

    To erase what a public task or a legal obligation needs can itself break the law.
    """
    if request.right is not Right.ERASURE or outcome not in (Outcome.GRANTED, Outcome.PARTLY):
        return ()
    return tuple(one.told for one in under if one.reach is None or one.reach.applies != "yes")


def _of_grounds(
    request: RequestRecord, outcome: Outcome, under: tuple[Footing, ...], grounds: tuple[str, ...]
) -> Iterator[Problem]:
    """An erasure that the law gives no right to names why it is made all the same."""
    known = erasure_grounds()
    for name in grounds:
        if name not in known:
            near = nearest(name, sorted(known))
            hint = f"did you mean '{near}'?" if near else f"name one of {', '.join(known)}"
            yield _problem(request, "ground-unknown", f"there is no ground '{name}'", hint)
    granted = request.right is Right.ERASURE and outcome in (Outcome.GRANTED, Outcome.PARTLY)
    if grounds and not granted:
        what = "a ground is named, and only an erasure that is granted rests on one"
        yield _problem(request, "ground-other", what, "leave --ground out")
    without = [one.told for one in under if one.reach is not None and one.reach.applies == "no"]
    if granted and without and not grounds:
        what = f"the person has no right to the erasure of all of it. {' '.join(without)}"
        remedy = f"refuse it, or name why it is erased all the same: --ground, one of {', '.join(known)}"
        yield _problem(request, "request-no-ground", what, remedy)


def _bases(agreement: Agreement) -> Iterator[str]:
    if agreement.basis.regime is Regime.LAW_ENFORCEMENT:
        yield PART_3
        return
    if agreement.basis.regime is Regime.NOT_PERSONAL:
        return
    found = sorted({f"6(1)({letters})" for letters in _BASIS.findall(agreement.basis.article_6 or "")})
    yield from found or ["unknown"]


def _of_any(request: RequestRecord, why: str) -> Iterator[Problem]:
    if not request.is_open:
        what = f"it was decided on {request.decided_on}: {request.outcome}"
        yield _problem(request, "request-decided", what, "take a new request if there is something new")
    if not why.strip():
        yield _problem(request, "request-no-reason", "no reason is given", "say why: the person is told")


def _of_exemptions(request: RequestRecord, outcome: Outcome, named: tuple[str, ...]) -> Iterator[Problem]:
    known = exemptions()
    for name in named:
        row = known.get(name)
        if row is None:
            near = nearest(name, sorted(known))
            hint = f"did you mean '{near}'?" if near else "see the table in docs/rights.md"
            yield _problem(request, "exemption-unknown", f"there is no exemption '{name}'", hint)
        elif request.right not in row.rights:
            rights = ", ".join(sorted(row.rights))
            what = f"'{name}' limits {rights} and not {request.right}"
            yield _problem(request, "exemption-other-right", what, "name one that limits this right")
    limits = outcome in (Outcome.REFUSED, Outcome.PARTLY) and request.right is not Right.COMPLAINT
    if limits and not named and request.right not in (Right.RECTIFICATION, Right.OBJECTION):
        what = "a refusal names no exemption"
        yield _problem(request, "request-no-exemption", what, "name what it rests on: --exemption ID")


def _of_purposes(request: RequestRecord, outcome: Outcome, upheld: frozenset[str]) -> Iterator[Problem]:
    grants = outcome in (Outcome.GRANTED, Outcome.PARTLY)
    if request.right not in BINDING:
        if upheld:
            what = f"purposes are named, and a request for {request.right} is upheld for none"
            yield _problem(request, "request-purposes", what, "leave --for out")
        return
    if grants and not upheld:
        what = "it is granted for no purpose"
        yield _problem(request, "request-purposes", what, "name what it is upheld for: --for PURPOSE")
    if not grants and upheld:
        what = "it is refused and upheld at once"
        yield _problem(request, "request-purposes", what, "leave --for out, or grant it")
    beyond = sorted(upheld - set(request.purposes))
    if beyond:
        what = f"the person did not ask about {', '.join(beyond)}"
        yield _problem(request, "request-purposes", what, f"it was about {', '.join(request.purposes)}")


def _problem(request: RequestRecord, rule: str, what: str, remedy: str) -> Problem:
    return Problem(Place("ledger", key=f"request {request.number}"), rule, what, remedy)

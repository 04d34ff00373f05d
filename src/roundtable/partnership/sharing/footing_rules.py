"""Whether the footing in data-protection law is whole: basis, conditions, assessment, retention, review."""

from __future__ import annotations

from collections.abc import Sequence

from roundtable.partnership.model.agreement import Regime
from roundtable.partnership.sharing.case import Case, Faults
from roundtable.partnership.sharing.faults import FaultRule
from roundtable.partnership.sharing.provisions import (
    SENSITIVE_PROCESSING,
    article_6_letters,
    article_9_letters,
    has_schedule_1_condition,
)
from roundtable.partnership.sharing.regimes import authorised_in_a_meeting, is_competent
from roundtable.partnership.wording import listed

#: Paragraphs of article 6(1) that public authorities may not rest on in performing their tasks.
_PRIVATE = frozenset({"f", "ea"})


def footing_rules(case: Case) -> Faults:
    """Everything that the regime of the agreement asks for; then what every agreement needs."""
    match case.basis.regime:
        case Regime.NOT_PERSONAL:
            what = "It says that the data are not personal, and the dataset is treated as personal."
            change = (
                f"Write the regime and its footing in {case.file}; or, if the contract is wrong, mend that."
            )
            yield case.fault(FaultRule.REGIME_NOT_PERSONAL, what, change)
        case Regime.LAW_ENFORCEMENT:
            yield from _law_enforcement(case)
        case Regime.UK_GDPR:
            yield from _lawful_basis(case)
            yield from _conditions(case)
    yield from _papers(case)


def _lawful_basis(case: Case) -> Faults:
    letters = article_6_letters(case.basis)
    if not letters:
        what = "It names no lawful basis: no paragraph of article 6(1) of the UK GDPR."
        change = f"Write it as 'article_6' in {case.file}, such as '6(1)(e) public task'."
        yield case.fault(FaultRule.NO_LAWFUL_BASIS, what, change)
    elif letters <= _PRIVATE:
        yield from _private_basis(case, letters)


def _private_basis(case: Case, letters: frozenset[str]) -> Faults:
    """Only a body that is known to be no public authority may rest on these alone."""
    bodies = [body for body in (case.giver, case.receiver) if body.public_authority is not False]
    basis = listed(f"6(1)({letter})" for letter in sorted(letters))
    for body in bodies:
        if body.public_authority is True:
            what = f"{body.name} is a public authority, and it may not rest on article {basis} for its tasks."
        else:
            what = (
                f"Whether {body.name} is a public authority is unknown; one may not rest on article {basis}."
            )
        change = basis_beside([body.name], case.file)
        yield case.fault(FaultRule.PRIVATE_BASIS, what, change, body.id)


def basis_beside(bodies: Sequence[str], file: str) -> str:
    """The change for bodies that may not rest on a private basis: one text serves all the parties."""
    have = "has" if len(bodies) == 1 else "have"
    return (
        f"Beside what stands in 'article_6' in {file}, write the basis that {listed(bodies)} {have}, such as "
        "'6(1)(e) public task'."
    )


def _conditions(case: Case) -> Faults:
    letters = article_9_letters(case.basis)
    name = case.dataset.name
    if case.sensitive and not letters:
        known = case.dataset.terms.special_category is True
        held = "holds special-category data" if known else "may hold special-category data"
        what = f"'{name}' {held}, and it names no condition of article 9(2) of the UK GDPR."
        change = f"Write it as 'article_9' in {case.file}, such as '9(2)(g) substantial public interest'."
        yield case.fault(FaultRule.NO_ARTICLE_9, what, change)
    offences = case.dataset.terms.criminal_offence is not False
    if ("g" in letters or offences) and not has_schedule_1_condition(case.basis):
        why = (
            "It rests on article 9(2)(g)" if "g" in letters else f"'{name}' holds, or may hold, offence data"
        )
        what = f"{why}, and it names no condition of schedule 1 to the Data Protection Act 2018."
        change = f"Write the condition as 'schedule_1' in {case.file}."
        yield case.fault(FaultRule.NO_SCHEDULE_1, what, change)
    if "g" in letters and not case.basis.appropriate_policy_document:
        what = "It rests on article 9(2)(g), and no appropriate policy document is recorded."
        change = f"Once there is one, write 'appropriate_policy_document: true' in {case.file}."
        yield case.fault(FaultRule.NO_POLICY_DOCUMENT, what, change)


def _law_enforcement(case: Case) -> Faults:
    """Part 3 serves competent authorities; a body that is none receives only by a recorded authority."""
    if not is_competent(case.partnership, case.giver):
        what = f"It is under part 3 of the Data Protection Act 2018, and {case.giver.name} is no competent "
        change = f"Write 'regime: uk_gdpr' and its footing in {case.file}."
        yield case.fault(FaultRule.NOT_COMPETENT, what + "authority.", change)
    if not is_competent(case.partnership, case.receiver) and not authorised_in_a_meeting(case):
        what = (
            f"The data leave part 3 of the Data Protection Act 2018 when {case.receiver.name} has them, and "
        )
        change = (
            "Record in a meeting the decision that authorises it: 'verdict: agreed', the post, the 'gateway' "
            f"it rests on, and '{case.agreement.id}' among its agreements."
        )
        yield case.fault(FaultRule.CROSSING_REGIMES, what + "no authority for that is recorded.", change)
    if case.sensitive:
        yield from _sensitive_processing(case)


def _sensitive_processing(case: Case) -> Faults:
    if SENSITIVE_PROCESSING not in case.basis.gateways:
        what = f"'{case.dataset.name}' is sensitive, and no condition of schedule 8 is named."
        change = f"Name '{SENSITIVE_PROCESSING}' in 'gateways' in {case.file}."
        yield case.fault(FaultRule.NO_SCHEDULE_8, what, change)
    if not case.basis.appropriate_policy_document:
        what = "It is sensitive processing under part 3, and no appropriate policy document is recorded."
        change = f"Once there is one, write 'appropriate_policy_document: true' in {case.file}."
        yield case.fault(FaultRule.NO_POLICY_DOCUMENT, what, change)


def _papers(case: Case) -> Faults:
    if not case.basis.impact_assessment:
        what = "It names no data protection impact assessment."
        change = f"Write its reference as 'impact_assessment' in {case.file}."
        yield case.fault(FaultRule.NO_IMPACT_ASSESSMENT, what, change)
    if case.agreement.retention_days is None:
        what = "It does not say how long the data are kept."
        change = f"Write 'retention_days' in {case.file}."
        yield case.fault(FaultRule.NO_RETENTION, what, change)
    if case.agreement.review_by is None:
        what = "It does not say by when it is reviewed."
        change = f"Write 'review_by' in {case.file}."
        yield case.fault(FaultRule.NO_REVIEW, what, change)

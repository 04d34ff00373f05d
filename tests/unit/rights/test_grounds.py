"""An erasure that the law gives no right to, and reports that go when what may be seen changes."""

from datetime import timedelta

import pytest

from roundtable.errors import NotPermitted
from roundtable.ledger import audit
from roundtable.ledger.models import Outcome, Right, SealKind
from roundtable.rights import requesting, sealing
from tests.factories_rights import NHS_A, NOW, People
from tests.unit.rights.desk import GROUND, desk


def test_an_erasure_that_the_law_gives_no_right_to_warns_and_names_its_ground(people: People) -> None:
    gone = people.incident("CRIME-1", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    office = desk(people)
    asked = requesting.take(office, Right.ERASURE, NOW.date(), "dpo", [gone])
    with pytest.raises(NotPermitted) as refused:
        requesting.decide(office, asked, Outcome.GRANTED, "dpo", "they asked for it")
    said = str(refused.value)
    assert "The right (erasure) does not reach 'sharing', 6(1)(e): UK GDPR article 17(3)(b)" in said
    assert "--ground, one of gdpr.art17.1.a," in said
    with pytest.raises(NotPermitted, match=r"there is no ground 'gdpr\.art17\.1\.x'"):
        requesting.decide(office, asked, Outcome.GRANTED, "dpo", "they asked", grounds=["gdpr.art17.1.x"])
    with pytest.raises(NotPermitted, match="only an erasure that is granted rests on one"):
        requesting.decide(office, asked, Outcome.REFUSED, "dpo", "no", (), ["gdpr.art17.3.b"], GROUND)
    (warning,) = requesting.decide(
        office, asked, Outcome.GRANTED, "dpo", "it was about another", grounds=GROUND
    )
    assert "does not reach 'sharing'" in warning
    assert requesting.the_request(asked).exemptions == GROUND
    (event,) = [event for event in audit.events() if event.action == "request.decided"]
    assert event.detail["exemptions"] == list(GROUND)


def test_an_erasure_to_which_there_is_a_right_needs_no_ground(people: People) -> None:
    gone = people.incident("CRIME-1", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    office = desk(people, basis={"regime": "uk_gdpr", "article_6": "6(1)(a) consent"})
    asked = requesting.take(office, Right.ERASURE, NOW.date(), "dpo", [gone])
    assert requesting.decide(office, asked, Outcome.GRANTED, "dpo", "consent was withdrawn") == ()


@pytest.mark.parametrize("act", ["set", "release", "lift"])
def test_whatever_changes_what_may_be_seen_takes_the_last_report_away(people: People, act: str) -> None:
    people.record("1", nhs_number=NHS_A)
    people.deliver()
    office, reason = desk(people), "by order of a court"
    covered = sealing.Covered(nhs_numbers=(NHS_A,))
    number = 1
    if act != "set":
        number = sealing.set_seal(office, SealKind.PROTECTED_WITNESS, covered, "dpo", reason)
    report = people.folder / ".roundtable" / "report.html"
    report.write_text("what it said before")
    if act == "set":
        sealing.set_seal(office, SealKind.PROTECTED_WITNESS, covered, "dpo", reason)
    elif act == "release":
        ends = NOW + timedelta(hours=2)
        sealing.release(office, number, "rights_of_the_person", "dpo", "siro", reason, ends)
    else:
        sealing.lift(office, number, "dpo", "siro", reason)
    assert not report.exists()

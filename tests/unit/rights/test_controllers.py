"""Posts are bound to the agency whose data they are: the policy says so, and every act keeps it."""

from dataclasses import replace

import pytest

from roundtable.data.subjects.finding import Sought
from roundtable.errors import NotPermitted, SettingUnusable
from roundtable.governance.policy.printing import every_rule, sentence, told
from roundtable.governance.rights.controllers import Came, coverage, dealing, may_deal, posts_for
from roundtable.ledger import audit
from roundtable.ledger.models import Outcome, Right
from roundtable.partnership.model.whole import Partnership
from roundtable.rights import erasing, rectifying, requesting
from roundtable.rights.office import Office
from roundtable.rights.showing import found, shown
from tests.factories import agency, agreement, dataset, partnership
from tests.factories_rights import NHS_A, NOW, People
from tests.unit.rights.desk import GROUND, POSTS, desk

TODAY = NOW.date()
BASIS = {"regime": "uk_gdpr", "article_6": "6(1)(e) public task"}
CHARITY = [
    {"id": "charity-dpo", "title": "Data protection officer", "kind": "dpo"},
    {"id": "charity-siro", "title": "Senior information risk owner", "kind": "siro"},
    {"id": "charity-lead", "title": "Service lead", "kind": "service_lead"},
]


def _party(agency_id: str, role: str = "joint_controller", **said: object) -> dict[str, object]:
    return {"agency": agency_id, "role": role, "signed_on": "2026-01-01"} | said


def county() -> Partnership:
    """The police and the council share crimes; the charity alone holds its cases, which it creates."""
    shared = {
        "parties": [
            _party("police", gives=True),
            _party("council", receives=True),
            _party("host", "processor"),
        ],
        "grants": [{"dataset": "police", "table": "rows", "columns": ["uprn"]}],
        "basis": BASIS,
    }
    own = {
        "parties": [
            _party("charity", gives=True),
            {"agency": "council", "role": "controller", "receives": True},
        ],
        "grants": [{"dataset": "care", "table": "rows", "columns": ["uprn"]}],
        "basis": BASIS,
    }
    host = [{"id": "host-siro", "title": "Senior information risk owner", "kind": "siro"}]
    return partnership(
        agency("police", kind="police", name="The police", roles=POSTS[:2]),
        agency("council", name="The council", roles=POSTS[2:]),
        agency("charity", name="The charity", roles=CHARITY),
        agency("host", name="The host", roles=host),
        dataset("care", "charity"),
        agreement("sharing", **shared),
        agreement("casework", **own),
    )


def _office(people: People) -> Office:
    return replace(desk(people), partnership=replace(county(), folder=people.folder))


CRIMES, CASES = Came("police", ("sharing",)), Came("care", ("casework",))


@pytest.mark.parametrize(
    ("post", "came", "says"),
    [
        (
            "caldicott",
            CRIMES,
            "Caldicott guardian of The council may erase 'police' on 23 November 2026, under sharing.",
        ),
        (
            "charity-dpo",
            CASES,
            "Data protection officer of The charity may erase 'Dataset care' on 23 November ",
        ),
        (
            "dpo",
            CASES,
            "Data protection officer of The police may not erase 'Dataset care' on 23 November 2026. ",
        ),
        (
            "charity-dpo",
            CRIMES,
            "Data protection officer of The charity may not erase 'police' on 23 November",
        ),
        ("host-siro", CRIMES, "Senior information risk owner of The host may not erase 'police'"),
        ("worker", CRIMES, "Safeguarding lead of The council may not erase 'police' on 23 November 2026."),
        ("caldicott", CASES, "Caldicott guardian of The council may not erase 'Dataset care'"),
    ],
)
def test_who_may_deal_with_what_reads_as_a_sentence(post: str, came: Came, says: str) -> None:
    """A processor is no controller, a party that has not signed is none yet, a lead answers for no data."""
    made = county()
    assert sentence(made, may_deal(made, post, came, TODAY)).startswith(says)


def test_the_printed_policy_says_who_deals_with_requests() -> None:
    made = county()
    lines = "\n".join(told(made, every_rule(made, "police")))
    assert (
        "Posts of a controller that has signed 'sharing' may erase what came under it, and whoever may erase "
        "it deals with the person's requests: caldicott guardian, dpo, iao and siro."
    ) in lines


def test_only_what_came_under_an_agreement_is_its_controllers() -> None:
    made = county()
    assert may_deal(made, "caldicott", CRIMES, TODAY).permitted
    assert not may_deal(made, "caldicott", Came("police", ("casework",)), TODAY).permitted
    assert not may_deal(made, "caldicott", Came("police", ()), TODAY).permitted


def test_a_request_that_spans_controllers_says_whose_it_is_and_who_deals_with_the_rest() -> None:
    made = county()
    found_ = dealing(made, "dpo", [CRIMES, CASES], TODAY)
    assert found_.may == frozenset({CRIMES})
    assert found_.may_not == frozenset({CASES})
    assert found_.told(made) == (
        "'police': data of The council and The police; 'dpo' may deal with them; "
        "caldicott or dpo or siro may.",
        "'Dataset care': data of The charity; 'dpo' may not deal with them; charity-dpo or charity-siro may.",
    )
    assert posts_for(made, CASES, TODAY) == ("charity-dpo", "charity-siro")
    assert len(coverage(made, [CRIMES, CASES], TODAY)) == 2


def _two(people: People) -> tuple[str, str]:
    """The same person in crimes of the police and cases of the charity."""
    crime = people.record("c1", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    case = people.record("k1", dataset="care", surname="Ash", nhs_number=NHS_A)
    people.deliver("care", agreements=["casework"])
    return crime, case


def test_a_post_finds_and_is_shown_its_own_agencys_data_alone(people: People) -> None:
    crime, case = _two(people)
    office = _office(people)
    for post, own in (("dpo", crime), ("charity-dpo", case)):
        rows = found(office, Sought(nhs_number=NHS_A), post, "request 1")
        assert [row["record_id"] for row in rows] == [own]
    told_ = shown(office, [crime, case], "dpo", "request 1")
    assert [row["record_id"] for row in told_["records"]] == [crime]
    assert "charity-dpo or charity-siro may" in " ".join(told_["covers"])
    assert {one["dataset"] for one in told_["from"]} == {"police"}
    with pytest.raises(NotPermitted, match="may not deal with any of it") as refused:
        shown(office, [case], "dpo", "request 1")
    assert "'Dataset care': data of The charity" in str(refused.value)


def test_every_look_is_in_the_chain_with_post_and_purpose_and_so_is_a_refused_one(people: People) -> None:
    _two(people)
    office = _office(people)
    found(office, Sought(nhs_number=NHS_A), "dpo", "request 1")
    for post in ("worker", "host-siro"):
        with pytest.raises(NotPermitted):
            found(office, Sought(nhs_number=NHS_A), post, "request 1")
    looks = [event.detail for event in audit.events() if event.action == "subject.looked_at"]
    assert [(one["by"], one["how"], len(one["looked_at"])) for one in looks] == [
        ("dpo", "found", 1),
        ("worker", "refused", 0),
        ("host-siro", "refused", 0),
    ]
    assert {one["purpose"] for one in looks} == {"rights_of_the_person"}


def test_no_post_decides_or_erases_other_agencies_data(people: People) -> None:
    crime, case = _two(people)
    office = _office(people)
    with pytest.raises(SettingUnusable, match="there is no record"):
        requesting.take(office, Right.ERASURE, TODAY, "dpo", [crime, case])
    number = requesting.take(office, Right.ERASURE, TODAY, "charity-dpo", [case])
    with pytest.raises(NotPermitted, match="may not deal with any of it"):
        requesting.decide(office, number, Outcome.GRANTED, "dpo", "because", grounds=GROUND)
    requesting.decide(office, number, Outcome.GRANTED, "charity-dpo", "because", grounds=GROUND)
    for by, second in (("dpo", "charity-siro"), ("charity-dpo", "siro")):
        with pytest.raises(NotPermitted, match="The police may not deal with any of it"):
            erasing.order_erasure(office, number, by, second)
    assert erasing.order_erasure(office, number, "charity-dpo", "charity-siro") == 1
    right = requesting.take(office, Right.RECTIFICATION, TODAY, "charity-dpo", [case])
    requesting.decide(office, right, Outcome.GRANTED, "charity-dpo", "shown")
    with pytest.raises(NotPermitted, match="may not deal with any of it"):
        rectifying.rectify(office, right, case, "surname", "Elm", "dpo")
    (line,) = requesting.assess(office, right).covers
    assert line == "'Dataset care': data of The charity; charity-dpo or charity-siro may."

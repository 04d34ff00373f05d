"""Cedar decides and Python explains: whatever is agreed, the two never part.

Three ways to the same answer, for agreements of every shape: what Cedar says of the compiled rules, what the
rules say read plainly, and whether the agreements themselves give a reason against it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from roundtable.governance.permission import permitted_columns, permitted_for_any_purpose
from roundtable.governance.policy import days
from roundtable.governance.policy.actions import BY_RECIPIENTS, BY_THE_SYSTEM, Action
from roundtable.governance.policy.cedar import Answer, Cedar
from roundtable.governance.policy.compiling import compiled
from roundtable.governance.policy.deciding import decide
from roundtable.governance.policy.explaining import grants_of, obstacles_of
from roundtable.governance.policy.principals import (
    THE_SYSTEM,
    Principal,
    PrincipalKind,
    agency_asking,
    post_asking,
)
from roundtable.governance.policy.question import Circumstances, Question
from roundtable.governance.policy.rules import Circumstance, Effect, Rule
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.model.zone import Zone
from roundtable.partnership.no_score.fields import zone_of
from tests.factories import meeting, scenario
from tests.factories_sharing import basis, body, gateway, party, records, share, table

TODAY = date(2026, 11, 23)
#: Near enough that edges meet: the first and last days of one thing fall on those of another.
near = st.integers(-3, 3).map(lambda number: (TODAY + timedelta(days=number)).isoformat())
maybe_near = st.none() | near
PURPOSES = [Purpose.SAFEGUARDING_ADULTS, Purpose.CRISIS_CARE, Purpose.SERIOUS_VIOLENCE_DUTY]
COLUMNS = ["person", "risk", "faith"]
AGENCIES = ["police", "council", "charity"]
POWERS = ["any.power", "dated", "councils", "cda98.s115", "dpa18.sch8", "dpa18.sch2.p2"]


@st.composite
def agreements(draw: st.DrawFn, id: str) -> Any:
    """An agreement that may lack anything."""
    signed = [
        party(
            agency,
            gives=draw(st.booleans()),
            receives=draw(st.booleans()),
            signed_on=draw(st.none() | st.just("2025-12-01") | near),
            withdrawn_on=draw(st.none() | st.none() | near),
        )
        for agency in draw(st.lists(st.sampled_from(AGENCIES), min_size=1, max_size=3, unique=True))
    ]
    pauses = draw(st.lists(st.tuples(near, maybe_near), max_size=2))
    suspended = [
        {"from": first, "to": last, "by": "police-post", "reason": "A pause."}
        for first, last in pauses
        if last is None or first <= last
    ]
    return share(
        id,
        tier=draw(st.sampled_from(["specific", "specific", "specific", "open_licence", "protocol"])),
        purposes=draw(st.lists(st.sampled_from(PURPOSES), min_size=1, max_size=3, unique=True)),
        scenarios=draw(st.sampled_from([[], ["low"], ["low", "high"]])),
        rung=draw(st.integers(0, 5)),
        parties=signed,
        grants=[
            {
                "dataset": "calls",
                "table": draw(st.sampled_from(["rows", "rows", "others"])),
                "columns": draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=3, unique=True)),
            }
        ],
        basis=basis(
            regime=draw(st.sampled_from(["uk_gdpr", "uk_gdpr", "dpa_2018_part_3", "not_personal"])),
            gateways=draw(st.lists(st.sampled_from(POWERS), max_size=2, unique=True)),
        ),
        starts=draw(st.just("2026-01-01") | near),
        ends=draw(st.just("2027-12-31") | maybe_near),
        withdrawn_on=draw(st.none() | st.none() | near),
        suspended=suspended,
    )


@st.composite
def partnerships(draw: st.DrawFn) -> Partnership:
    """Up to three agreements over one dataset, among bodies that may be gone."""
    council = body("council", **{"from": draw(maybe_near)}, to=draw(st.none() | st.none() | near))
    police = body("police", to=draw(st.none() | st.none() | near))
    decided = {
        "id": "cross",
        "question": "May it cross?",
        "verdict": draw(st.sampled_from(["agreed", "agreed", "refused"])),
        "reason": "So it is.",
        "by": "police-post",
        "gateway": "any.power",
        "concerning": {"agreements": ["a1"]},
    }
    powers = (
        gateway(),
        gateway("dated", in_force_from=draw(maybe_near), in_force_to=draw(maybe_near)),
        gateway("councils", recipient_kinds=["local_authority"], purposes=[draw(st.sampled_from(PURPOSES))]),
    )
    subjects, creator = draw(st.sampled_from(["people", "areas"])), draw(st.sampled_from([*AGENCIES, None]))
    made: list[Any] = [draw(agreements(f"a{n}")) for n in range(1, 1 + draw(st.integers(1, 3)))]
    calls = records(
        created_by=creator,
        subjects=subjects,
        criminalOffence=draw(st.booleans()),
        collectedUnder=draw(st.sampled_from([None, None, "uk_gdpr", "dpa_2018_part_3"])),
    )
    properties = [{"name": name} for name in COLUMNS]
    wider = calls.model_copy(
        update={"schema_": (calls.schema_[0].model_validate({"name": "rows", "properties": properties}),)}
    )
    held = (meeting("m", on=draw(near), decisions=[decided]),)
    scenarios = (scenario("low", rung=2), scenario("high", rung=5))
    return table(wider, council, police, *powers, *scenarios, *made, meetings=held)


@st.composite
def questions(draw: st.DrawFn, made: Partnership) -> Question:
    principal = draw(
        st.sampled_from(
            [THE_SYSTEM, *(agency_asking(one) for one in AGENCIES), post_asking(made, "council-post")]
        )
    )
    own = BY_THE_SYSTEM if principal.kind is PrincipalKind.SYSTEM else BY_RECIPIENTS
    return Question(
        principal,
        draw(st.sampled_from([*own, *own, *own, *Action])),
        "calls",
        "rows",
        tuple(draw(st.lists(st.sampled_from([*COLUMNS, "other"]), min_size=1, max_size=3, unique=True))),
        draw(st.sampled_from(PURPOSES)),
        date.fromisoformat(draw(near)),
        draw(circumstances),
    )


circumstances = st.just(Circumstances()) | st.builds(
    Circumstances,
    sealed=st.booleans(),
    released=st.booleans(),
    objections=st.frozensets(st.sampled_from(PURPOSES)),
    zone=st.none() | st.sampled_from(list(Zone)),
)


class Plain:
    """The rules read plainly, with no engine at all: what a second engine would have to do."""

    def answers(self, rules: tuple[Rule, ...], asked: Question) -> tuple[Answer, ...]:
        return tuple(self._answer(rules, asked, column) for column in asked.columns or ("",))

    def _answer(self, rules: tuple[Rule, ...], asked: Question, column: str) -> Answer:
        fitting = [rule for rule in rules if _fits(rule, asked, column)]
        against = [rule.id for rule in fitting if rule.effect is Effect.FORBID]
        by = against or [rule.id for rule in fitting]
        return Answer(bool(fitting) and not against, tuple(sorted(by)))


def _fits(rule: Rule, asked: Question, column: str) -> bool:
    about = asked.circumstances
    circumstance = {
        None: True,
        Circumstance.SEALED: about.sealed and not about.released,
        Circumstance.OBJECTED: asked.purpose in about.objections,
    }[rule.circumstance]
    return (
        asked.action in rule.actions
        and _is(rule.principal, asked.principal)
        and (not rule.posts or asked.principal.post in rule.posts)
        and rule.dataset in (None, asked.dataset)
        and rule.table in (None, asked.table)
        and (rule.columns is None or column in rule.columns)
        and (rule.purposes is None or asked.purpose in rule.purposes)
        and days.holds(rule.days, asked.on)
        and rule.zone in (None, about.zone)
        and circumstance
    )


def _is(named: Principal | None, who: Principal) -> bool:
    if named is None or named == who:
        return True
    return named.kind is PrincipalKind.AGENCY and named.agency == who.agency


FEW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(data=st.data())
def test_cedar_and_the_rules_read_plainly_decide_alike(data: st.DataObject) -> None:
    made = data.draw(partnerships())
    asked = data.draw(questions(made))
    for whose in (asked.principal, None):
        rules = compiled(made, "calls", whose)
        assert Cedar().answers(rules, asked) == Plain().answers(rules, asked)


@FEW
@given(data=st.data())
def test_there_is_a_reason_exactly_where_it_is_refused(data: st.DataObject) -> None:
    made = data.draw(partnerships())
    asked = data.draw(questions(made))
    # A refusal without a reason would be an error here already.
    answer = decide(made, asked)
    assert answer.permitted is (answer.refusal is None)
    if answer.permitted and answer.agreements:
        for name in answer.agreements:
            assert not list(obstacles_of(made, made.agreement(name), asked))


@FEW
@given(data=st.data())
def test_what_a_run_may_read_is_what_agreements_without_an_obstacle_grant(data: st.DataObject) -> None:
    made = data.draw(partnerships())
    on = date.fromisoformat(data.draw(near))
    union: set[str] = set()
    for purpose in PURPOSES:
        expected, agreed = _by_hand(made, purpose, on)
        answer = permitted_columns(made, "calls", "rows", purpose, on)
        assert (set(answer.columns), set(answer.agreements)) == (expected, agreed)
        assert answer.granted is bool(expected) and (answer.refusal is None) is bool(expected)
        union |= expected
    every = permitted_for_any_purpose(made, "calls", "rows", on)
    assert every.columns == union
    assert every.granted is bool(union)
    assert {p: set(columns) for p, columns in every.by_purpose.items()} == {
        p: _by_hand(made, p, on)[0] for p in PURPOSES if _by_hand(made, p, on)[0]
    }


def _by_hand(made: Partnership, purpose: Purpose, on: date) -> tuple[set[str], set[str]]:
    """What the agreements say, without the compiled policy: the columns and who permits them."""
    (calls,) = made.datasets
    closed = {column.name for column in calls.schema_[0].properties if zone_of(column)}
    asked = Question(THE_SYSTEM, Action.READ, "calls", "rows", (), purpose, on)
    columns: set[str] = set()
    by: set[str] = set()
    for agreement in made.agreements:
        granted = {c for grant in grants_of(agreement, "calls", "rows") for c in grant.columns} - closed
        if granted and not list(obstacles_of(made, agreement, asked)):
            columns |= granted
            by.add(agreement.id)
    return columns, by


spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(
        lambda ends: days.span(*(date(2026, 1, 1) + timedelta(days=end) for end in sorted(ends)))
    ),
    max_size=4,
).map(days.join)
WINDOW = [date(2026, 1, 1) + timedelta(days=number) for number in range(-2, 24)]


@given(one=spans, other=spans)
@example(one=days.ALWAYS, other=days.ALWAYS)
@example(one=days.ALWAYS, other=days.NEVER)
def test_days_are_sets_of_days(one: days.Days, other: days.Days) -> None:
    for day in WINDOW:
        in_one, in_other = days.holds(one, day), days.holds(other, day)
        assert days.holds(days.meet(one, other), day) is (in_one and in_other)
        assert days.holds(days.join([one, other]), day) is (in_one or in_other)
        assert days.holds(days.without(one, other), day) is (in_one and not in_other)
    assert days.join([one]) == one

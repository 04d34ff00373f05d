from datetime import date

import pytest

from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.joins.stakes import TOP, stakes
from roundtable.partnership.measured import MeasuredCases, MeasuredFacts
from roundtable.partnership.study import Study
from tests.factories import agency, capacity, link, need, outcome, service, skill
from tests.unit.partnership.joins.priced import POUNDS, built, verdict


def _near(found: Pounds | None) -> tuple[int, int, int, str]:
    assert found is not None
    return round(found.low), round(found.middle), round(found.high), found.price_base


def test_harm_at_stake_is_cases_by_cost_by_influence_by_what_is_not_known() -> None:
    # 50 cases x £1,000 x 0.2 to 0.6 x half not known
    assert _near(verdict(built()).at_stake) == (5_000, 10_000, 15_000, "2025/26")


def test_harm_avertable_is_the_effect_capped_by_the_free_supply_of_a_year() -> None:
    # one free in the quarter, four a year, for ten people: 0.4; times the effect of 0.2
    assert _near(verdict(built()).avertable) == (400, 800, 1_200, "2025/26")
    assert verdict(built()).best_service == "calls"


def test_a_range_of_effect_and_of_population_widens_what_is_avertable() -> None:
    effect = {"factor": "isolation", "size": -0.2, "low": -0.3, "high": -0.1, "evidence": "none"}
    wide = service("calls", effects=[effect | {"source": "A guess"}])
    people = {"value": 10, "low": 8, "high": 20, "unit": "people", "source": "A guess"}

    # low: 5,000 x 0.1 x 4/20; high: 15,000 x 0.3 x 4/8
    assert _near(verdict(built(wide, population=people)).avertable) == (100, 800, 2_250, "2025/26")


def test_capacity_never_reaches_more_than_everybody() -> None:
    ample = service("calls", capacity=[capacity(1000, 0)])

    assert _near(verdict(built(ample)).avertable) == (1_000, 2_000, 3_000, "2025/26")


def test_a_full_service_averts_nothing_more_and_an_uncounted_one_is_not_known() -> None:
    full = verdict(built(service("calls", capacity=[capacity(9, 9)])))
    assert _near(full.avertable) == (0, 0, 0, "2025/26")

    uncounted = verdict(built(service("calls", capacity=[capacity(9, "unknown")])))
    assert uncounted.avertable is None
    assert uncounted.stake.why_not == "nobody knows what room the services have"
    assert _near(uncounted.at_stake) == (5_000, 10_000, 15_000, "2025/26")


def test_a_providers_full_skill_fills_its_service() -> None:
    calls = service("calls", requires=[{"skill": "listening", "level": 1}])
    busy = agency("council", capacity=[capacity(5, 6, skill="listening")], skills=[skill("listening", 1)])

    assert _near(verdict(built(calls, busy, risks=[])).avertable) == (0, 0, 0, "2025/26")


def test_a_service_whose_provider_has_not_shown_the_skill_averts_nothing_and_says_why() -> None:
    unable = service("calls", requires=[{"skill": "listening", "level": 3}])
    learning = agency("council", skills=[skill("listening", 2)])

    found = verdict(built(unable, learning, risks=[]))
    assert _near(found.avertable) == (0, 0, 0, "2025/26")
    assert found.stake.why_not == "Council has not shown the skills that 'Service calls' takes"
    assert found.best_service == "calls"
    assert _near(found.at_stake) == (5_000, 10_000, 15_000, "2025/26")
    shown = agency("council", skills=[skill("listening", 3)])
    assert _near(verdict(built(unable, shown, risks=[])).avertable) == (400, 800, 1_200, "2025/26")


def test_only_the_services_that_are_able_are_asked() -> None:
    ample = service("a-great-one", requires=[{"skill": "diving", "level": 1}], capacity=[capacity(1000, 0)])
    both = verdict(built(ample))
    assert (both.best_service, _near(both.avertable)) == ("calls", (400, 800, 1_200, "2025/26"))

    uncounted = verdict(built(ample, service("calls", capacity=[capacity(9, "unknown")])))
    assert uncounted.avertable is None and uncounted.best_service == "calls"
    assert uncounted.stake.why_not == "nobody knows what room the services have"


def test_a_service_that_makes_it_worse_averts_nothing() -> None:
    effect = {"factor": "isolation", "size": 0.2, "evidence": "none", "source": "A guess"}

    assert _near(verdict(built(service("calls", effects=[effect]))).avertable) == (0, 0, 0, "2025/26")


def test_to_raise_a_factor_that_lowers_a_harm_helps() -> None:
    effect = {"factor": "isolation", "size": 0.2, "evidence": "none", "source": "A guess"}
    protecting = [link("isolation", "fires", 0.2, 0.6, sign="negative")]

    found = verdict(built(service("calls", effects=[effect]), links=protecting))
    assert _near(found.avertable) == (400, 800, 1_200, "2025/26")


def test_the_service_that_could_avert_most_is_the_best() -> None:
    better = service("visits-more", capacity=[capacity(12, 9)])

    assert verdict(built(better)).best_service == "visits-more"


@pytest.mark.parametrize(
    ("fires", "why"),
    [
        (outcome("fires"), "nobody has priced one case"),
        (outcome("fires", unit_cost=POUNDS | {"value": "unknown"}), "nobody has priced one case"),
        (outcome("fires", unit_cost=POUNDS | {"currency": "EUR"}), "it is priced in EUR"),
        (
            outcome(
                "fires",
                unit_cost=POUNDS,
                annual_cases={"value": "unknown", "unit": "cases", "source": "Nobody"},
            ),
            "nobody knows how many cases there are",
        ),
        (
            outcome(
                "fires",
                unit_cost=POUNDS,
                measured_by={"dataset": "visits", "table": "rows", "codes": ["Fire"]},
            ),
            "no run has counted its cases yet",
        ),
    ],
)
def test_what_is_not_known_is_said_and_never_nought(fires: dict[str, object], why: str) -> None:
    found = verdict(built(fires=fires))

    assert found.at_stake is None and found.avertable is None
    assert [(one.outcome, one.why) for one in found.stake.unpriced] == [("fires", why)]


def test_counted_cases_stand_before_estimated_ones() -> None:
    facts = MeasuredFacts({"fires": MeasuredCases(200, 12, 200, date(2025, 1, 1), date(2025, 12, 1))})

    assert _near(verdict(built(), facts).at_stake) == (20_000, 40_000, 60_000, "2025/26")


def test_pounds_of_different_years_are_not_added() -> None:
    old = outcome("thefts", unit_cost=POUNDS | {"price_base": "2015/16", "value": 9_000})
    floods = outcome("floods", unit_cost=POUNDS)
    links = [link("isolation", one, 0.2, 0.6) for one in ("fires", "thefts")]

    found = verdict(built(others=(old, floods), links=links))

    assert _near(found.at_stake) == (5_000, 10_000, 15_000, "2025/26")
    assert [(one.outcome, one.why) for one in found.stake.unpriced] == [("thefts", "it is priced in 2015/16")]


def test_not_knowing_how_much_is_known_widens_the_range() -> None:
    found = verdict(built(needs=[need("which-homes", "visits")]))

    assert _near(found.at_stake) == (0, 10_000, 30_000, "2025/26")


def test_a_wider_strength_never_narrows_what_is_at_stake() -> None:
    wider = verdict(built(links=[link("isolation", "fires", 0.0, 0.8)])).at_stake

    assert _near(wider) == (0, 10_000, 20_000, "2025/26")


def test_stability_is_the_share_of_draws_among_the_greatest() -> None:
    names = [f"n{number}" for number in range(TOP + 2)]
    factors = [
        {
            "id": f"f-{one}",
            "label": one,
            "kind": "state",
            "asserted": {"by": ["council"], "on": "2026-09-01", "confidence": "low"},
        }
        for one in names
    ]
    links = [link(f"f-{one}", "fires", 0.8, 0.9) for one in names[:TOP]]
    links += [link(f"f-{one}", "fires", 0.1, 0.2) for one in names[TOP:]]
    needs = [need(one, factor=f"f-{one}", current_level=0) for one in names]
    study = Study(built(factors=factors, links=links, needs=needs), samples=20)

    shares = {name: one.top_share for name, one in stakes(study).items()}

    assert shares == {name: 1.0 if name in names[:TOP] else 0.0 for name in names}
    assert verdict(built()).top_share is None


def test_money_is_told_to_the_figures_it_deserves() -> None:
    assert str(Pounds(1_250_000, 12_345_678, 999_700_000, "2025/26")) == (
        "about £12 million a year (£1.2 million to £1,000 million; 2025/26 prices)"
    )
    assert str(Pounds(94, 1_234, 98_765, "2025/26")) == "about £1,200 a year (£94 to £99,000; 2025/26 prices)"
    assert str(Pounds(0, 0, 0, "2025/26")) == "nothing more (2025/26 prices)"

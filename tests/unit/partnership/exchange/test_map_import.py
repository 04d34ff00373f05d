"""Foreign maps into a partnership: a new scenario or a matching file, nothing guessed or written over."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from roundtable.errors import (
    ForeignFileUnusable,
    PartnershipUnusable,
    Place,
    Problem,
    SettingUnusable,
    UserError,
)
from roundtable.partnership.exchange import taking_in
from roundtable.partnership.exchange.formats import write_map
from roundtable.partnership.exchange.into_scenario import Brought
from roundtable.partnership.exchange.of_partnership import chosen_map, map_of
from roundtable.partnership.exchange.taking_in import TakenIn, take_in
from roundtable.partnership.model.causal import Delay, FactorKind, Sign
from roundtable.partnership.model.strict import Confidence
from tests.town import Town
from tests.unit.partnership.exchange.foreign_files import tables

BROUGHT = Brought("winter", "council", date(2026, 11, 20), "map")
FACTORS = "id,label,kind,note,Measured by,colour\n{}"
ROWS = "cold-rooms,Cold rooms,state,Damp as well,In winter,blue\nnew-tariff,A new tariff,external,,,\n"
LINKS = "from,to,sign,strength low,strength high,delay,note\nnew-tariff,cold-rooms,+,0.2,0.6,months,A study\n"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town.built_in(tmp_path)


def _take(town: Town, path: Path, brought: Brought = BROUGHT) -> TakenIn:
    return take_in(path, town.folder, brought)


def _map(town: Town, rows: str = ROWS, links: str = LINKS) -> Path:
    return tables(town.folder.parent / "map", FACTORS.format(rows), links)


def _decide(taken: TakenIn, **changes: str) -> None:
    text = taken.written.read_text(encoding="utf-8")
    for old, new in changes.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{old}:"))
        text = text.replace(line, f"{old}: {new}")
    taken.written.write_text(text, encoding="utf-8")


def _refusal(town: Town, path: Path) -> list[str]:
    with pytest.raises(UserError) as caught:
        _take(town, path)
    return [problem.what for problem in caught.value.problems]


def test_a_map_waits_for_somebody_to_say_which_outcome_it_is_about(town: Town) -> None:
    taken = _take(town, _map(town))

    assert not taken.complete
    assert taken.written == town.folder.parent / "map.matches.yaml"
    assert taken.said[-1] == "It does not say which outcome the scenario is about: see 'outcomes'."
    assert not (town.folder / "scenarios" / "winter.yaml").exists()


def test_once_decided_it_comes_in_as_what_the_agency_says(town: Town) -> None:
    path = _map(town)
    _decide(_take(town, path), outcomes="[fire-injuries]")

    taken = _take(town, path)

    assert taken.complete
    assert taken.written == town.folder / "scenarios" / "winter.yaml"
    scenario = town.load().scenario("winter")
    assert scenario.outcomes == ("fire-injuries",)
    assert (scenario.rung, scenario.stage.value, scenario.lead) == (0, "discovery", "council")
    rooms, tariff = scenario.factors
    assert (rooms.id, rooms.label, rooms.kind) == ("cold-rooms", "Cold rooms", FactorKind.STATE)
    assert (rooms.description, rooms.measured_by) == ("Damp as well", "In winter")
    assert tariff.kind is FactorKind.EXTERNAL
    (link,) = scenario.links
    assert (link.from_, link.to, link.sign, link.delay) == (
        "new-tariff",
        "cold-rooms",
        Sign.POSITIVE,
        Delay.MONTHS,
    )
    assert link.strength is not None
    assert (link.strength.low, link.strength.high, link.evidence) == (0.2, 0.6, ("A study",))
    assert (link.asserted.by, link.asserted.on) == (("council",), date(2026, 11, 20))
    assert link.asserted.confidence is Confidence.UNKNOWN
    assert "A scenario has no place for these of its factors: colour." in taken.said
    text = taken.written.read_text(encoding="utf-8")
    assert "asserted: {by: [council], on: 2026-11-20, confidence: unknown, source: The map map}" in text
    assert "&id" not in text
    assert "# - A scenario has no place for these of its factors: colour." in text


def test_a_sign_that_nobody_gave_stays_unknown(town: Town) -> None:
    path = _map(town, links="from,to\nnew-tariff,cold-rooms\n")
    _decide(_take(town, path), outcomes="[fire-injuries]")

    taken = _take(town, path)

    assert town.load().scenario("winter").links[0].sign is Sign.UNKNOWN
    assert "1 link without a sign: 'unknown' until somebody says it." in taken.said


def test_labels_that_are_here_already_are_proposed_and_like_ones_only_shown(town: Town) -> None:
    rows = "n1,isolation,,,,\nn2,Fires set in the street,,,,\nn3,Deaths and injuries in fires,,,,\n"
    path = _map(town, rows, "from,to\nn1,n2\nn2,n3\n")
    label = town.load().outcome("fire-injuries").name
    (path / "factors.csv").write_text(
        FACTORS.format(rows).replace("Deaths and injuries in fires", label), encoding="utf-8"
    )

    taken = _take(town, path)
    text = taken.written.read_text(encoding="utf-8")

    assert "same_as: isolation" in text
    assert "same_as: fire-injuries" in text
    assert "perhaps:\n      - street-fires" in text
    assert "outcomes:\n  - fire-injuries" in text
    assert "2 of its factors seem to be here already: see 'same_as'." in taken.said
    assert _refusal(town, path) == ["the factor 'Fires set in the street' has no kind"]

    taken.written.write_text(text.replace("    same_as:\n", "    same_as: street-fires\n"), encoding="utf-8")
    assert _take(town, path).complete
    scenario = town.load().scenario("winter")
    assert scenario.factors == ()
    assert [(link.from_, link.to) for link in scenario.links] == [
        ("isolation", "street-fires"),
        ("street-fires", "fire-injuries"),
    ]


def test_a_kind_can_be_said_of_a_whole_style(town: Town) -> None:
    rows = "n1,Cold rooms,Focal factor,,,\nn2,Damp,Focal factor,,,\n"
    path = _map(town, rows, "from,to\nn1,n2\n")
    taken = _take(town, path)
    _decide(taken, outcomes="[fire-injuries]")
    text = taken.written.read_text(encoding="utf-8")
    taken.written.write_text(
        text.replace("- called: Focal factor\n    kind:\n", "- called: Focal factor\n    kind: state\n"),
        "utf-8",
    )

    assert _take(town, path).complete
    factors = town.load().scenario("winter").factors
    assert [(factor.id, factor.kind) for factor in factors] == [
        ("cold-rooms", FactorKind.STATE),
        ("damp", FactorKind.STATE),
    ]


def test_what_a_map_leaves_open_is_refused_all_at_once(town: Town) -> None:
    rows = "n1,Cold rooms,,,,\nn2,Damp,,,,\n"
    links = "from,to,sign,direction\nn1,n2,+,directed\nn1,n2,-,directed\nn2,n1,,undirected\n"
    path = _map(town, rows, links)
    _take(town, path)

    assert sorted(_refusal(town, path)) == [
        "1 link without a direction",
        "no outcome is named that the scenario is about",
        "the factor 'Cold rooms' has no kind",
        "the factor 'Damp' has no kind",
        "the links from 'cold-rooms' to 'damp' are negative and positive at once",
    ]
    assert not (town.folder / "scenarios" / "winter.yaml").exists()


@pytest.mark.parametrize(
    ("choice", "links"),
    [
        ("forward", [("a-room", "b-room")]),
        ("both", [("a-room", "b-room"), ("b-room", "a-room")]),
        ("leave-out", []),
    ],
)
def test_links_that_point_nowhere_are_read_as_somebody_decides(
    choice: str, links: list[tuple[str, str]], town: Town
) -> None:
    rows = "a-room,A room,state,,,\nb-room,B room,state,,,\n"
    path = _map(town, rows, "from,to,direction\na-room,b-room,undirected\n")
    _decide(_take(town, path), outcomes="[fire-injuries]", undirected=choice)

    _take(town, path)

    assert [(link.from_, link.to) for link in town.load().scenario("winter").links] == links


def test_self_links_and_repeats_are_told(town: Town) -> None:
    links = LINKS + "cold-rooms,cold-rooms,+,,,,\nnew-tariff,cold-rooms,,0.1,0.3,weeks,A count\n"
    path = _map(town, ROWS + "alone,Alone here,state,,,\n", links)
    _decide(_take(town, path), outcomes="[fire-injuries]")

    said = _take(town, path).said

    assert "1 link from a factor to itself left out." in said
    assert "2 links from 'new-tariff' to 'cold-rooms' put together as one." in said
    assert "1 factor without any link." in said
    (link,) = town.load().scenario("winter").links
    assert link.strength is not None
    assert (link.strength.low, link.strength.high, link.delay) == (0.1, 0.6, Delay.UNKNOWN)
    assert link.evidence == ("A count", "A study")


def test_nothing_that_stands_is_written_over(town: Town) -> None:
    path = _map(town)
    before = (town.folder / "scenarios" / "alone-at-risk.yaml").read_bytes()

    with pytest.raises(SettingUnusable, match="there is a scenario 'alone-at-risk' already"):
        _take(town, path, Brought("alone-at-risk", "council", date(2026, 11, 20), "map"))
    with pytest.raises(SettingUnusable, match=r"(?s)no agency 'counsil'.*Did you mean 'council'"):
        _take(town, path, Brought("winter", "counsil", date(2026, 11, 20), "map"))
    with pytest.raises(SettingUnusable, match="cannot be the id of a scenario"):
        _take(town, path, Brought("../winter", "council", date(2026, 11, 20), "map"))
    assert (town.folder / "scenarios" / "alone-at-risk.yaml").read_bytes() == before
    assert not list(town.folder.parent.glob("*.matches.yaml"))


def test_a_folder_with_a_fault_of_its_own_is_not_added_to(town: Town) -> None:
    town.write("scenarios/broken.yaml", "id: [")
    with pytest.raises(PartnershipUnusable):
        _take(town, _map(town))


def test_nothing_is_written_where_the_folder_would_no_longer_load(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _map(town)
    _decide(_take(town, path), outcomes="[fire-injuries]")
    problem = Problem(Place("scenarios/winter.yaml"), "contradiction", "it does not go together", "Mend it.")
    monkeypatch.setattr(taking_in, "problems_if", lambda _folder, _values: [problem])

    with pytest.raises(PartnershipUnusable, match="it does not go together"):
        _take(town, path)
    assert not (town.folder / "scenarios" / "winter.yaml").exists()


def test_a_factor_that_is_an_outcome_is_that_outcome_and_the_scenario_is_about_it(town: Town) -> None:
    path = _map(town, links="from,to,sign\nnew-tariff,cold-rooms,+\n")
    taken = _take(town, path)
    text = taken.written.read_text(encoding="utf-8")
    taken.written.write_text(text.replace("outcome:\n", "outcome: fire-injuries\n", 1), encoding="utf-8")

    assert _take(town, path).complete

    scenario = town.load().scenario("winter")
    assert scenario.outcomes == ("fire-injuries",)
    assert [one.id for one in scenario.factors] == ["new-tariff"]
    assert [(one.from_, one.to) for one in scenario.links] == [("new-tariff", "fire-injuries")]


@pytest.mark.parametrize(
    ("written", "what", "remedy"),
    [
        (
            "outcome: fire-injurys",
            "there is no outcome 'fire-injurys' in the partnership",
            "Did you mean 'fire-injuries'? Add a new one to 'outcomes' in partnership.yaml first",
        ),
        (
            "outcome: fire-injuries\n    same_as: isolation",
            "it is said to be the outcome 'fire-injuries' and the same as 'isolation'",
            "Keep one of the two",
        ),
    ],
)
def test_an_outcome_that_is_not_there_or_something_else_too_is_told(
    town: Town, written: str, what: str, remedy: str
) -> None:
    path = _map(town)
    taken = _take(town, path)
    text = taken.written.read_text(encoding="utf-8").replace("same_as:\n    outcome:", written, 1)
    taken.written.write_text(text, encoding="utf-8")

    with pytest.raises(UserError) as caught:
        _take(town, path)

    (problem,) = (one for one in caught.value.problems if one.place.line)
    assert problem.what == what
    assert problem.remedy.startswith(remedy)


def test_a_matching_file_that_names_what_is_not_there_is_told_with_its_lines(town: Town) -> None:
    path = _map(town)
    taken = _take(town, path)
    _decide(taken, outcomes="[fire-injury]")
    text = taken.written.read_text(encoding="utf-8")
    taken.written.write_text(
        text.replace("factor: new-tariff", "factor: old-tariff").replace("same_as:", "same_as: isolatio", 1),
        "utf-8",
    )

    told = _refusal(town, path)

    assert told == [
        "there is no outcome 'fire-injury' in the partnership",
        "there is no factor or outcome 'isolatio' in the partnership",
        "the factor 'old-tariff' is not in the map",
    ]
    taken.written.write_text("factors: [", encoding="utf-8")
    with pytest.raises(ForeignFileUnusable):
        _take(town, path)
    taken.written.write_text("map: map\nkind: x\n", encoding="utf-8")
    assert _refusal(town, path) == ["the key 'kind' is not known here"]


def test_ids_of_other_alphabets_and_labels_of_none(town: Town) -> None:
    elements = [
        {"id": "elem-1", "label": "Χωρίς στέγη", "type": "state"},
        {"id": "elem-2", "label": "!!!", "type": "state"},
        {"id": "elem-3", "label": "Χωρίς: στέγη", "type": "state"},
    ]
    links = [{"from": "elem-1", "to": "elem-2", "direction": "directed", "type": "-"}]
    path = town.folder.parent / "kumu.json"
    path.write_text(json.dumps({"elements": elements, "connections": links}), encoding="utf-8")
    taken = take_in(path, town.folder, BROUGHT)
    _decide(taken, outcomes="[fire-injuries]")

    take_in(path, town.folder, BROUGHT)

    scenario = town.load().scenario("winter")
    assert [factor.id for factor in scenario.factors] == ["factor", "χωρίς-στέγη", "χωρίς-στέγη-2"]
    assert scenario.links[0].sign is Sign.NEGATIVE


def test_a_map_of_our_own_comes_into_another_partnership_whole(town: Town, tmp_path: Path) -> None:
    """Out of one town and into another that knows its outcomes alone: ids, kinds, signs and ranges stay."""
    source = town.load()
    write_map(map_of(source, chosen_map(source, None, None), "A town"), tmp_path / "town.prsm")
    other = tmp_path / "other"
    other.mkdir()
    second = Town.built_in(other)
    (second.folder / "scenarios" / "alone-at-risk.yaml").unlink()
    for file in ("improvements/visit-the-street.yaml", "services/home-fire-safety-visit.yaml"):
        (second.folder / file).unlink()
    for file in ("agreements/open-street-crime.yaml", "meetings/first-meeting.yaml"):
        (second.folder / file).unlink()

    taken = take_in(tmp_path / "town.prsm", second.folder, BROUGHT)
    assert not taken.complete
    assert take_in(tmp_path / "town.prsm", second.folder, BROUGHT).complete

    before, after = source.scenario("alone-at-risk"), second.load().scenario("winter")
    assert {(one.id, one.label, one.kind) for one in after.factors} == {
        (one.id, one.label, one.kind) for one in before.factors
    }
    assert {(one.from_, one.to, one.sign, one.strength, one.delay) for one in after.links} == {
        (one.from_, one.to, one.sign, one.strength, one.delay) for one in before.links
    }

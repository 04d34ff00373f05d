"""Ids across files: every reference leads somewhere, and every id means one thing."""

import pytest

from roundtable.errors import Place
from roundtable.partnership.model.strict import Kind
from tests.town import Town

COUNCIL, FIRE, CHARTER = "agencies/council.yaml", "agencies/fire-service.yaml", "partnership.yaml"
SCENARIO, DATASET = "scenarios/alone-at-risk.yaml", "datasets/street-crime.yaml"
AGREEMENT, SERVICE = "agreements/open-street-crime.yaml", "services/home-fire-safety-visit.yaml"
IMPROVEMENT = "improvements/visit-the-street.yaml"
ISOLATION_LINK = "  - from: isolation\n    to: unsafe-home\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            SCENARIO,
            "lead_posts: [fire-prevention-lead]",
            "lead_posts: [fire-prevention-led]",
            "56:18 (risks[0].lead_posts[0]): there is no role 'fire-prevention-led'\n"
            "Did you mean 'fire-prevention-lead' (agencies/fire-service.yaml:7)?"
            " If not, add it: under 'roles' of its agency.",
            id="a post, in a list in a list",
        ),
        pytest.param(
            SCENARIO,
            ISOLATION_LINK,
            "  - from: solitude\n    to: unsafe-home\n",
            "30:11 (links[0].from): there is no factor or outcome 'solitude'\n"
            "Add it: under 'factors' of a scenario or under 'outcomes' in partnership.yaml.",
            id="nothing is like it",
        ),
        pytest.param(
            SCENARIO,
            "lead: fire-service",
            "lead: fire-visits-lead",
            "6:7 (lead): there is no agency 'fire-visits-lead' (that is the id of a role)\n"
            "Add it: a file in agencies/.",
            id="the id of something else",
        ),
        pytest.param(
            DATASET,
            "createdBy: police-uk",
            "createdBy: police-gb",
            "47:18 (customProperties[0].value.createdBy): there is no agency 'police-gb'\n"
            "Did you mean 'police-uk' (agencies/police-uk.yaml:2)? If not, add it: a file in agencies/.",
            id="inside the contract's own property",
        ),
        pytest.param(
            DATASET,
            "consumedBy: [{agency: fire-service,",
            "consumedBy: [{agency: fire-sevice,",
            "48:29 (customProperties[0].value.consumedBy[0].agency): there is no agency 'fire-sevice'\n"
            "Did you mean 'fire-service' (agencies/fire-service.yaml:2)? If not, add it: a file in"
            " agencies/.",
            id="in a list inside that property",
        ),
        pytest.param(
            AGREEMENT,
            "gateways: [ogl.v3]",
            "gateways: [ogl.v4]",
            "19:14 (basis.gateways[0]): there is no gateway 'ogl.v4'\n"
            "Did you mean 'ogl.v3' (shipped with Roundtable: gateways.yaml:{ogl})?"
            " If not, add it: in a table of gateways in reference/.",
            id="a gateway that comes with the product",
        ),
        pytest.param(
            CHARTER,
            "dataset: street-crime",
            "dataset: street-crimes",
            "22:28 (outcomes[1].measured_by.dataset): there is no dataset 'street-crimes'\n"
            "Did you mean 'street-crime' (datasets/street-crime.yaml:6)? If not, add it: a file in"
            " datasets/.",
            id="the dataset that an outcome is measured by",
        ),
        pytest.param(
            IMPROVEMENT,
            "risks: [known-hazard-not-acted-on]",
            "risks: [known-hazard-not-acted-upon]",
            "10:48 (closes.risks[0]): there is no risk 'known-hazard-not-acted-upon'\n"
            "Did you mean 'known-hazard-not-acted-on' (scenarios/alone-at-risk.yaml:48)?"
            " If not, add it: under 'risks' of a scenario.",
            id="a risk",
        ),
    ],
)
def test_a_reference_to_nothing(town: Town, file: str, old: str, new: str, expected: str) -> None:
    shipped = town.load().places[(Kind.GATEWAY, "ogl.v3")].line
    town.change(file, old, new)

    assert town.problems() == [f"{file}:{expected.format(ogl=shipped)}"]


def test_space_around_an_id_is_nothing(town: Town) -> None:
    town.change(SCENARIO, "lead: fire-service", 'lead: " fire-service "')

    assert town.load().scenarios[0].lead == "fire-service"


def test_an_id_used_twice_names_both_places(town: Town) -> None:
    town.change(FIRE, "{id: fire-visits-lead,", "{id: council-analyst,")

    assert (
        f"{FIRE}:8:10 (roles[1].id): the role id 'council-analyst' is used already, for the role at "
        + (f"{COUNCIL}:9:10 (roles[1])\nGive one of the two another id.")
        in town.problems()
    )


def test_a_factor_may_not_bear_the_id_of_an_outcome_because_links_name_both(town: Town) -> None:
    town.change(SCENARIO, "- id: unsafe-home", "- id: fire-injuries")

    assert (
        f"{SCENARIO}:21:9 (factors[1].id): the factor id 'fire-injuries' is used already, for the outcome at "
        f"{CHARTER}:12:9 (outcomes[0])\nGive one of the two another id."
    ) in town.problems()


def test_a_file_bears_the_id_of_what_is_in_it(town: Town) -> None:
    (town.folder / COUNCIL).rename(town.folder / "agencies/town-hall.yaml")

    assert town.problems() == [
        "agencies/town-hall.yaml:2:5 (id): the id 'council' is not the name of its file, 'town-hall'\n"
        "Rename the file to council.yaml, or change the id to 'town-hall'."
    ]


def test_references_are_checked_in_a_file_that_has_another_mistake(town: Town) -> None:
    town.change(SCENARIO, "stage: discovery", "stage: dicovery")
    town.change(SCENARIO, "lead: fire-service", "lead: fire-servise")

    assert [problem.split(": ")[0] for problem in town.problems()] == [
        f"{SCENARIO}:5:8 (stage)",
        f"{SCENARIO}:6:7 (lead)",
    ]


def test_ids_of_a_file_with_a_mistake_are_known_elsewhere(town: Town) -> None:
    town.change(FIRE, "kind: fire_rescue", "kind: fire")

    assert [problem.split(": ")[0] for problem in town.problems()] == [f"{FIRE}:4:7 (kind)"]


@pytest.mark.parametrize(
    "content", [b"id: [\n", "id: fire-service\nname: Café\n".encode("cp1252"), b"", b"- a\n"]
)
def test_what_an_unreadable_file_may_declare_is_not_called_missing(town: Town, content: bytes) -> None:
    town.write(FIRE, content)
    town.change(COUNCIL, "deputy: council-analyst", "deputy: council-annalist")

    (problem,) = town.problems()

    assert problem.startswith(FIRE)


def test_everything_that_is_declared_has_its_place(town: Town) -> None:
    places = town.load().places

    assert {kind for kind, _ in places} == set(Kind)
    assert places[(Kind.ROLE, "council-analyst")] == Place(str(town.folder / COUNCIL), 9, 10, "roles[1]")
    assert places[(Kind.DATASET, "street-crime")] == Place(str(town.folder / DATASET), 6, 5, "")


def test_ten_thousand_wrong_references_do_not_cost_ten_thousand_searches(town: Town) -> None:
    duties = ", ".join(f"nothing-{i}" for i in range(10_000))
    town.change(COUNCIL, "public_authority: true", f"public_authority: true\nduties: [{duties}]")

    assert len(town.problems()) == 10_000

"""Addresses: where they stand, and that no part of them is a real one's."""

import re

import numpy as np

from roundtable.county.places.county_map import KM_A_DEGREE, KM_A_DEGREE_EAST
from roundtable.county.plan import CountyPlan
from roundtable.county.population.populate import populate
from tests.factories_population import TODAY, made, numbers, texts

#: The letters with which a postcode of the Royal Mail begins, areas of one letter and of two (recalled).
REAL_AREAS = set(
    [
        "AB",
        "AL",
        "B",
        "BA",
        "BB",
        "BD",
        "BH",
        "BL",
        "BN",
        "BR",
        "BS",
        "BT",
        "BX",
        "CA",
        "CB",
        "CF",
        "CH",
        "CM",
        "CO",
        "CR",
        "CT",
        "CV",
        "CW",
        "DA",
        "DD",
        "DE",
        "DG",
        "DH",
        "DL",
        "DN",
        "DT",
        "DY",
        "E",
        "EC",
        "EH",
        "EN",
        "EX",
        "FK",
        "FY",
        "G",
        "GL",
        "GU",
        "GY",
        "HA",
        "HD",
        "HG",
        "HP",
        "HR",
        "HS",
        "HU",
        "HX",
        "IG",
        "IM",
        "IP",
        "IV",
        "JE",
        "KA",
        "KT",
        "KW",
        "KY",
        "L",
        "LA",
        "LD",
        "LE",
        "LL",
        "LN",
        "LS",
        "LU",
        "M",
        "ME",
        "MK",
        "ML",
        "N",
        "NE",
        "NG",
        "NN",
        "NP",
        "NR",
        "NW",
        "OL",
        "OX",
        "PA",
        "PE",
        "PH",
        "PL",
        "PO",
        "PR",
        "RG",
        "RH",
        "RM",
        "S",
        "SA",
        "SE",
        "SG",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SP",
        "SR",
        "SS",
        "ST",
        "SW",
        "SY",
        "TA",
        "TD",
        "TF",
        "TN",
        "TQ",
        "TR",
        "TS",
        "TW",
        "UB",
        "W",
        "WA",
        "WC",
        "WD",
        "WF",
        "WN",
        "WR",
        "WS",
        "WV",
        "XX",
        "YO",
        "ZE",
    ]
)


def test_postcodes_are_well_formed_and_of_no_real_area() -> None:
    _, _, population = made()
    for postcode in set(texts(population.addresses, "postcode")):
        found = re.fullmatch(r"([A-Z]{2})\d{1,2} \d[ABD-HJLNP-UW-Z]{2}", postcode)
        assert found, postcode
        assert found[1] not in REAL_AREAS


def test_a_postcode_is_of_one_area_of_the_map_and_of_few_addresses() -> None:
    _, _, population = made()
    areas: dict[str, set[str]] = {}
    for row in population.addresses.select(["postcode", "area"]).to_pylist():
        areas.setdefault(row["postcode"], set()).add(row["area"])
    assert {len(found) for found in areas.values()} == {1}
    _, often = np.unique(texts(population.addresses, "postcode"), return_counts=True)
    assert often.max() <= 14


def test_addresses_stand_in_the_outline_of_their_area_and_near_its_point() -> None:
    _, drawn, population = made()
    codes = drawn.areas["area"].to_pylist()
    which = np.array([codes.index(code) for code in texts(population.addresses, "area")])
    places = np.column_stack([population.addresses["longitude"], population.addresses["latitude"]])
    for number in set(which):
        outline, here = drawn.outlines[number], places[which == number]
        side = np.roll(outline, -1, axis=0) - outline
        for corner, along in zip(outline, side, strict=True):
            left = along[0] * (here[:, 1] - corner[1]) - along[1] * (here[:, 0] - corner[0])
            assert (left > -1e-6).all()
        point = [drawn.areas[name][int(number)].as_py() for name in ("longitude", "latitude")]
        away = (here - point) * (KM_A_DEGREE_EAST, KM_A_DEGREE)
        assert np.hypot(away[:, 0], away[:, 1]).max() <= drawn.radius_km[number] * 1.01 + 0.01


def test_lines_are_written_as_on_a_letter() -> None:
    _, _, population = made()
    lines = population.addresses.select(["line", "kind", "rural", "locality"]).to_pylist()
    assert all(re.fullmatch(r"Flat \d, \d+ [A-Z].*", row["line"]) for row in lines if row["kind"] == "flat")
    assert any(re.fullmatch(r"\d+ [A-Z][a-z]+ [A-Z][a-z]+", row["line"]) for row in lines)
    assert any(
        re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+, [A-Z].*", row["line"]) for row in lines if row["rural"]
    )
    assert all((row["locality"] is not None) == row["rural"] for row in lines)
    assert sum("Caravan Site" in row["line"] for row in lines) == 1


def test_an_address_is_written_like_no_other_of_its_postcode() -> None:
    _, _, population = made()
    whole = population.addresses.select(["line", "postcode"]).to_pylist()
    written = {(row["line"], row["postcode"]) for row in whole}
    # Two cottages of one name in one lane are known in life too.
    assert len(written) >= len(whole) - 5


def test_shards_share_no_address_and_no_postcode() -> None:
    _, _, first = made(10_000, 11, 0)
    _, _, second = made(10_000, 11, 1)
    for column in ("uprn", "postcode"):
        assert not set(texts(first.addresses, column)) & set(texts(second.addresses, column))
    assert not set(numbers(first.addresses, "address")) & set(numbers(second.addresses, "address"))


def test_a_county_of_millions_has_postcodes_and_uprns_for_its_last_shard() -> None:
    plan = CountyPlan(4_000_003, 1, TODAY)
    _, drawn, _ = made()
    del drawn
    from roundtable.county.places.county_map import county_map

    population = populate(plan, plan.shards[-1], county_map(plan))
    assert all(re.fullmatch(r"9990\d{8}", uprn) for uprn in texts(population.addresses, "uprn"))
    assert all(re.match("Z[YXWV]", postcode) for postcode in texts(population.addresses, "postcode"))

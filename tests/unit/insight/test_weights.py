"""How weight sets come of reference tables, and the tables that ship."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from pydantic import ValidationError

import roundtable.partnership
from roundtable.errors import PartnershipUnusable
from roundtable.insight.harm.weights import Basis, Part, WeightSet, half_up, resolve_weights, weight_sets
from roundtable.partnership.model.reference import CodeMixTable, HarmWeightTable, Status

SHIPPED = Path(roundtable.partnership.__file__).parent / "reference"
TOLD = {"title": "Made up", "source": "Made up", "status": "illustrative"}


def _prices(id: str, scheme: str = "fine", **values: float) -> HarmWeightTable:
    rows = [{"code": code, "value": value} for code, value in values.items()]
    told: dict[str, Any] = TOLD | {"id": id, "scheme": scheme, "unit": "GBP", "rows": rows}
    return HarmWeightTable.model_validate(told | {"table": "harm_weights"})


def _mix(id: str, **shares: float) -> CodeMixTable:
    rows = [{"code": "broad-code", "to": code, "share": share} for code, share in shares.items()]
    told: dict[str, Any] = TOLD | {"id": id, "from_scheme": "broad", "to_scheme": "fine", "rows": rows}
    return CodeMixTable.model_validate(told | {"table": "code_mix"})


def _shipped(name: str) -> Any:
    return yaml.safe_load((SHIPPED / name).read_text(encoding="utf-8"))


def _by_id(sets: tuple[WeightSet, ...]) -> dict[str, WeightSet]:
    return {one.id: one for one in sets}


@pytest.mark.parametrize(("written", "whole"), [("0.5", 1), ("1.5", 2), ("2.49", 2), ("0", 0), ("2.5", 3)])
def test_halves_go_up(written: str, whole: int) -> None:
    assert half_up(Decimal(written)) == whole


def test_weights_are_the_decimals_that_were_written() -> None:
    """0.1 + 0.2 as doubles is not 0.3; a mix must not inherit that, nor round twice."""
    sets = _by_id(
        weight_sets([_prices("p", a=0.0045, b=0.0005)], [_mix("m", a=0.1, b=0.2, c=0.7)], ["broad"])
    )
    # 0.1 x 4.5 + 0.2 x 0.5 = 0.55 thousandths; rounding each part first would give 0.
    assert sets["p"].weight("broad-code") == 1
    assert sets["p"].priced_ppm("broad-code") == 300_000


def test_several_mixes_make_several_sets() -> None:
    """What turns on the assumption can be seen, because each assumption is a set."""
    sets = weight_sets([_prices("p", a=1, b=3)], [_mix("m", a=1), _mix("n", a=0.5, b=0.5)], ["broad"])
    assert {one.id: one.weight("broad-code") for one in sets if one.basis is Basis.MIX} == {
        "p by m": 1000,
        "p by n": 2000,
    }


def test_a_direct_price_goes_before_a_mix() -> None:
    sets = weight_sets([_prices("p", scheme="broad", a=1)], [_mix("m", a=1)], ["broad"])
    assert [(one.id, one.basis) for one in sets] == [("count", Basis.COUNT), ("p", Basis.DIRECT)]


def test_parts_show_what_is_unpriced() -> None:
    sets = _by_id(weight_sets([_prices("p", a=2)], [_mix("m", a=0.25, unpriced=0.75)], ["broad"]))
    assert sets["p"].parts("broad-code") == (
        Part(Decimal("0.25"), "a", Decimal("2.0")),
        Part(Decimal("0.75"), "unpriced", None),
    )
    assert [part.thousandths for part in sets["p"].parts("broad-code")] == [2000, 0]
    assert sets["p"].parts("never heard of") == (Part(Decimal(1), "never heard of", None),)
    assert sets["p"].weight("never heard of") is None


def test_the_order_of_tables_and_rows_changes_nothing() -> None:
    codes = pa.table({"scheme": ["broad", "fine", "fine"], "code": ["broad-code", "a", "b"]})
    prices, mixes = (
        [_prices("p", a=1, b=3), _prices("q", b=1, a=9)],
        [_mix("m", a=0.5, b=0.5), _mix("n", b=1)],
    )
    turned = codes.take([2, 0, 1, 0])
    assert resolve_weights(prices, mixes, codes).equals(resolve_weights(prices[::-1], mixes[::-1], turned))


def test_the_id_of_the_plain_count_is_kept() -> None:
    with pytest.raises(PartnershipUnusable, match="count"):
        weight_sets([_prices("count", a=1)], [], ["fine"])


def test_shares_must_add_up_to_one() -> None:
    """Every code that does not is named at once."""
    rows = [
        {"code": "x", "to": "a", "share": 0.9},
        {"code": "y", "to": "a", "share": 0.6},
        {"code": "y", "to": "b", "share": 0.5},
        {"code": "z", "to": "a", "share": 1},
    ]
    told = TOLD | {"table": "code_mix", "id": "m", "from_scheme": "s", "to_scheme": "t", "rows": rows}
    with pytest.raises(ValidationError, match=r"'x' add up to 0\.9; those of 'y' add up to 1\.1"):
        CodeMixTable.model_validate(told)


def test_nothing_is_given_twice() -> None:
    rows = [{"code": "a", "value": 1}, {"code": "a", "value": 2}]
    told = TOLD | {"table": "harm_weights", "id": "p", "scheme": "s", "unit": "GBP", "rows": rows}
    with pytest.raises(ValidationError, match="more than once: a"):
        HarmWeightTable.model_validate(told)
    twice = [{"code": "a", "to": "b", "share": 0.5}] * 2
    mixed = TOLD | {"table": "code_mix", "id": "m", "from_scheme": "s", "to_scheme": "t", "rows": twice}
    with pytest.raises(ValidationError, match="more than once: a to b"):
        CodeMixTable.model_validate(mixed)


def test_the_shipped_costs_are_unverified_and_as_recalled() -> None:
    """Figures that nobody has checked must say so, and must not change by accident."""
    table = HarmWeightTable.model_validate(_shipped("harm_weights_home_office_2018.yaml"))
    assert (table.status, table.price_base, table.unit) == (Status.UNVERIFIED, "2015/16", "GBP")
    assert "not checked" in " ".join(table.source.split())
    assert {row.code: row.value for row in table.rows} == {
        "homicide": 3_217_740,
        "rape": 39_360,
        "violence-with-injury": 14_050,
        "robbery": 11_320,
        "theft-of-vehicle": 10_290,
        "arson": 8_420,
        "other-sexual-offences": 6_520,
        "violence-without-injury": 5_930,
        "domestic-burglary": 5_930,
        "theft-from-the-person": 1_380,
        "other-criminal-damage": 1_350,
        "fraud": 1_290,
        "theft-from-vehicle": 870,
    }


def test_the_shipped_mix_leaves_unpriced_what_the_costs_do_not_name() -> None:
    mix = CodeMixTable.model_validate(_shipped("code_mix_police_uk_home_office.yaml"))
    costs = HarmWeightTable.model_validate(_shipped("harm_weights_home_office_2018.yaml"))
    assert mix.status is Status.ILLUSTRATIVE
    assert {row.to for row in mix.rows} - {row.code for row in costs.rows} == {"unpriced"}
    sets = _by_id(weight_sets([costs], [mix], [mix.from_scheme]))
    priced = {code: sets[costs.id].priced_ppm(code) for code in {row.code for row in mix.rows}}
    assert {code for code, ppm in priced.items() if ppm == 0} == {
        "Anti-social behaviour",
        "Bicycle theft",
        "Drugs",
        "Other crime",
        "Other theft",
        "Possession of weapons",
        "Public order",
        "Shoplifting",
    }
    assert priced["Violence and sexual offences"] == 690_200
    # By hand: 0.0002 x 3,217,740 + 0.03 x 39,360 + 0.06 x 6,520 + 0.25 x 14,050 + 0.35 x 5,930 pounds.
    assert sets[costs.id].weight("Violence and sexual offences") == 7_803_548

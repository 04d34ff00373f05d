"""The terms of a contract's column that other rules rest on."""

import pytest
from pydantic import ValidationError

from roundtable.partnership.model.contract import Column
from roundtable.partnership.model.contract_terms import ColumnTerms


def test_codes_for_unknown_and_withdrawn_stand_beside_the_codes() -> None:
    terms = ColumnTerms.model_validate(
        {"codes": ["M", "F"], "unknownCodes": ["U"], "withdrawnCodes": ["CANCELLED"]}
    )

    assert terms.codes == ("M", "F")
    assert terms.unknown_codes == ("U",)
    assert terms.withdrawn_codes == ("CANCELLED",)


@pytest.mark.parametrize("term", ["flagCodes", "visitCodes"])
def test_a_flag_or_a_visit_speaks_for_so_many_days(term: str) -> None:
    with pytest.raises(ValidationError, match="it says what flags a property, and not for how long"):
        ColumnTerms.model_validate({term: ["fall"]})

    assert ColumnTerms.model_validate({term: ["fall"], "holdsDays": 365}).holds_days == 365


@pytest.mark.parametrize("days", [0, -1, 1.5, "always"])
def test_days_are_whole_and_more_than_none(days: object) -> None:
    with pytest.raises(ValidationError):
        ColumnTerms.model_validate({"flagCodes": ["fall"], "holdsDays": days})


@pytest.mark.parametrize(
    "terms",
    [
        {"seals": "protected_address", "sealCodes": ["yes"]},
        {"codes": ["on", "off"], "withdrawnCodes": ["off"]},
    ],
)
def test_what_says_that_a_row_is_sealed_or_gone_may_not_be_left_out(terms: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="files may leave it out"):
        ColumnTerms.model_validate(terms | {"mayBeAbsent": True})


@pytest.mark.parametrize("must", ["required", "primaryKey"])
def test_a_column_that_must_be_there_may_not_be_left_out(must: str) -> None:
    own = {"property": "roundtable", "value": {"mayBeAbsent": True}}
    column = {"name": "charging", "customProperties": [own]}
    assert Column.model_validate(column).terms.may_be_absent
    with pytest.raises(ValidationError, match="files may leave it out"):
        Column.model_validate(column | {must: True})

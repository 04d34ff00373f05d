"""What counts as a case, from the outcomes of a partnership."""

from roundtable.insight.harm.outcome_cases import MEASURED_CODES, measured_codes
from roundtable.partnership.model.outcome import Outcome

TOLD = {"name": "Fewer", "direction": "down", "indicator": "Records"}


def test_one_row_for_each_code_and_none_for_what_is_typed() -> None:
    outcomes = [
        Outcome.model_validate(
            TOLD | {"id": "armed", "measured_by": {"dataset": "d", "table": "t", "codes": ["w", "r", "w"]}}
        ),
        Outcome.model_validate(
            TOLD | {"id": "typed", "annual_cases": {"value": 3, "unit": "cases", "source": "A guess"}}
        ),
    ]
    found = measured_codes(outcomes)
    assert found.schema.equals(MEASURED_CODES.schema)
    told = [(row["outcome_id"], row["codes"], row["code"]) for row in found.to_pylist()]
    assert told == [("armed", "r|w", "r"), ("armed", "r|w", "w")]

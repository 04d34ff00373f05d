"""The same drop-off that the tests of the intake have."""

from tests.unit.intake.conftest import drop_off, new_ledger

__all__ = ["drop_off", "new_ledger"]

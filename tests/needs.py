"""Skip by name on a laptop what a machine lacks; fail for the same reason in CI."""

import os

import pytest


def needs(what: str, present: bool) -> None:
    """Skip the test when something is absent, saying what; in CI an absent thing is a failure."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is needed here and is absent")
    pytest.skip(f"{what} is absent")

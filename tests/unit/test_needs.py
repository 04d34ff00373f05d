"""What a machine lacks is skipped by name on a laptop and fails in CI."""

import pytest
from _pytest.outcomes import Failed, Skipped

from tests.conftest import NEEDED
from tests.needs import needs


def test_what_is_present_is_no_reason_to_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    needs("a machine", True)


def test_a_laptop_skips_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(Skipped, match="PostgreSQL is absent"):
        needs("PostgreSQL", False)


def test_ci_fails_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Failed, match="PostgreSQL is needed here and is absent"):
        needs("PostgreSQL", False)


def test_every_marker_says_what_it_needs(pytestconfig: pytest.Config) -> None:
    declared = {line.split(":")[0] for line in pytestconfig.getini("markers") if line.split(":")[0] in NEEDED}
    assert declared == set(NEEDED)

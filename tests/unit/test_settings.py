"""The environment's settings: what holds without them, and what is refused."""

from pathlib import Path

import pytest

from roundtable import settings
from roundtable.errors import ExitCode, SettingUnusable


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in settings.SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)


def test_what_holds_without_any_setting() -> None:
    assert settings.engine_setting() == "duckdb"
    assert settings.memory_setting() == "1GB"
    assert settings.threads_setting() is None
    assert settings.database_url() is None
    assert settings.shared_data_folder() == Path("../shared/data")
    assert settings.demo_folder() == Path.home() / "roundtable-demo"


def test_an_empty_variable_is_an_absent_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in settings.SETTINGS:
        monkeypatch.setenv(setting.name, "  ")
    assert settings.engine_setting() == "duckdb"
    assert settings.threads_setting() is None
    assert settings.database_url() is None


def test_the_environment_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_ENGINE", "spark")
    monkeypatch.setenv("ROUNDTABLE_MEMORY", "512 MiB")
    monkeypatch.setenv("ROUNDTABLE_THREADS", "2")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@localhost:5433/ledger")
    monkeypatch.setenv("ROUNDTABLE_SHARED_DATA", "elsewhere/data")
    monkeypatch.setenv("ROUNDTABLE_DEMO", "~/demo")
    assert settings.engine_setting() == "spark"
    assert settings.memory_setting() == "512 MiB"
    assert settings.threads_setting() == 2
    assert settings.database_url() == "postgresql://me:secret@localhost:5433/ledger"
    assert settings.shared_data_folder() == Path("elsewhere/data")
    assert settings.demo_folder() == Path.home() / "demo"


def test_an_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_ENGINE", "spark")
    assert settings.engine_setting("duckdb") == "duckdb"


@pytest.mark.parametrize("option", [None, "sparc"])
def test_an_unknown_engine_names_the_nearest(option: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_ENGINE", "sparc")
    with pytest.raises(SettingUnusable) as refused:
        settings.engine_setting(option)
    (problem,) = refused.value.problems
    assert problem.remedy == "did you mean 'spark'?"
    assert problem.place.key == ("ROUNDTABLE_ENGINE" if option is None else "--engine")
    assert refused.value.exit_code is ExitCode.SETTING_UNUSABLE


@pytest.mark.parametrize("value", ["lots", "0GB", "1", "-1GB", "1 GB or so"])
def test_memory_is_a_number_with_a_unit(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_MEMORY", value)
    with pytest.raises(SettingUnusable, match="ROUNDTABLE_MEMORY"):
        settings.memory_setting()


@pytest.mark.parametrize("value", ["0", "-2", "two", "1.5", "99999"])
def test_threads_are_counted_from_one(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_THREADS", value)
    with pytest.raises(SettingUnusable, match="ROUNDTABLE_THREADS"):
        settings.threads_setting()


@pytest.mark.parametrize(
    "value", ["mysql://me:secret@host/x", "postgresql://me:secret@host", "secret", "postgresql://[secret/x"]
)
def test_a_database_that_cannot_be_used_is_refused_unseen(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(SettingUnusable, match="DATABASE_URL") as refused:
        settings.database_url()
    assert "secret" not in str(refused.value)


def test_a_socket_and_a_name_are_address_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///ledger?host=/run/postgresql")
    assert settings.database_url() == "postgresql:///ledger?host=/run/postgresql"

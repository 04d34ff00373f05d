"""DATABASE_URL: what it may say, and what is said about one that cannot be used."""

from pathlib import Path

import pytest

from roundtable.errors import SettingUnusable, StoreUnusable
from roundtable.ledger.address import ledger_address
from roundtable.ledger.database import close_ledger, ledger_exists, open_ledger
from tests.postgres import PostgresServer

SECRET = "hunter%202"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://ann:pw@db.example:5433/county", ("county", "ann", "pw", "db.example", "5433")),
        ("postgres://db.example/county", ("county", "", "", "db.example", "")),
        ("postgresql://a%40b:p%2Fw@h/c%20d", ("c d", "a@b", "p/w", "h", "")),
        (
            "postgresql:///county?host=/run/postgresql&port=6000",
            ("county", "", "", "/run/postgresql", "6000"),
        ),
        ("postgresql://u@[::1]:5432/county", ("county", "u", "", "::1", "5432")),
    ],
)
def test_an_address_is_taken_apart(
    url: str, expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    address = ledger_address(tmp_path)
    assert tuple(address[part] for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


def test_options_go_to_the_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://h/county?sslmode=verify-full&connect_timeout=3")
    assert ledger_address(tmp_path)["OPTIONS"] == {"sslmode": "verify-full", "connect_timeout": "3"}


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://ann:{SECRET}@h/county",
        f"postgresql://ann:{SECRET}@h",
        f"postgresql://ann:{SECRET}@h:port/county",
        f"postgresql://ann:{SECRET}@h:99999/county",
        f"postgresql://ann:{SECRET}@h/county?ssl=yes",
        f"postgresql://ann:{SECRET}@[h/county",
        "county",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SettingUnusable) as caught:
        open_ledger(tmp_path)
    (problem,) = caught.value.problems
    assert problem.place.key == "DATABASE_URL"
    assert "hunter" not in str(caught.value)


def test_a_server_that_does_not_answer_is_named_without_the_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ann:{SECRET}@127.0.0.1:1/county")
    for attempt in (open_ledger, ledger_exists):
        with pytest.raises(StoreUnusable) as caught:
            attempt(tmp_path)
        assert "'county' at 127.0.0.1:1" in str(caught.value)
        assert "hunter" not in str(caught.value)
    close_ledger()


@pytest.mark.postgres
def test_a_database_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_server.url("nowhere"))
    with pytest.raises(StoreUnusable, match='"nowhere" does not exist'):
        open_ledger(tmp_path)
    close_ledger()
    assert not (tmp_path / ".roundtable").exists()

"""Engines held over a call: two at most, locked, empty for each delivery, and gone after an error."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from roundtable.data.intake.held_connections import HeldConnections
from tests.factories_intake import DropOff, good_rows


def test_one_for_each_kind_and_nothing_of_one_delivery_is_there_for_the_next(tmp_path: Path) -> None:
    with HeldConnections(tmp_path / "scratch") as held:
        with held.lent(identifiers=True) as first:
            first.execute("CREATE TEMP TABLE keys AS SELECT 1 AS k")
            first.register("piece", pa.table({"name": ["somebody"]}))
        with held.lent(identifiers=True) as again:
            assert again is first
            for name in ("keys", "piece"):
                with pytest.raises(duckdb.CatalogException):
                    again.execute(f"SELECT * FROM {name}")
        with held.lent(identifiers=False) as other:
            assert other is not first
            encrypted = [
                one.execute("SELECT current_setting('temp_file_encryption')").fetchall()[0][0]
                for one in (first, other)
            ]
            assert encrypted == [True, False]
    with pytest.raises(duckdb.ConnectionException):
        first.execute("SELECT 1")


def test_it_sees_the_scratch_folder_and_stays_locked(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with HeldConnections(tmp_path / "scratch") as held:
        for _ in range(2):
            with held.lent(identifiers=True) as connection:
                with pytest.raises(duckdb.PermissionException):
                    connection.execute(f"SELECT * FROM '{tmp_path}/secret.csv'")
                with pytest.raises(duckdb.InvalidInputException):
                    connection.execute("SET enable_external_access = true")
                connection.execute("SELECT 1")


def test_after_an_error_it_is_another(tmp_path: Path) -> None:
    with HeldConnections(tmp_path / "scratch") as held:
        with pytest.raises(RuntimeError), held.lent(identifiers=True) as first:
            raise RuntimeError
        with held.lent(identifiers=True) as other:
            assert other is not first
        with pytest.raises(duckdb.ConnectionException):
            first.execute("SELECT 1")


def test_many_deliveries_open_one(drop_off: DropOff, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[bool] = []
    real = HeldConnections._opened

    def watched(self: HeldConnections, identifiers: bool) -> duckdb.DuckDBPyConnection:
        opened.append(identifiers not in self._held)
        return real(self, identifiers)

    monkeypatch.setattr(HeldConnections, "_opened", watched)
    for month in range(1, 5):
        drop_off.deliver("crimes", f"2024-0{month}.csv", good_rows(2, f"2024-0{month}"))
    assert {one.status.value for one in drop_off.receive().values()} == {"accepted"}
    assert opened == [True, False, False, False]

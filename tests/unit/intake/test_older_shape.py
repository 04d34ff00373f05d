"""A lake that an earlier version wrote, with other columns: said in plain words, and mended by `receive`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roundtable.data.intake import fingerprints
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import StoreUnusable
from roundtable.ledger import models
from tests.factories_intake import DropOff, crimes, good_rows


def as_an_earlier_version_left_it(drop_off: DropOff, monkeypatch: pytest.MonkeyPatch) -> None:
    """The events in a file that lacks a column, and deliveries that were read for such files."""
    event = LAKE_TABLES["event"]
    older = replace(event, schema=event.schema.remove(event.schema.get_field_index("longitude")))
    (file,) = drop_off.lake.listed("event")
    rows = drop_off.table("event").drop_columns(["longitude"])
    with monkeypatch.context() as patch:
        for module in ("lake", "lake_file"):
            patch.setattr(f"roundtable.data.{module}.LAKE_TABLES", {**LAKE_TABLES, "event": older})
        lake = drop_off.lake
        path = lake.stage()
        lake.write("event", rows.to_batches(), path)
        lake.publish("as it was", [lake.seal("event", path, file.source)], [file])
    models.Delivery.objects.update(contract_fingerprint="0" * 64)


def test_it_is_said_what_is_wrong_and_receiving_mends_it(
    drop_off: DropOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(2))
    receipt = drop_off.receive_one()
    rows = drop_off.rows("event")
    as_an_earlier_version_left_it(drop_off, monkeypatch)
    with pytest.raises(StoreUnusable) as caught:
        drop_off.rows("event")
    (problem,) = caught.value.problems
    assert problem.rule == "lake-of-older-shape"
    assert problem.what.endswith(f"what came from {receipt.delivery_id}")
    assert f"`roundtable receive {drop_off.folder}`" in problem.remedy
    assert "sent again" in problem.remedy
    assert drop_off.receive_one().fresh
    assert drop_off.rows("event") == rows


def test_other_columns_of_the_lake_make_every_delivery_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints.tables_fingerprint(crimes())
    monkeypatch.setattr(fingerprints, "_shapes", lambda: ["another"])
    assert fingerprints.tables_fingerprint(crimes()) != before

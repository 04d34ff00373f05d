"""The model of a purpose as a row of a table. How often each word stands is left out: words are names."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from roundtable.data.linked_tables import LINK_MODEL, without_purpose
from roundtable.linkage.evidence.model import Model


def model_rows(model: Model, trained_on: int) -> pa.Table:
    """The table `link_model` without its purpose.

    Args:
        model: what pairs were weighed with.
        trained_on: how many distinct identities it was learnt from.
    """
    told = replace(model, frequencies={})
    row = {"fingerprint": model.fingerprint, "model": told.to_json(), "trained_on": trained_on}
    return pa.Table.from_pylist([row], schema=without_purpose(LINK_MODEL))


def model_of(rows: pa.Table) -> Model:
    """The model again, without frequencies."""
    return Model.from_json(rows["model"][0].as_py())

"""What cleaning mended and what it could not use, counted by dataset and rule, for the quality report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.linkage.cleaning.coded import Coded, Codes
from roundtable.linkage.cleaning.rule import Rule, Tells, outcome

#: A row a dataset, column and rule that changed a value there. `refused` values became null.
CLEANING_TOLD = pa.schema(
    [
        pa.field("dataset", pa.string(), False),
        pa.field("column", pa.string(), False),
        pa.field("rule", pa.string(), False),
        pa.field("tells", pa.string(), False),
        pa.field("records", pa.int64(), False),
    ]
)


class Teller:
    """Puts columns through rules, and counts the records whose value a rule mended or refused."""

    def __init__(self, dataset: Coded) -> None:
        """Begin counting.

        Args:
            dataset: the dataset of each row; every row has one.
        """
        self._dataset = dataset
        self._rows: list[tuple[str, str, str, str, int]] = []

    def put(self, column: str, rules: Sequence[Rule], coded: Coded) -> Coded:
        """A column after rules, each value once."""
        found = [(None, ()) if one is None else outcome(rules, one) for one in coded.values]
        self.count_values(column, rules, coded, [told for _, told in found])
        return coded.replaced([value for value, _ in found])

    def count_values(
        self, column: str, rules: Sequence[Rule], coded: Coded, told: Sequence[tuple[str, ...]]
    ) -> None:
        """Count the rows of values that rules mended or refused.

        Args:
            column: the column as the table of person records calls it.
            rules: the rules that were applied.
            coded: the column before them.
            told: for each of its values the names of the rules that tell.
        """
        kinds = {rule.name: rule.tells for rule in rules}
        for name in sorted({name for one in told for name in one}):
            changed = np.array([*(name in one for one in told), False], dtype=np.bool_)
            self.count(column, name, kinds[name], self.datasets(changed[coded.codes]))

    def datasets(self, rows: NDArray[np.bool_]) -> Codes:
        """The datasets of some rows, as codes."""
        return self._dataset.codes[rows]

    def count(self, column: str, rule: str, tells: Tells, datasets: Codes) -> None:
        """Count records for a rule, dataset by dataset.

        Args:
            column: the column as the table of person records calls it.
            rule: the rule's name.
            tells: whether it mended or refused.
            datasets: the dataset of each record, as a code.
        """
        numbers = np.bincount(datasets, minlength=len(self._dataset.values))
        for dataset, number in zip(self._dataset.values, numbers.tolist(), strict=True):
            if number and dataset is not None:
                self._rows.append((dataset, column, rule, tells.value, number))

    def table(self) -> pa.Table:
        """What was counted, by dataset, column and rule."""
        rows = sorted(self._rows)
        columns = zip(*rows, strict=True) if rows else ([] for _ in CLEANING_TOLD)
        return pa.table([list(one) for one in columns], schema=CLEANING_TOLD)

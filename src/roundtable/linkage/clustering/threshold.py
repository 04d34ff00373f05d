"""Where merging stops, chosen without knowing who anybody is, from what the model expects of each stop.

For each stop of a grid, what the pairs within people are worth (see `worth`) gives the precision and the
recall to be expected of it:

    precision = pairs within people that are expected to be right / pairs within people
    recall    = pairs within people that are expected to be right / all pairs that are
    F         = (1 + w) right / ((1 + w) right + w wrong + missed)

where w says how much worse a false join is than a missed one (van Rijsbergen 1979, Information Retrieval,
chapter 7: w is one over beta squared). The stop with the largest F is chosen, the higher one on a tie. All
pairs that are expected to be right are the same at every stop: those joined by the lowest stop, and of the
others what they are worth by their own probabilities.

Beside it stands what each scored pair is worth by its own probability alone, which is the more cautious
account, and a check of those probabilities against the company that pairs are in (see `calibration`). What
blocking missed is in no account: a reviewed sample says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.linkage.clustering.calibration import bin_middles, pooled
from roundtable.linkage.clustering.constraints import Positions
from roundtable.linkage.clustering.merge_tree import MergeTree
from roundtable.linkage.clustering.worth import Worth, worths

#: The stops that are tried. Below a tenth nine of ten pairs between two groups may speak against a merge.
STOPS: tuple[float, ...] = tuple(step / 20 for step in range(2, 20))

#: `expected_` is by the way in which people were joined, `alone_` by each pair's own probability.
CURVE = pa.schema(
    [
        pa.field("stop", pa.float64(), False),
        pa.field("people", pa.int64(), False),
        pa.field("largest", pa.int64(), False),
        pa.field("pairs_within", pa.int64(), False),
        pa.field("expected_precision", pa.float64(), False),
        pa.field("expected_recall", pa.float64(), False),
        pa.field("expected_f", pa.float64(), False),
        pa.field("alone_precision", pa.float64(), False),
        pa.field("alone_recall", pa.float64(), False),
        pa.field("alone_f", pa.float64(), False),
        pa.field("chosen", pa.bool_(), False),
    ]
)
#: By weight in bits, to a quarter: pairs, the mean of the model's probabilities, and what company says.
CALIBRATION = pa.schema(
    [
        pa.field("weight", pa.float64(), False),
        pa.field("pairs", pa.int64(), False),
        pa.field("model", pa.float64(), False),
        pa.field("found", pa.float64(), False),
    ]
)


@dataclass(frozen=True)
class Chosen:
    """The stop, and all that it was chosen by.

    Attributes:
        stop: the mean probability at which merging stops.
        labels: the group of each profile at it.
        curve: `CURVE`: a row a stop, the lowest first.
        calibration: `CALIBRATION`.
        says: why, in sentences.
    """

    stop: float
    labels: NDArray[np.int32]
    curve: pa.Table
    calibration: pa.Table
    says: tuple[str, ...]


def choose_stop(
    tree: MergeTree,
    left: Positions,
    right: Positions,
    probability: NDArray[np.float64],
    precision_weight: float,
    stops: Iterable[float] = STOPS,
) -> Chosen:
    """Choose where to cut a tree.

    Args:
        tree: merges down to the lowest of the stops.
        left: a profile of each scored pair that the tree was made of, each pair once.
        right: the other profile.
        probability: of the pair.
        precision_weight: how much worse a false join is than a missed one.
        stops: those to choose from, one at least.
    """
    found = worths(tree, left, right, probability, stops)
    # From the highest down: the first of equal ones is the highest.
    lowest = found[-1]
    rows = [_row(worth, lowest, precision_weight) for worth in found]
    best = max(range(len(rows)), key=lambda number: (round(rows[number]["expected_f"], 12), -number))
    curve = pa.Table.from_pylist(
        [{**row, "chosen": number == best} for number, row in enumerate(rows)][::-1], CURVE
    )
    calibration = _calibration(lowest, found[best], left, right, probability)
    chosen = found[best]
    return Chosen(chosen.stop, chosen.labels, curve, calibration, _says(curve, calibration, precision_weight))


def _row(worth: Worth, lowest: Worth, precision_weight: float) -> dict[str, float]:
    size = np.bincount(worth.labels)
    expected = _rates(worth.right, worth.within, lowest.right + lowest.between, precision_weight)
    alone = _rates(worth.alone, worth.within, lowest.alone + lowest.between, precision_weight)
    return {
        "stop": worth.stop,
        "people": int(np.count_nonzero(size)),
        "largest": int(size.max(initial=0)),
        "pairs_within": worth.within,
        **{f"expected_{name}": rate for name, rate in expected.items()},
        **{f"alone_{name}": rate for name, rate in alone.items()},
    }


def _rates(right: float, within: int, everything: float, precision_weight: float) -> dict[str, float]:
    """Precision, recall and F; all one where there is nothing to be wrong about."""
    both = (1 + precision_weight) * right
    below = both + precision_weight * (within - right) + (everything - right)
    return {
        "precision": right / within if within else 1.0,
        "recall": right / everything if everything else 1.0,
        "f": both / below if below else 1.0,
    }


def _calibration(
    widest: Worth, chosen: Worth, left: Positions, right: Positions, probability: NDArray[np.float64]
) -> pa.Table:
    pool = pooled(widest.labels, left, right, probability)
    worth = pool.worth(chosen.labels[left] == chosen.labels[right]) * pool.informed_pairs + pool.lone
    there = np.flatnonzero(pool.pairs)
    pairs = pool.pairs[there]
    return pa.table(
        [bin_middles()[there], pairs.astype(np.int64), pool.model[there] / pairs, worth[there] / pairs],
        schema=CALIBRATION,
    )


def _says(curve: pa.Table, calibration: pa.Table, precision_weight: float) -> tuple[str, ...]:
    row = curve.filter(curve["chosen"]).to_pylist()[0]
    alone = max(reversed(curve.to_pylist()), key=lambda one: float(one["alone_f"]))
    pairs = calibration["pairs"].to_numpy()
    model, found = (float(pairs @ calibration[name].to_numpy()) for name in ("model", "found"))
    return (
        f"Groups are merged while the mean probability between them is {row['stop']:.2f} or more. Of the "
        f"{curve.num_rows} stops tried it has the largest expected F, {row['expected_f']:.3f}, with a false "
        f"join counting {precision_weight:g} times a missed one.",
        f"Of the {row['pairs_within']:,} pairs within people {row['expected_precision']:.1%} are expected to "
        f"be right; {row['expected_recall']:.1%} of all that are right, as scored pairs tell, are within. "
        "Pairs that no key brought together are not in this account.",
        f"Judged pair by pair alone the precision would be {row['alone_precision']:.1%} and the recall "
        f"{row['alone_recall']:.1%}, and {alone['stop']:.2f} would have been chosen.",
        f"Of {int(pairs.sum()):,} scored pairs the model expects {model:,.0f} to be of one person; by the "
        f"company that they are in {found:,.0f} are.",
    )

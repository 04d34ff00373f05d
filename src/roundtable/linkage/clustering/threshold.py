"""Where merging stops, chosen without knowing who anybody is: where people and pairs agree best.

For each stop of a grid the people that it gives are held against what their pairs are worth. Two accounts are
kept. *As the model says*: the probabilities as they are. *As found*: what pairs of a weight prove to be worth
among these people themselves (see `calibration`). Either gives the precision and the recall to be expected:

    precision = what the pairs within people are worth / the number of pairs within people
    recall    = what the pairs within people are worth / what all scored pairs are worth
    F         = (1 + w) tp / ((1 + w) tp + w fp + fn)

where w says how much worse a false join is than a missed one (van Rijsbergen 1979, Information Retrieval, chapter
7: w is one over beta squared). The stop with the largest F as found is chosen, the higher one on a tie. Too low a
stop joins people whose pairs are mostly not worth it; too high a stop takes apart those whose pairs are, and then
pairs of one weight stand within people here and between them there: both make pairs and people disagree.

What is expected is for comparing stops. It is a cautious guess of the truth, for a pair is judged by its own
weight alone, not by the company it is in. What blocking missed is in neither account; a reviewed sample says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.clustering.calibration import Pooled, bin_starts, pooled
from roundtable.linkage.clustering.constraints import Positions
from roundtable.linkage.clustering.merge_tree import MergeTree

#: The stops that are tried: from the lowest at which a merge can be thought of to nearly certain.
STOPS: tuple[float, ...] = tuple(step / 20 for step in range(2, 20))
#: What a pair within a person is worth that nothing brought together and so nobody scored: a judgement.
UNSCORED = 0.01

CURVE = pa.schema(
    [
        pa.field("stop", pa.float64(), False),
        pa.field("people", pa.int64(), False),
        pa.field("largest", pa.int64(), False),
        pa.field("pairs_within", pa.int64(), False),
        pa.field("unscored_within", pa.int64(), False),
        pa.field("model_precision", pa.float64(), False),
        pa.field("model_recall", pa.float64(), False),
        pa.field("model_f", pa.float64(), False),
        pa.field("found_precision", pa.float64(), False),
        pa.field("found_recall", pa.float64(), False),
        pa.field("found_f", pa.float64(), False),
        pa.field("chosen", pa.bool_(), False),
    ]
)
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
        curve: `CURVE`: a row a stop.
        calibration: `CALIBRATION`: by weight in bits, the scored pairs, the mean of the model's probabilities
            and what they prove to be worth at the chosen stop.
        says: why, in sentences.
    """

    stop: float
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
        left, right, probability: the scored pairs that the tree was made of, each once.
        precision_weight: how much worse a false join is than a missed one.
        stops: those to choose from.
    """
    tried = sorted(stops)
    pool = pooled(tree.cut(tried[0]), left, right, probability)
    rows = [_row(tree, stop, left, right, probability, pool, precision_weight) for stop in tried]
    best = max(rows, key=lambda row: (row["found_f"], row["stop"]))
    stop = float(best["stop"])
    curve = pa.Table.from_pylist([{**row, "chosen": row is best} for row in rows], CURVE)
    calibration = _calibration(pool, _inside(tree.cut(stop), left, right))
    return Chosen(stop, curve, calibration, _says(curve, calibration, precision_weight))


def _inside(labels: NDArray[np.int32], left: Positions, right: Positions) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = labels[left] == labels[right]
    return inside


def _row(
    tree: MergeTree,
    stop: float,
    left: Positions,
    right: Positions,
    probability: NDArray[np.float64],
    pool: Pooled,
    precision_weight: float,
) -> dict[str, float]:
    labels = tree.cut(stop)
    size = np.bincount(labels, minlength=max(1, len(labels))).astype(np.int64)
    within = int((size * (size - 1) // 2).sum())
    inside = _inside(labels, left, right)
    unscored = within - int(inside.sum())
    worth = pool.worth(inside)
    lone = float(probability[inside & ~pool.informed].sum())
    found = float(pool.added(inside & pool.informed) @ worth) + lone
    found_all = float(pool.informed_pairs @ worth) + float(pool.lone.sum())
    model = _rates(float(probability[inside].sum()), within, float(pool.model.sum()), unscored, precision_weight)
    counted = _rates(found, within, found_all, unscored, precision_weight)
    return {
        "stop": stop,
        "people": int(np.count_nonzero(size)),
        "largest": int(size.max()),
        "pairs_within": within,
        "unscored_within": unscored,
        **{f"model_{name}": rate for name, rate in model.items()},
        **{f"found_{name}": rate for name, rate in counted.items()},
    }


def _rates(
    scored: float, within: int, everything: float, unscored: int, precision_weight: float
) -> dict[str, float]:
    """Precision, recall and F; all one where there is nothing to be wrong about."""
    true, whole = scored + UNSCORED * unscored, everything + UNSCORED * unscored
    both = (1 + precision_weight) * true
    below = both + precision_weight * (within - true) + (whole - true)
    return {
        "precision": true / within if within else 1.0,
        "recall": true / whole if whole else 1.0,
        "f": both / below if below else 1.0,
    }


def _calibration(pool: Pooled, inside: NDArray[np.bool_]) -> pa.Table:
    worth = pool.worth(inside) * pool.informed_pairs + pool.lone
    there = np.flatnonzero(pool.pairs)
    pairs = pool.pairs[there]
    return pa.table(
        [bin_starts()[there], pairs.astype(np.int64), pool.model[there] / pairs, worth[there] / pairs],
        schema=CALIBRATION,
    )


def _says(curve: pa.Table, calibration: pa.Table, precision_weight: float) -> tuple[str, ...]:
    row = curve.filter(curve["chosen"]).to_pylist()[0]
    by_model = max(curve.to_pylist(), key=lambda one: (one["model_f"], one["stop"]))
    pairs = pc.sum(calibration["pairs"]).as_py() or 0
    model, found = (
        float(np.dot(calibration["pairs"].to_numpy(), calibration[name].to_numpy())) for name in ("model", "found")
    )
    return (
        f"Groups are merged while the mean probability between them is {row['stop']:.2f} or more: of "
        f"{curve.num_rows} stops tried, people and pairs agree best there (F {row['found_f']:.3f}, a false join "
        f"counting {precision_weight:g} times a missed one).",
        f"Judging each pair by its weight alone, at least {row['found_precision']:.1%} of the "
        f"{row['pairs_within']:,} pairs within people are expected to be right, and {row['found_recall']:.1%} of "
        "those that can be found are within; pairs that no key brought together are not counted.",
        f"By the model's own probabilities {by_model['stop']:.2f} would have been chosen. Of {pairs:,} scored pairs "
        f"the model expects {model:,.0f} to be of one person; by the company that they are in, {found:,.0f} are.",
        f"{row['unscored_within']:,} pairs within people were never scored and count as {UNSCORED:g} each.",
    )

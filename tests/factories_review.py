"""Made-up linked records: people with records, weighed pairs between them, and some mistakes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roundtable.linkage.review.linked import Linked


def linked_of(
    people: Sequence[int],
    pairs: Sequence[tuple[int, int, float]] = (),
    sizes: Sequence[int] | None = None,
    groups: dict[str, Sequence[int]] | None = None,
) -> Linked:
    """A profile for each of `people`, which says whom it was put to; pairs with their probability."""
    of_record = np.repeat(np.arange(len(people)), sizes if sizes is not None else 1).astype(np.int32)
    probability = np.array([one[2] for one in pairs], dtype=np.float64)
    return Linked(
        pa.array([f"{row:032x}" for row in range(of_record.size)], pa.string()),
        of_record,
        np.array(people, dtype=np.int32),
        np.array([one[0] for one in pairs], dtype=np.int32),
        np.array([one[1] for one in pairs], dtype=np.int32),
        np.log2(probability / (1 - probability)),
        probability,
        {name: np.array(codes, dtype=np.int32) for name, codes in (groups or {}).items()},
    )


def made_up(
    seed: int, people: int = 300
) -> tuple[Linked, npt.NDArray[np.int64], dict[str, npt.NDArray[np.int64]]]:
    """People with a few profiles each, linked with mistakes; who each profile is, and loose keys."""
    chance = np.random.default_rng(seed)
    truth = np.repeat(np.arange(people), chance.integers(1, 5, people))
    count = truth.size
    same = np.array(
        [(i, j) for i in range(count) for j in range(i + 1, min(i + 5, count)) if truth[i] == truth[j]]
    )
    other = np.sort(chance.integers(0, count, size=(people, 2)), axis=1)
    other = np.unique(other[truth[other[:, 0]] != truth[other[:, 1]]], axis=0)
    same = same[chance.random(len(same)) < 0.9]
    weight = np.concatenate([chance.normal(6, 4, len(same)), chance.normal(-2, 3, len(other))])
    pairs = np.concatenate([same, other])
    labels = np.arange(count)
    for (i, j), one in zip(pairs.tolist(), weight.tolist(), strict=True):
        if one > 2:
            labels[labels == labels[j]] = labels[i]
    sizes = chance.integers(1, 4, count)
    linked = Linked(
        pa.array([f"{row:032x}" for row in range(int(sizes.sum()))], pa.string()),
        np.repeat(np.arange(count), sizes).astype(np.int32),
        np.unique(labels, return_inverse=True)[1].astype(np.int32),
        pairs[:, 0].astype(np.int32),
        pairs[:, 1].astype(np.int32),
        weight,
        1 / (1 + 2.0**-weight),
        {"agency": chance.integers(0, 3, count).astype(np.int32)},
    )
    tight = np.where(chance.random(count) < 0.1, -1, truth // 2)
    return linked, truth, {"tight": tight, "wide": truth // 20}

"""The library recordlinkage on FEBRL3, without labels: pairs by blocks, exact and similar values, ECM.

    python -m bench.linkage_recordlinkage RECORDS TRUTH

RECORDS is FEBRL3 as Parquet, TRUTH the person of each record. What its classifier calls a match is joined by
connected components, since it has no clustering of its own. Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import recordlinkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bench.linkage_scores import scores

BLOCKS = ("given_name", "surname", "date_of_birth", "soc_sec_id", "postcode")


def main(records: Path, truth: Path) -> None:
    """Run it and print what came of it."""
    warnings.filterwarnings("ignore")
    frame = pq.read_table(records).to_pandas().set_index("rec_id").map(lambda one: str(one).strip())
    frame.index = frame.index.str.strip()
    began = time.process_time()
    indexer = recordlinkage.Index()
    for column in BLOCKS:
        indexer.block(column)
    pairs = indexer.index(frame)
    compare = recordlinkage.Compare()
    for column in ("given_name", "surname", "address_1"):
        compare.string(column, column, method="jarowinkler", threshold=0.85)
    for column in ("date_of_birth", "soc_sec_id", "postcode", "suburb", "state"):
        compare.exact(column, column)
    matches = recordlinkage.ECMClassifier(binarize=0.5).fit_predict(compare.compute(pairs, frame))
    place = {name: number for number, name in enumerate(frame.index)}
    ends = np.array([[place[one], place[other]] for one, other in matches])
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(frame), len(frame)))
    found = connected_components(graph, directed=False)[1].astype(np.int64)
    spent = time.process_time() - began
    known = pq.read_table(truth).to_pydict()
    person = dict(zip(known["record_id"], known["person"], strict=True))
    told = scores(found, np.array([person[name] for name in frame.index], np.int64))
    print(json.dumps({"cpu": spent, **told._asdict()}))


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:]))

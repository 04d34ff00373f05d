"""Make a county: its shards each in a process, joined in their order.

Nothing depends on how many processes work: a shard is made from its own random streams alone, and what the
shards give is joined in their order.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from roundtable.county.comparison.compare import compare
from roundtable.county.comparison.rows import Comparison
from roundtable.county.comparison.weights import Weights
from roundtable.county.effects.planted import plant
from roundtable.county.making_shard import ShardMade, begin_worker, made_shard
from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan
from roundtable.county.sends.delivery_files import DeliveryFiles, WrittenFile, write_outlines
from roundtable.county.sends.planned_files import SentTable, sent_files
from roundtable.county.standing_folders import Folders, begun, published
from roundtable.county.truth.planted_tables import mishaps_table, planted_tables
from roundtable.county.truth.tables import PLANTED_MISHAPS
from roundtable.county.truth_files import TruthFiles
from roundtable.partnership.model.contract import Dataset

#: Shards beyond those being made that wait to be joined: what bounds the memory.
_AHEAD = 2
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What county is wanted, and for whom.

    Attributes:
        plan: its people, seed and day.
        datasets: the contracts that its agencies send by.
        nights: how many nightly files there are at most.
        hold_back: how many of the newest files of each table are put aside for later.
        open_data: whether boundaries, population, deprivation and street-level crime are made too.
        processes: how many work at once.
        weights: what harm is weighed with in the comparison with published figures.
    """

    plan: CountyPlan
    datasets: tuple[Dataset, ...]
    nights: int
    hold_back: int = 0
    open_data: bool = True
    processes: int = 1
    weights: tuple[Weights, ...] = ()


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes:
        files: every delivery, in order of dataset, table and time.
        truth: the tables of the truth folder and how many rows each has.
        comparison: published figures beside what the county gives.
    """

    files: tuple[WrittenFile, ...]
    truth: dict[str, int]
    comparison: tuple[Comparison, ...]

    @property
    def rows(self) -> int:
        """The rows of all deliveries together."""
        return sum(file.rows for file in self.files)


def make_county(wanted: Wanted, folders: Folders, progress: Progress) -> Made:
    """Make a county's deliveries and its truth.

    Args:
        wanted: what county.
        folders: where it is put.
        progress: told how far it is.

    Raises:
        SettingUnusable: something stands in the folders that an earlier county did not put there.
    """
    tables = sent_files(wanted.plan, wanted.datasets, wanted.nights, open_data=wanted.open_data)
    with begun(folders) as unfinished:
        files = DeliveryFiles(unfinished.deliveries, unfinished.later, tables, wanted.hold_back)
        truth = TruthFiles(unfinished.truth, wanted.plan)
        known = county_map(wanted.plan)
        truth.append(planted_tables(plant(wanted.plan, known)))
        truth.append({PLANTED_MISHAPS.name: mishaps_table(tables)})
        tallies = []
        for number, shard in enumerate(_shards(wanted, tables), 1):
            files.append(shard.sent.pieces)
            truth.append(shard.sent.truth)
            tallies.append(shard.tally)
            progress(f"{number} of {len(wanted.plan.shards)} parts of the county are made.")
        written = files.finish()
        if wanted.open_data:
            written += write_outlines(unfinished.deliveries, wanted.datasets, known)
        rows = truth.finish()
        published(folders, unfinished)
    return Made(written, rows, compare(tallies, wanted.weights))


def _shards(wanted: Wanted, tables: tuple[SentTable, ...]) -> Iterator[ShardMade]:
    shards = wanted.plan.shards
    workers = min(wanted.processes, len(shards))
    if workers <= 1:
        begin_worker(wanted.plan, tables)
        yield from (made_shard(shard) for shard in shards)
        return
    # A fresh process each: a copy of this one would bring along its threads and open files.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, begin_worker, (wanted.plan, tables)) as pool:
        running: deque[Future[ShardMade]] = deque()
        for shard in shards:
            running.append(pool.submit(made_shard, shard))
            if len(running) >= workers + _AHEAD:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

"""What may be read for a purpose, made ready: the one way to the lake's tables, in a run and outside one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from roundtable.data.engine import Engine, EngineName, open_engine
from roundtable.data.lake import Lake
from roundtable.data.standing_rows import standing_of
from roundtable.data.subjects.made_under import MADE, see_that_it_may_be_shown
from roundtable.data.subjects.rectified import putting_right
from roundtable.data.tables import LAKE_TABLES
from roundtable.partnership.model.whole import Partnership
from roundtable.steps.permitted import Permitted
from roundtable.steps.step import Bench
from roundtable.steps.unsealed import leaving_out, left_out_for


def bench_of(
    partnership: Partnership, lake: Lake, allowed: Permitted, engine: Engine, reads: Sequence[str]
) -> Bench:
    """The tables as a purpose may see them today, each file seen to be whole.

    Args:
        partnership: what is agreed.
        lake: where the tables stand.
        allowed: what may be used for the purpose.
        engine: what works expressions out; with the keys, where a table is in the vault.
        reads: the tables.

    Raises:
        StoreUnusable: a file is gone or damaged.
        Busy: seals do not yet reach what was received last.
    """
    files = {name: allowed.files(lake, name) for name in reads}
    whole = {name: {file.sha256 for file in lake.files(name)} for name in reads}
    paths = {
        name: [file.path for file in found if file.sha256 in whole[name]] for name, found in files.items()
    }
    limits = {name: allowed.limits_among(found) for name, found in files.items()}
    standing = standing_of(lake)
    leaving = leaving_out(lake, engine, standing, left_out_for(allowed.purpose), reads)
    put_right = putting_right(lake, engine, reads)
    return Bench(partnership, engine, paths, limits, standing, leaving, put_right)


@contextmanager
def opened_bench(
    partnership: Partnership, lake: Lake, allowed: Permitted, engine: EngineName, reads: Sequence[str]
) -> Iterator[Bench]:
    """The same with an engine of its own, for a question outside a run, until the block ends.

    Raises:
        StoreUnusable: a file is gone or damaged, or a table is in the vault and the lake has no keys.
        Busy: a table was made before the last delivery, seal or decision about people.
    """
    if not MADE.isdisjoint(reads):
        see_that_it_may_be_shown(lake)
    keyring = lake.keyring if any(LAKE_TABLES[name].vault for name in reads) else None
    with open_engine(engine, [lake.root], lake.scratch, keyring) as opened:
        yield bench_of(partnership, lake, allowed, opened, reads)

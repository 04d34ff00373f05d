"""What a sender's system holds for one table: records, and a value for each column of its own.

A *producer* makes it (`police.py`, `fire.py` and so on, one agency a file), of what truly is and happened.
It says only what the sender alone knows: who a row is about, numbers, dates and codes of the sender's own
list. Names, homes, gaps, slips, formats and files follow from the contract and the sender's habits and are
the same code for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Days = NDArray[Any]
#: Values one for each record: text, whole numbers, decimals, yes and no, days or instants.
Plain: TypeAlias = pa.Array | NDArray[Any]
#: Values that depend on when they are looked at: by record and by the day the file stands for.
Varying: TypeAlias = Callable[[Integers, Days], Plain]
Value: TypeAlias = Plain | Varying


@dataclass(frozen=True)
class Drawn:
    """The records of one table in one shard.

    Attributes:
        recorded: when each was entered, to the second.
        who: the position of the person that the row names; -1 where it names none.
        place: the position of the address it is at; -1 where it is at none.
        values: a value for each record, by the contract's name of the column.
        events: the number of the happening that each comes from; left out where they come from none.
        until: for a register that is sent whole: the day a record leaves it; `NaT` where it stays.
        terms: the school term each belongs to (`calendar.term_number`), where files are sent by the term.
        changing: columns that are still empty where a record is sent before it is changed.
        named: columns that say something of the person though the contract makes nothing of them, each with
            the field it shows: an occupier's name that nobody is to have.
    """

    recorded: Days
    who: Integers
    place: Integers
    values: Mapping[str, Value]
    events: Integers | None = None
    until: Days | None = None
    terms: Integers | None = None
    changing: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.recorded)


@dataclass(frozen=True)
class Producer:
    """How one table of one dataset is made.

    Attributes:
        dataset: the dataset's id.
        table: the table's name in the contract.
        sender: whose habits it has: a row name of `reference/habits.csv`.
        make: draws the records of a shard.
        twice: whether one happening may be entered twice, as two records.
        registered: whether people who are registered twice stand in it twice, as in a register.
        by_term: whether a file is sent each school term and not each month.
        few: whether a register is so big that only the first and the newest are sent.
        once: the name of its only file, where but one is ever sent.
    """

    dataset: str
    table: str
    sender: str
    make: Callable[..., Drawn]
    twice: bool = True
    registered: bool = False
    by_term: bool = False
    few: bool = False
    once: str = ""


@dataclass
class Producers:
    """The producers of one agency's tables, gathered by the decorator `sends`."""

    found: list[Producer] = field(default_factory=list)

    def sends(
        self, dataset: str, table: str, sender: str, **how: Any
    ) -> Callable[[Callable[..., Drawn]], Callable[..., Drawn]]:
        """Mark a function as the producer of a table; `how` is what `Producer` says of it beside."""

        def marked(make: Callable[..., Drawn]) -> Callable[..., Drawn]:
            self.found.append(Producer(dataset, table, sender, make, **how))
            return make

        return marked


def recoded(column: pa.Array, codes: Mapping[str, str | None]) -> pa.Array:
    """A column in the sender's own code list; a value that the list does not name stays as it is."""
    words = column.dictionary_encode()
    own = [codes.get(word, word) for word in words.dictionary.to_pylist()]
    return pa.array(own, pa.string()).take(words.indices)


def yes_no(flags: NDArray[np.bool_], yes: str, no: str) -> pa.Array:
    """Yes and no in the sender's own words."""
    return pa.array([no, yes]).take(pa.array(flags.astype(np.int8)))


def ended(until: Days) -> Varying:
    """A last day that a sender writes once it has come."""

    def known(records: Integers, on: Days) -> Plain:
        then = until[records]
        shown: Plain = np.where(then < on, then, np.datetime64("NaT", "D"))
        return shown

    return known

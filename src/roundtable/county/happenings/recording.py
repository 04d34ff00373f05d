"""What an agency knows of and does not record: of everybody a share, and of one group more, as is planted."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.drawing import Drawn, words
from roundtable.county.happenings.lives import Flags, Floats
from roundtable.county.truth.tables import UNRECORDED


def recorded(
    chronicle: Chronicle, need: str, drawn: Drawn, luck: Floats, odds: float, kept: Flags | None = None
) -> Flags:
    """Which happenings the agency records; the rest are revealed.

    Args:
        chronicle: what happens in the shard.
        need: what kind they are, as in `effects/reference/under_recording.csv`.
        drawn: the happenings.
        luck: a number from 0 to 1 for each.
        odds: the share that is recorded of those who belong to no such group.
        kept: which of them happened at all; all where left out.
    """
    rule, lives = chronicle.planted.under_recording(need), chronicle.lives
    age = lives.age_on(drawn.unit, drawn.day)
    mine = age >= rule.from_age
    if rule.under_age is not None:
        mine &= age < rule.under_age
    if rule.sex:
        mine &= lives.male[drawn.unit] == (rule.sex == "M")
    found: Flags = luck < odds * np.where(mine, rule.relative, 1.0)
    missed = ~found if kept is None else kept & ~found
    count = int(missed.sum())
    columns = [
        pa.repeat(rule.agency, count),
        pa.repeat(need, count),
        pa.array(chronicle.person_ids(drawn.unit[missed])),
        pa.array(drawn.at[missed]).cast(pa.timestamp("s")),
        words(("others", rule.group), mine[missed].astype(np.int64)),
    ]
    chronicle.reveal("unrecorded", pa.Table.from_arrays(columns, schema=UNRECORDED.schema))
    return found

"""The tables of people: who each record belongs to, what moved in a run, and which records moved."""

from __future__ import annotations

from enum import StrEnum

import pyarrow as pa

_TEXT = pa.string()
_WHOLE = pa.int64()

#: A row a record, sorted by `record_id`. `joined_run` is the run in which the record came to this person.
#: `former_id` is the person that it was of before a merge ended that person, the last one if there were
#: several; null where there was none. By it a person that comes apart again takes their old id back.
PERSON_LINK = pa.schema(
    [
        pa.field("record_id", _TEXT, False),
        pa.field("person_id", _TEXT, False),
        pa.field("joined_run", _WHOLE, False),
        pa.field("former_id", _TEXT),
    ]
)

#: A row a move; `run` and `number` tell it from the others. `person_from` is null for a new person and
#: `person_to` for one that is gone; `records` is how many records moved, and `record_id` is which, where it
#: was one. `evidence` says in words and weights why, without anything that identifies; null where nobody
#: asked. `undone_by` is the number of the decision that undid the move; null while it stands.
PERSON_MOVE = pa.schema(
    [
        pa.field("run", _WHOLE, False),
        pa.field("number", _WHOLE, False),
        pa.field("kind", _TEXT, False),
        pa.field("person_from", _TEXT),
        pa.field("person_to", _TEXT),
        pa.field("records", _WHOLE, False),
        pa.field("record_id", _TEXT),
        pa.field("evidence", _TEXT),
        pa.field("undone_by", _WHOLE),
    ]
)

#: A row a record that a merge, a split or a move took from one person to another.
PERSON_MOVED = pa.schema(
    [pa.field("run", _WHOLE, False), pa.field("number", _WHOLE, False), pa.field("record_id", _TEXT, False)]
)


class Kind(StrEnum):
    """What happened to a person, in the order in which a run tells it.

    A merge ends the person that the records come from. A split begins the person that they go to, or begins
    them again. A move is between two people who were there before and are there still.
    """

    GONE = "gone"
    MERGE = "merge"
    MOVE = "move"
    SPLIT = "split"
    NEW = "new"


#: What takes records from one person to another, and so can be undone.
BETWEEN_PEOPLE = (Kind.MERGE, Kind.MOVE, Kind.SPLIT)

"""What a run leaves for the next night and for lookup: all of it in memory, and as named parts to be kept.

There are identifiers in it (the words of the vocabularies, and what keys and digests are made of), so its
parts belong in the vault and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import Constraints, Pairs
from roundtable.linkage.clustering.known import by_numbers
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.vocabulary import Vocabulary
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.link_tables import PERSON_LINK

#: Goes up when parts are written otherwise: older ones are not read, and the whole is linked again.
VERSION = 1
#: A record's link, its profile, and the event that it stands in.
RECORD = pa.schema([*PERSON_LINK, pa.field("profile", pa.int32(), False), pa.field("event_id", pa.string())])
#: The arrays that are not by column or by type of key, and what they hold.
_ARRAYS: Mapping[str, type[np.generic]] = {
    "identity": np.uint64,
    "left": np.int32,
    "right": np.int32,
    "weight": np.float64,
    "labels": np.int32,
    "alone": np.int32,
}
_Kind = TypeVar("_Kind", bound=np.generic)


class StateUnusable(Exception):
    """The parts are of another version, or are not all there: the whole is to be linked again."""


@dataclass(frozen=True)
class State:
    """Everything that a night and a lookup need. Profiles are told by their position.

    A profile that no record shows any more keeps its position: it has no keys and no pairs, and is a group of
    its own, which no record is of.

    Attributes:
        model: what the pairs were scored with; it names the settings.
        stop: the mean probability below which two groups are not merged.
        encoded: the profiles as numbers.
        identity: of each profile, 64 bits of all columns, also of those that are not compared.
        keys: for each type of key, one a profile; 0 where it has none.
        left, right, weight: the pairs that were kept, in any order, `left` before `right`; the weight is in
            bits.
        labels: the group of each profile, which is the lowest position in it. A group is a person.
        apart: profiles that are known to be of two people, beside those whose numbers differ.
        alone: profiles that join nobody.
        decisions: what people decided about records.
        records: a row a record, in any order; a `RECORD`.
    """

    model: Model
    stop: float
    encoded: Encoded
    identity: NDArray[np.uint64]
    keys: Mapping[str, NDArray[np.uint64]]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    weight: NDArray[np.float64]
    labels: NDArray[np.int32]
    apart: Pairs
    alone: NDArray[np.int32]
    decisions: Decisions
    records: pa.Table

    def __len__(self) -> int:
        """How many profiles there are."""
        return len(self.labels)

    @cached_property
    def profile(self) -> NDArray[np.int32]:
        """The profile of each record."""
        found: NDArray[np.int32] = self.records["profile"].to_numpy()
        return found

    @cached_property
    def probability(self) -> NDArray[np.float64]:
        """The probability that each kept pair is one person."""
        return probability_of(self.weight)

    @cached_property
    def decided(self) -> tuple[Pairs, Pairs]:
        """The profiles that are decided to be apart, and those decided to be together."""
        return self.decisions.between(self.records["record_id"], self.profile)

    @cached_property
    def constraints(self) -> Constraints:
        """What no score overrules: numbers that differ, what is known of two, and decisions."""
        apart, together = self.decided
        facts = replace(by_numbers(self.encoded), apart=self.apart, alone=self.alone)
        return facts.and_pairs(apart, together)

    def person_link(self) -> pa.Table:
        """Which person each record is of; a `PERSON_LINK`, sorted."""
        return self.records.select(PERSON_LINK.names).sort_by("record_id").combine_chunks()

    def to_parts(self) -> dict[str, bytes]:
        """All of it as bytes, by name. The same state gives the same parts."""
        arrays: dict[str, NDArray[Any]] = {
            **{f"codes/{column}": codes for column, codes in self.encoded.codes.items()},
            **{f"keys/{name}": keys for name, keys in self.keys.items()},
            **{name: getattr(self, name) for name in _ARRAYS},
            "apart/left": self.apart.left,
            "apart/right": self.apart.right,
        }
        words = {name: pa.table({"word": those.arrow()}) for name, those in self.encoded.vocabularies.items()}
        return {
            "about": self._about().encode(),
            **{name: values.tobytes() for name, values in arrays.items()},
            **{f"words/{name}": _written(table) for name, table in words.items()},
            "records": _written(self.records),
        }

    @classmethod
    def from_parts(cls, parts: Mapping[str, bytes]) -> State:
        """The state again; parts of other names are let be.

        Raises:
            StateUnusable: the parts are of another version, or are not all there.
        """
        try:
            about = json.loads(parts["about"])
            if about["version"] != VERSION:
                raise StateUnusable(f"the parts are of version {about['version']}, not {VERSION}")
            return _read(parts, about)
        except (KeyError, ValueError, TypeError, pa.ArrowInvalid) as error:
            raise StateUnusable("the parts are not all there") from error

    def _about(self) -> str:
        about = {
            "version": VERSION,
            "stop": self.stop,
            "model": self.model.to_json(),
            "columns": list(self.encoded.codes),
            "vocabularies": list(self.encoded.vocabularies),
            "keys": list(self.keys),
            "decisions": {"apart": self.decisions.apart, "together": self.decisions.together},
        }
        return json.dumps(about)


def probability_of(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability that a weight in bits comes to."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0)))


def _read(parts: Mapping[str, bytes], about: Mapping[str, Any]) -> State:
    decided = {kind: [(one, other) for one, other in two] for kind, two in about["decisions"].items()}
    codes = {column: _array(parts[f"codes/{column}"], np.int32) for column in about["columns"]}
    words = {name: Vocabulary(_table(parts[f"words/{name}"])["word"]) for name in about["vocabularies"]}
    arrays: dict[str, Any] = {name: _array(parts[name], kind) for name, kind in _ARRAYS.items()}
    return State(
        model=Model.from_json(about["model"]),
        stop=about["stop"],
        encoded=Encoded(codes, words),
        keys={name: _array(parts[f"keys/{name}"], np.uint64) for name in about["keys"]},
        apart=Pairs(_array(parts["apart/left"], np.int32), _array(parts["apart/right"], np.int32)),
        decisions=Decisions.of(**decided),
        records=_table(parts["records"]),
        **arrays,
    )


def _array(part: bytes, kind: type[_Kind]) -> NDArray[_Kind]:
    """An array that can be written to: functions would be compiled a second time for one that cannot."""
    return np.frombuffer(part, kind).copy()


def _written(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def _table(part: bytes) -> pa.Table:
    return pa.ipc.open_stream(part).read_all()

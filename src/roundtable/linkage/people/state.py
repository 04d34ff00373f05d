"""What a run leaves for the next night and for lookup: all of it in memory, and as named parts to be kept.

There are identifiers in it (the words of the vocabularies, and what keys and digests are made of), so its parts
belong in the vault and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import Constraints, Pairs
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.vocabulary import Vocabulary
from roundtable.linkage.people.link_tables import PERSON_LINK

#: Goes up when parts are written otherwise: older ones are not read, and the whole is linked again.
VERSION = 1
#: The profile of a record, and what of it has to do with others of its event, beside the link.
RECORD = pa.schema([*PERSON_LINK, pa.field("profile", pa.int32(), False), pa.field("event_id", pa.string())])
_PAIRS = ("apart", "together")
_Kind = TypeVar("_Kind", bound=np.generic)


class StateUnusable(Exception):
    """The parts are of another version, or are not all there: link the whole again."""


@dataclass(frozen=True)
class State:
    """Everything that a night and a lookup need. Profiles are told by position, `n` of them.

    A profile that no living record shows any more keeps its position: it has no keys and no pairs, and its label
    is its own position.

    Attributes:
        model: what the pairs were scored with; it names the settings.
        stop: the mean probability at which two groups are no longer merged.
        encoded: the profiles as numbers.
        identity: of each profile, 64 bits of all columns of its identity, also those that are not compared.
        keys: for each type of key, one a profile; 0 where it has none.
        left, right, weight: the pairs that were kept, with `left` before `right`, and what they weigh in bits.
        labels: the group of each profile, which is the lowest position in it. A group is a person.
        constraints: what no score overrules.
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
    constraints: Constraints
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

    def person_link(self) -> pa.Table:
        """Which person each record is of; a `PERSON_LINK`, sorted."""
        return self.records.select(PERSON_LINK.names).sort_by("record_id").combine_chunks()

    def to_parts(self) -> dict[str, bytes]:
        """All of it as bytes, by name. The same state gives the same parts."""
        constraints = self.constraints
        pairs = {name: getattr(constraints, name) for name in _PAIRS}
        arrays: dict[str, NDArray[np.generic]] = {
            **{f"codes/{column}": codes for column, codes in self.encoded.codes.items()},
            **{f"keys/{name}": keys for name, keys in self.keys.items()},
            **{f"{name}/left": those.left for name, those in pairs.items()},
            **{f"{name}/right": those.right for name, those in pairs.items()},
            "identity": self.identity,
            "left": self.left,
            "right": self.right,
            "weight": self.weight,
            "labels": self.labels,
            "kinds": constraints.kinds,
            "alone": constraints.alone,
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
        """The state again.

        Raises:
            StateUnusable: the parts are of another version, or are not all there.
        """
        try:
            about = json.loads(parts["about"])
            if about["version"] != VERSION:
                raise StateUnusable
            return _read(parts, about)
        except (KeyError, ValueError, pa.ArrowInvalid) as error:
            raise StateUnusable from error

    def _about(self) -> str:
        return json.dumps(
            {
                "version": VERSION,
                "stop": self.stop,
                "model": json.loads(self.model.to_json()),
                "columns": list(self.encoded.codes),
                "vocabularies": list(self.encoded.vocabularies),
                "keys": list(self.keys),
                "kind_names": list(self.constraints.kind_names),
                "kinds": list(self.constraints.kinds.shape),
            },
            sort_keys=True,
        )

    def without_profiles(self, dead: NDArray[np.bool_]) -> State:
        """Profiles that are shown by no record any more have no keys, no pairs, no constraints and no group."""
        here = ~(dead[self.left] | dead[self.right])
        kept = {name: _among(getattr(self.constraints, name), ~dead) for name in _PAIRS}
        kinds = self.constraints.kinds
        return replace(
            self,
            keys={name: np.where(dead, np.uint64(0), keys) for name, keys in self.keys.items()},
            left=self.left[here],
            right=self.right[here],
            weight=self.weight[here],
            constraints=replace(
                self.constraints,
                **kept,
                kinds=np.where(dead, np.int32(-1), kinds) if kinds.size else kinds,
                alone=self.constraints.alone[~dead[self.constraints.alone]],
            ),
        )


def probability_of(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability that a weight in bits comes to."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0)))


def _among(pairs: Pairs, here: NDArray[np.bool_]) -> Pairs:
    both = here[pairs.left] & here[pairs.right]
    return Pairs(pairs.left[both], pairs.right[both])


def _read(parts: Mapping[str, bytes], about: Mapping[str, object]) -> State:
    told = {name: list(value) for name, value in about.items() if isinstance(value, list)}
    apart, together = (
        Pairs(_array(parts[f"{name}/left"], np.int32), _array(parts[f"{name}/right"], np.int32))
        for name in _PAIRS
    )
    return State(
        model=Model.from_json(json.dumps(about["model"])),
        stop=float(str(about["stop"])),
        encoded=Encoded(
            {column: _array(parts[f"codes/{column}"], np.int32) for column in told["columns"]},
            {name: Vocabulary(_table(parts[f"words/{name}"])["word"]) for name in told["vocabularies"]},
        ),
        identity=_array(parts["identity"], np.uint64),
        keys={name: _array(parts[f"keys/{name}"], np.uint64) for name in told["keys"]},
        left=_array(parts["left"], np.int32),
        right=_array(parts["right"], np.int32),
        weight=_array(parts["weight"], np.float64),
        labels=_array(parts["labels"], np.int32),
        constraints=Constraints(
            _array(parts["kinds"], np.int32).reshape(told["kinds"]),
            tuple(told["kind_names"]),
            apart,
            together,
            _array(parts["alone"], np.int32),
        ),
        records=_table(parts["records"]),
    )


def _array(part: bytes, kind: type[_Kind]) -> NDArray[_Kind]:
    """An array that can be written to: compiled functions would otherwise be made twice."""
    return np.frombuffer(part, kind).copy()


def _written(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def _table(part: bytes) -> pa.Table:
    return pa.ipc.open_stream(part).read_all()

"""What a lookup searches: the state that a run leaves, with everything where it is found at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.linkage.cleaning.usual import Usual
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.pairs import Pairs
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.evidence.vocabulary import Vocabulary
from roundtable.linkage.lookup.blocks import Blocks, blocks_of
from roundtable.linkage.lookup.one import OneEncoder
from roundtable.linkage.lookup.one_key import KeyType, key_types
from roundtable.linkage.lookup.sources import Source, Sources
from roundtable.linkage.people.state import State
from roundtable.linkage.scoring.weights import Scales

_USUAL = "usual"
#: Vocabularies of so many words or fewer are listed, which costs a hundred bytes a word and saves most of the
#: time that it takes to read one.
_LISTED = 200_000


@dataclass(frozen=True)
class Index:
    """Everything that a lookup needs, in memory. It holds identifiers.

    Attributes:
        settings: what is compared, and where pairs are looked for.
        model: what the levels weigh.
        stop: the probability from which two records are taken to be of one person.
        usual: what cleaning goes by.
        encoded: the profiles.
        rows: their codes, a row a profile and a column each of `encoded.codes`: what one profile says stands
            together, so that it is read at once.
        encoder: turns a record into their codes.
        types: the types of keys.
        blocks: who has a key, by family.
        scales: what pairs weigh.
        record_id, person_id: of each record, in the order of `state.records`.
        profile: of each record.
        first, of_profile: the records of profile p are those at `of_profile[first[p]:first[p + 1]]`.
        sources: whose each record is.
    """

    settings: Settings
    model: Model
    stop: float
    usual: Usual
    encoded: Encoded
    rows: NDArray[np.int32]
    encoder: OneEncoder
    types: tuple[KeyType, ...]
    blocks: Mapping[str, Blocks]
    scales: Scales
    record_id: pa.Array
    person_id: pa.Array
    profile: NDArray[np.int32]
    first: NDArray[np.int64]
    of_profile: NDArray[np.int64]
    sources: Sources

    @classmethod
    def of(cls, state: State, usual: Usual, sources: Sources, settings: Settings | None = None) -> Index:
        """Put a state in order.

        Args:
            state: what the run left.
            usual: what its cleaning went by.
            sources: of each of its records, in their order.
            settings: those that the model was learnt for; without them, the shipped ones of that name.
        """
        settings = settings or shipped(state.model.settings)
        rows = np.stack(list(state.encoded.codes.values()), axis=1)
        encoded = _without_tails(state.encoded, rows)
        counts = np.bincount(state.profile, minlength=len(state))
        return cls(
            settings=settings,
            model=state.model,
            stop=state.stop,
            usual=usual,
            encoded=encoded,
            rows=rows,
            encoder=OneEncoder(encoded),
            types=key_types(settings),
            blocks=blocks_of(state.keys),
            scales=_warm(Scales(state.model, settings, encoded), settings, encoded),
            record_id=_one_array(state.records["record_id"]),
            person_id=_one_array(state.records["person_id"]),
            profile=state.profile,
            first=np.concatenate([[0], np.cumsum(counts)]),
            of_profile=np.argsort(state.profile, kind="stable"),
            sources=sources,
        )

    def records_of(self, profile: int) -> NDArray[np.int64]:
        """The places of a profile's records."""
        return self.of_profile[self.first[profile] : self.first[profile + 1]]

    def source_of(self, record: int) -> Source:
        """Whose the record at a place is."""
        return self.sources.names[int(self.sources.code[record])]


def kept_for_lookup(usual: Usual, sources: Sources) -> dict[str, bytes]:
    """What is to be kept beside the parts of a state, so that `index_from` can read all of it."""
    return {_USUAL: usual.to_json().encode(), **sources.to_parts()}


def index_from(parts: Mapping[str, bytes]) -> Index:
    """The index of a state's parts and those of `kept_for_lookup`.

    Raises:
        StateUnusable: they are of another version, or not all there.
    """
    state = State.from_parts(parts)
    return Index.of(state, Usual.from_json(parts[_USUAL].decode()), Sources.from_parts(parts))


def _warm(scales: Scales, settings: Settings, encoded: Encoded) -> Scales:
    """Scales that know how rare and how long each word is, so that no lookup has to wait for that."""
    for words in encoded.vocabularies.values():
        words.letters  # noqa: B018
        if len(words) <= _LISTED:
            words.words(np.arange(len(words)))
    for comparison in settings.comparisons:
        for level, column in enumerate(comparison.counted_by_level()):
            if column is not None:
                there = np.flatnonzero(encoded.codes[column] >= 0)[: len(encoded.vocabulary(column))]
                levels = {one.name: np.full(len(there), -1, np.int8) for one in settings.comparisons}
                levels[comparison.name] = np.full(len(there), level, np.int8)
                scales.weigh(Pairs(encoded, encoded, there, there), levels)
    return scales


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole


def _without_tails(encoded: Encoded, rows: NDArray[np.int32]) -> Encoded:
    """The profiles by their rows, with each vocabulary in one piece: many nights' tails are slow to read."""
    codes = {column: rows[:, place] for place, column in enumerate(encoded.codes)}
    return Encoded(codes, {name: Vocabulary(words.arrow()) for name, words in encoded.vocabularies.items()})

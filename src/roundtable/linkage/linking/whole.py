"""All records linked from the beginning: who is one person, and everything that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.cleaning.cleaned import Cleaned
from roundtable.linkage.clustering.average import merge_tree
from roundtable.linkage.clustering.constraints import UNKNOWN, Constraints, Contradiction
from roundtable.linkage.clustering.known import by_birth_and_name, by_events, by_numbers
from roundtable.linkage.clustering.threshold import STOPS, Chosen, choose_stop
from roundtable.linkage.evidence.encoded import Encoded, encode
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.linking.weighed import Weighed, weigh_pairs
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.identity import identity_of
from roundtable.linkage.people.state import RECORD, State
from roundtable.linkage.profiles.profile import Profiles, profiled
from roundtable.linkage.training.train import train

NO_DECISIONS = Decisions()


@dataclass(frozen=True)
class Whole:
    """Who is one person, without ids, and everything that it rests on.

    Attributes:
        cleaned: the records after cleaning.
        profiles: their distinct identities.
        encoded: the profiles as numbers.
        model: what the pairs were weighed with.
        warnings: what whoever answers for the model should know; empty where it was there before.
        weighed: the pairs.
        constraints: what no score overrules.
        crowds: events too large to say anything.
        chosen: where merging stops, and why there.
        labels: the group of each profile: the lowest position in it.
        contradictions: decisions that could not be followed.
    """

    cleaned: Cleaned
    profiles: Profiles
    encoded: Encoded
    model: Model
    warnings: tuple[str, ...]
    weighed: Weighed
    constraints: Constraints
    crowds: int
    chosen: Chosen
    labels: NDArray[np.int32]
    contradictions: tuple[Contradiction, ...]

    def state(self, person_link: pa.Table) -> State:
        """What a night and a lookup go on from, once people have their ids.

        Args:
            person_link: `PERSON_LINK` of these records, sorted.
        """
        records = pa.table(
            [
                *(person_link[name] for name in person_link.column_names),
                pa.array(self.profiles.of_record),
                self.cleaned.table["event_id"],
            ],
            schema=RECORD,
        )
        weighed = self.weighed
        return State(
            self.model,
            self.chosen.stop,
            self.encoded,
            identity_of(self.profiles.table),
            weighed.keys,
            weighed.left,
            weighed.right,
            weighed.weight,
            self.labels,
            self.constraints,
            records.combine_chunks(),
        )


def link_whole(
    cleaned: Cleaned,
    settings: Settings,
    model: Model | None = None,
    decisions: Decisions = NO_DECISIONS,
    seed: int = 1,
) -> Whole:
    """Find who is one person.

    Args:
        cleaned: the records.
        settings: what is compared, and where pairs are looked for.
        model: one that was learnt before; without it, one is learnt from these records.
        decisions: what people decided; they stand above every score.
        seed: of what training draws by chance.
    """
    profiles = profiled(cleaned.table)
    encoded = encode(profiles.table, settings)
    warnings: tuple[str, ...] = ()
    if model is None:
        trained = train(profiles.table, settings, seed, encoded)
        model, warnings = trained.model, trained.warnings
    weighed = weigh_pairs(profiles, encoded, settings, model)
    constraints, crowds = _constraints(cleaned.table, profiles, encoded, settings, weighed, decisions)
    tree = merge_tree(
        len(encoded), weighed.left, weighed.right, weighed.probability, constraints, floor=min(STOPS)
    )
    chosen = choose_stop(tree, weighed.left, weighed.right, weighed.probability, settings.precision_weight)
    return Whole(
        cleaned,
        profiles,
        encoded,
        model,
        warnings,
        weighed,
        constraints,
        crowds,
        chosen,
        tree.cut(chosen.stop),
        tree.contradictions,
    )


def _constraints(
    cleaned: pa.Table,
    profiles: Profiles,
    encoded: Encoded,
    settings: Settings,
    weighed: Weighed,
    decisions: Decisions,
) -> tuple[Constraints, int]:
    differ = by_birth_and_name(weighed.left, weighed.right, weighed.levels)
    events = by_events(event_codes(cleaned["event_id"]), profiles.of_record, settings, encoded)
    apart, together = decisions.between(cleaned["record_id"], profiles.of_record)
    facts = by_numbers(encoded).and_pairs(differ).and_pairs(events.apart)
    return facts.and_pairs(apart, together), events.crowds


def event_codes(event_id: pa.ChunkedArray) -> NDArray[np.int64]:
    """Equal events as equal numbers; `UNKNOWN` where a record stands in none."""
    coded = event_id.combine_chunks().dictionary_encode()
    codes: NDArray[np.int64] = pc.fill_null(coded.indices, UNKNOWN).to_numpy().astype(np.int64)
    return codes

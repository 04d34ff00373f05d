"""All records linked from the beginning: who is one person, and everything that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.cleaning.cleaned import Cleaned
from roundtable.linkage.clustering.average import merge_tree
from roundtable.linkage.clustering.constraints import UNKNOWN, Constraints, Contradiction, Pairs
from roundtable.linkage.clustering.known import by_events
from roundtable.linkage.clustering.threshold import STOPS, Chosen, choose_stop
from roundtable.linkage.evidence.encoded import Encoded, encode
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.linking.weighed import Weighed, weigh_pairs
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.facts import constraints_of, joined
from roundtable.linkage.profiles.profile import Profiles, profiled
from roundtable.linkage.training.shipped import ENOUGH, shipped_model
from roundtable.linkage.training.trained import Trained

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
        apart: profiles that facts say are of two people, beside those whose numbers differ.
        constraints: what no score overrules, decisions among it.
        decisions: what people decided.
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
    apart: Pairs
    constraints: Constraints
    decisions: Decisions
    crowds: int
    chosen: Chosen
    labels: NDArray[np.int32]
    contradictions: tuple[Contradiction, ...]


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
        trained = _trained(profiles, encoded, settings, seed)
        model, warnings = trained.model, trained.warnings
    weighed = weigh_pairs(profiles, encoded, settings, model)
    events = by_events(event_codes(cleaned.table["event_id"]), profiles.of_record, settings, encoded)
    apart = joined(weighed.apart, events.apart)
    alone = np.flatnonzero(profiles.unlinkable).astype(np.int32)
    decided = decisions.between(cleaned.table["record_id"], profiles.of_record)
    constraints = constraints_of(encoded, apart, alone, decided)
    stops = stops_among(len(encoded), settings)
    pairs = (weighed.left, weighed.right, weighed.probability)
    tree = merge_tree(len(encoded), *pairs, constraints, floor=min(stops))
    chosen = choose_stop(tree, *pairs, settings.precision_weight, stops)
    return Whole(
        cleaned,
        profiles,
        encoded,
        model,
        warnings,
        weighed,
        apart,
        constraints,
        decisions,
        events.crowds,
        chosen,
        tree.cut(chosen.stop),
        tree.contradictions,
    )


def stops_among(identities: int, settings: Settings) -> tuple[float, ...]:
    """The stops to choose from.

    A low stop is good where many pairs are near certain and carry the doubtful ones. Among few identities
    the doubtful ones may be all there are, and the best of what is expected of each stop is then to join
    them, wrong or not. So a merge has to do more good than harm by itself there: likelier than w in 1 + w to
    be right, where a false join counts w times a missed one.
    """
    if identities >= ENOUGH:
        return STOPS
    least = settings.precision_weight / (1 + settings.precision_weight)
    return tuple(stop for stop in STOPS if stop >= least) or STOPS[-1:]


def _trained(profiles: Profiles, encoded: Encoded, settings: Settings, seed: int) -> Trained:
    if len(encoded) < ENOUGH:
        return shipped_model(settings, encoded)
    from roundtable.linkage.training.train import train

    return train(profiles.table, settings, seed, encoded)


def event_codes(event_id: pa.ChunkedArray) -> NDArray[np.int64]:
    """Equal events as equal numbers; `UNKNOWN` where a record stands in none."""
    coded = event_id.combine_chunks().dictionary_encode()
    codes: NDArray[np.int64] = pc.fill_null(coded.indices, UNKNOWN).to_numpy().astype(np.int64)
    return codes

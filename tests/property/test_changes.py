"""A folder has no changes from itself; seen from the other side, what was added was removed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.partnership.changes.comparing import Changes, compare
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import agency, agreement, dataset, outcome, partnership, risk, scenario, service
from tests.unit.partnership.disagreement.table import dispute, link, story, wanting_all

SWAPPED = {"added": "removed", "removed": "added", "changed": "changed"}


@st.composite
def partnerships(draw: st.DrawFn) -> Partnership:
    """A small partnership: some of a few things, each in one of a few versions."""
    parts: list[object] = []
    if draw(st.booleans()):
        parts.append(
            wanting_all("fire", draw(st.dictionaries(st.sampled_from(["harm", "falls"]), st.just(50))))
        )
    if draw(st.booleans()):
        parts.append(agency("health", name=draw(st.sampled_from(["Health", "Care"]))))
    sign = draw(st.sampled_from(["positive", "negative", "unknown"]))
    disputed = draw(
        st.sampled_from([[], [dispute("fire")], [dispute("fire", sign="none"), dispute("council")]])
    )
    links = [link("smoke", "harm", sign, "council", disputed=disputed)][: draw(st.integers(0, 1))]
    parts.append(draw(st.sampled_from([story(*links), scenario("other", risks=[risk("blaze")])])))
    if draw(st.booleans()):
        parts += [dataset("cards", "fire"), agreement("isa", "cards", ends=draw(st.sampled_from(DAYS)))]
    if draw(st.booleans()):
        parts.append(service("calls", provider=draw(st.sampled_from(["fire", "council"]))))
    return partnership(*parts, outcomes=(outcome("falls"),))


DAYS = ["2026-10-01", "2026-12-31", "2028-01-01"]


def _compared(old: Partnership, new: Partnership) -> Changes:
    return compare(Study(old, samples=0), Study(new, samples=0))


@settings(max_examples=25, deadline=None)
@given(partnerships())
def test_a_folder_has_no_changes_from_itself(built: Partnership) -> None:
    assert _compared(built, built).nothing


@settings(max_examples=50, deadline=None)
@given(partnerships(), partnerships())
def test_seen_from_the_other_side_added_and_removed_swap(old: Partnership, new: Partnership) -> None:
    there, back = _compared(old, new), _compared(new, old)

    assert [(one.sort, one.key, SWAPPED[one.how]) for one in there.things] == [
        (one.sort, one.key, one.how.value) for one in back.things
    ]
    assert [[(f.field, f.now, f.was) for f in one.fields] for one in there.things] == [
        [(f.field, f.was, f.now) for f in one.fields] for one in back.things
    ]
    assert [one.title for one in there.findings.appeared] == [one.title for one in back.findings.cleared]
    assert [one.title for one in there.findings.cleared] == [one.title for one in back.findings.appeared]
    assert len(there.findings.changed) == len(back.findings.changed)
    assert [(v.need, v.was_live, v.is_live) for v in there.verdicts] == [
        (v.need, v.is_live, v.was_live) for v in back.verdicts
    ]
    assert there.nothing == back.nothing

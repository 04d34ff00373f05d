from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from roundtable.partnership.garbage import no_garbage


class _Thing:
    itself: _Thing


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


def test_the_collector_is_held_still_and_let_go_whatever_happens() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="broken"), no_garbage():
        assert not gc.isenabled()
        with no_garbage():
            pass
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    with no_garbage():
        pass
    assert not gc.isenabled()


def test_what_was_made_meanwhile_is_not_kept_for_good() -> None:
    with no_garbage():
        thing = _Thing()
        thing.itself = thing
        gone = weakref.ref(thing)
        del thing
    assert gone() is not None
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert gone() is None

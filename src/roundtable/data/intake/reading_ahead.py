"""Work done by a few threads ahead of whoever uses it, in order, with little of it waiting in memory.

Unpacking, decoding, parsing, casting and writing all let go of the interpreter, so that threads do help.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from queue import Full, Queue
from threading import Event
from typing import Generic

from roundtable.data.intake.pieces import Making, Piece, Thing
from roundtable.data.intake.unpacking import SourceFile

_WORKERS = 2
#: Pieces of one file, and files, that may wait to be used.
_PIECES_WAITING = 3
_FILES_WAITING = 12
_SECONDS = 0.05
#: Bytes of a delivery up to which it is read sooner than threads for it are started.
SMALL = 1 << 18


def read_ahead(
    files: Sequence[SourceFile], read: Callable[[SourceFile], Making[Piece]], *, small: bool = False
) -> Making[tuple[SourceFile, Piece]]:
    """The pieces of every file, in the order of the files; of small ones without any thread.

    What a reader raises is raised here, when its turn has come; the other readers are then stopped.
    """
    if small:
        for one in files:
            with closing(read(one)) as pieces:
                for piece in pieces:
                    yield one, piece
        return
    stop = Event()
    waiting: deque[tuple[SourceFile, _Ahead[Piece]]] = deque()
    left = iter(files)
    with ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1)) as pool:
        try:
            while True:
                while len(waiting) < _FILES_WAITING and (file := next(left, None)) is not None:
                    waiting.append((file, _Ahead(pool, read(file), _PIECES_WAITING, stop)))
                if not waiting:
                    return
                file, ahead = waiting.popleft()
                for piece in ahead.things():
                    yield file, piece
        finally:
            stop.set()


def worked_ahead(things: Making[Thing], waiting: int) -> Making[Thing]:
    """The same things, made in a thread of their own while the last ones are used.

    Close it when it is given up: the thread has then ended.
    """
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        try:
            yield from _Ahead(pool, things, waiting, stop).things()
        finally:
            stop.set()


class _Ahead(Generic[Thing]):
    """Things being made by a thread: a few of them wait here until they are asked for."""

    def __init__(self, pool: ThreadPoolExecutor, things: Making[Thing], waiting: int, stop: Event) -> None:
        self._queue: Queue[tuple[Thing] | None] = Queue(waiting)
        self._stop = stop
        self._done: Future[None] = pool.submit(self._work, things)

    def things(self) -> Iterator[Thing]:
        """The things, waiting for each as long as it takes."""
        while (held := self._queue.get()) is not None:
            yield held[0]
        self._done.result()

    def _work(self, things: Making[Thing]) -> None:
        try:
            with closing(things):
                for thing in things:
                    if not self._handed_over((thing,)):
                        return
        finally:
            self._handed_over(None)

    def _handed_over(self, held: tuple[Thing] | None) -> bool:
        """Wait for room to put a thing; False when nobody will ever ask for it."""
        while not self._stop.is_set():
            try:
                self._queue.put(held, timeout=_SECONDS)
                return True
            except Full:
                continue
        return False

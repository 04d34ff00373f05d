"""Children that begin with everything imported and nothing open, one after another.

A process that has connections or threads cannot be forked safely, and a test's process has both. So
another process imports what is needed, opens nothing, and forks a child for each call it is handed.
"""

import atexit
import gc
import os
import pickle
import signal
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import TracebackType
from typing import IO, Any

_SIZE = struct.Struct("<q")
WhenStopped = Callable[[int], None]


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit status (the signal, negative, that killed it) and what it returned."""

    status: int
    value: Any
    raised: str

    def result(self) -> Any:
        """What it returned, if it returned."""
        assert self.status == 0, f"the child ended with {self.status}: {self.raised}"
        return self.value


class Nursery:
    """Runs calls in children. A call is pickled, so it is a function of a module, or a partial of one."""

    def __init__(self) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"import {__name__} as nursery; nursery.serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def learn(self, modules: Iterable[str]) -> None:
        """Import modules, so that no child from here on has to."""
        self._ask(("learn", sorted(set(modules))))

    def call(self, function: Callable[[], Any], when_stopped: WhenStopped | None = None) -> Ended:
        """Run a call in a child of its own and wait until that ends.

        Args:
            function: the call.
            when_stopped: called with 1, 2, 3 ... while the child stands still after it has sent itself
                SIGSTOP; it then goes on. Pickled too.
        """
        ended: Ended = self._ask(("call", pickle.dumps(function), when_stopped))
        return ended

    def _ask(self, what: tuple[Any, ...]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        _send(self._process.stdin, pickle.dumps(what))
        return pickle.loads(_receive(self._process.stdout))


@cache
def the_nursery() -> Nursery:
    """One nursery for all the tests of a process: what has been imported once stays imported."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(Nursery())


def stand_still() -> None:
    """For a child: stop, all its threads with it, until whoever waits for it has looked at what there is."""
    os.kill(os.getpid(), signal.SIGSTOP)


def everything_imported() -> list[str]:
    """For a child: the modules it has imported by now."""
    return sorted(name for name in sys.modules if name != "__main__")


def serve() -> None:
    """The nursery's own life: answer until nobody asks any more."""
    # What a child says goes to where errors go: the pipe is for answers alone.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    does: dict[str, Callable[..., Any]] = {"learn": _learn, "call": _in_a_child}
    while asked := _receive(sys.stdin.buffer):
        what, *about = pickle.loads(asked)
        _send(answers, pickle.dumps(does[what](*about)))


def _learn(modules: list[str]) -> None:
    for module in modules:
        # Some names in a process's list of modules are not those of files.
        with suppress(ImportError):
            import_module(module)
    # Children then share what has been imported instead of copying it.
    gc.collect()
    gc.freeze()


def _in_a_child(asked: bytes, when_stopped: WhenStopped | None) -> Ended:
    told = os.memfd_create("told")
    child = os.fork()
    if child == 0:
        _live(asked, told)
    status = _see_through(child, when_stopped)
    with os.fdopen(told, "rb") as file:
        file.seek(0)
        value, raised = pickle.loads(held) if (held := file.read()) else (None, "")
    return Ended(status, value, raised)


def _see_through(child: int, when_stopped: WhenStopped | None) -> int:
    """Wait until a child has ended, however often it stops on its way; its exit status."""
    stops = 0
    while os.WIFSTOPPED(status := os.waitpid(child, os.WUNTRACED)[1]):
        stops += 1
        if when_stopped is not None:
            when_stopped(stops)
        os.kill(child, signal.SIGCONT)
    return os.waitstatus_to_exitcode(status)


def _live(asked: bytes, told: int) -> None:
    """A child's whole life: it never comes back."""
    status = 1
    try:
        value, raised = pickle.loads(asked)(), ""
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the parent is told of it
        value, raised = None, traceback.format_exc()
    with os.fdopen(told, "wb") as file:
        pickle.dump((value, raised), file)
    os._exit(status)


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_SIZE.pack(len(content)) + content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    size = pipe.read(_SIZE.size)
    return pipe.read(_SIZE.unpack(size)[0]) if size else b""

"""Children that begin with everything imported and nothing open, one after another.

A process that has connections or threads cannot be forked safely, and a test's process has both. So
another process imports what is needed, opens nothing, and forks a child for each call it is handed.
"""

import gc
import os
import pickle
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from types import TracebackType
from typing import IO, Any

_SIZE = struct.Struct("<q")


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

    def __init__(self, modules: Iterable[str]) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"import {__name__} as nursery; nursery.serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert self._process.stdin is not None
        _send(self._process.stdin, pickle.dumps(sorted(set(modules))))

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def call(self, function: Callable[[], Any]) -> Ended:
        """Run a call in a child of its own and wait until that ends."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        _send(self._process.stdin, pickle.dumps(function))
        ended: Ended = pickle.loads(_receive(self._process.stdout))
        return ended


def serve() -> None:
    """The nursery's own life: import, and answer until nobody asks any more."""
    for module in pickle.loads(_receive(sys.stdin.buffer)):
        # Some names in a process's list of modules are not those of files.
        with suppress(ImportError):
            import_module(module)
    # Children then share what has been imported instead of copying it.
    gc.collect()
    gc.freeze()
    # What a child says goes to where errors go: the pipe is for answers alone.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while asked := _receive(sys.stdin.buffer):
        _send(answers, pickle.dumps(_in_a_child(asked)))


def _in_a_child(asked: bytes) -> Ended:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _live(asked, write)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    value, raised = pickle.loads(told) if told else (None, "")
    return Ended(status, value, raised)


def _live(asked: bytes, write: int) -> None:
    """A child's whole life: it never comes back."""
    status = 1
    try:
        value, raised = pickle.loads(asked)(), ""
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the parent is told of it
        value, raised = None, traceback.format_exc()
    with os.fdopen(write, "wb") as pipe:
        pickle.dump((value, raised), pipe)
    os._exit(status)


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_SIZE.pack(len(content)) + content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    size = pipe.read(_SIZE.size)
    return pipe.read(_SIZE.unpack(size)[0]) if size else b""

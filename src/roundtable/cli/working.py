"""A line on standard error that says what a long command is doing, and for how long it has been."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def working() -> Iterator[Callable[[str], None]]:
    """What a command tells its progress to: one line that turns, at a terminal; elsewhere a line each time.

    Output can be piped all the same: nothing of it goes to standard output.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda told: console.print(f"{told} ...", soft_wrap=True, highlight=False, markup=False)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda told: progress.update(task, description=told)

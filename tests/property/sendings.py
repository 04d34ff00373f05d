"""What partners might send of one dataset: files, notes that come apart from them and change, withdrawals.

A sending is made of threads. What is in one comes in its order, as one version of a note after another;
the threads may be woven in any way, and in the end the same stands in the folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.factories_intake import DropOff, csv_rows, good_rows, sha256, zipped

NIGHT, BOOKS = "id,changed,state,name", "id,changed,name"
#: Times at which things are drawn up: few, so that some are drawn up at once.
TIMES = tuple(f"2024-03-0{day}T00:00:00Z" for day in (1, 2, 3))
DATASETS = ("crimes", "crimes", "register", "books")


@dataclass(frozen=True)
class Act:
    """Something that is put into a dataset's folder, or taken out where there is no content."""

    dataset: str
    name: str
    content: bytes | None

    def do(self, made: DropOff) -> None:
        """Put it there, or take it away."""
        if self.content is not None:
            made.deliver(self.dataset, self.name, self.content)
        else:
            (made.folder / "deliveries" / self.dataset / self.name).unlink(missing_ok=True)


Threads = tuple[tuple[Act, ...], ...]


def sending(random: Random) -> Threads:
    """Some files of a dataset, their notes and withdrawals, each in a thread of its own."""
    dataset = random.choice(DATASETS)
    files = dict(_files(random, dataset))
    threads: list[tuple[Act, ...]] = [(Act(dataset, name, content),) for name, content in files.items()]
    for name in files:
        versions = tuple(_versions(random, name, files))
        threads.append(tuple(Act(dataset, f"{name}.note.yaml", version) for version in versions))
    for number in range(random.choice((0, 0, 1, 2))):
        note = [f"withdraws: {_named(random, files)}", *_drawn_up(random, 0.4)]
        threads.append((Act(dataset, f"w{number}.withdraw.note.yaml", _yaml(note)),))
    return tuple(thread for thread in threads if thread)


def woven(random: Random, threads: Threads) -> list[Act]:
    """The threads in one of their orders."""
    left = [list(thread) for thread in threads]
    order = [number for number, thread in enumerate(threads) for _ in thread]
    random.shuffle(order)
    return [left[number].pop(0) for number in order]


def _files(random: Random, dataset: str) -> Iterator[tuple[str, bytes]]:
    contents: list[bytes] = []
    for number in range(random.randint(2, 5)):
        period = f"2024-0{random.randint(1, 2)}"
        name = f"{period}{random.choice(('', '-b', '-c', '-d'))}.csv"
        content = _content(random, dataset, period, number)
        if contents and random.random() < 0.15:
            content = random.choice(contents)
        elif dataset == "crimes" and random.random() < 0.1:
            months = {f"2024-0{month}.csv": good_rows(number + 2, f"2024-0{month}") for month in (1, 2)}
            name, content = f"all{number}.zip", zipped(months)
        elif random.random() < 0.08:
            content = b"refused\n"
        contents.append(content)
        yield name, content


def _content(random: Random, dataset: str, period: str, number: int) -> bytes:
    if dataset == "crimes":
        return good_rows(number + 1, period) + random.choice((b"", b"", b"bad row\n"))
    people = range(1, random.randint(2, 3))
    if dataset == "books":
        return csv_rows(*(f"{one},,Name {number}" for one in people), header=BOOKS)
    state = random.choice(("", "", "deleted"))
    return csv_rows(*(f"{one},,{state},Name {number}" for one in people), header=NIGHT)


def _versions(random: Random, name: str, files: dict[str, bytes]) -> Iterator[bytes | None]:
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        yield None if random.random() < 0.15 else _note(random, name, files)


def _note(random: Random, name: str, files: dict[str, bytes]) -> bytes:
    if random.random() < 0.06:
        return b"nobody: knows\n"
    said = [*_drawn_up(random, 0.45)]
    if random.random() < 0.5:
        said.append(f"corrects: {_named(random, files)}")
    if random.random() < 0.12:
        said.append(f"withdraws: {_named(random, files)}")
    if random.random() < 0.15:
        said.append(f"period: 2024-0{random.randint(1, 3)}")
    if random.random() < 0.08:
        said.append(f"rows: {random.randint(1, 4)}")
    if random.random() < 0.08:
        said.append(f"sha256: {sha256(random.choice([files[name], b'another']))}")
    return _yaml(said or ["encoding: utf-8"])


def _named(random: Random, files: dict[str, bytes]) -> str:
    name = random.choice(sorted(files))
    said = random.random()
    if said < 0.75:
        return name
    return sha256(files[name])[:12] if said < 0.95 else "never-sent.csv"


def _drawn_up(random: Random, share: float) -> Iterator[str]:
    if random.random() < share:
        yield f"as_at: '{random.choice(TIMES)}'"


def _yaml(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()

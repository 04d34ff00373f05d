"""What stands in `deliveries/`: one folder for each dataset, files in it, and notes beside the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from roundtable.data.intake.rules import printable, problem
from roundtable.errors import Problem
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.whole import Partnership

FOLDER = "deliveries"
NOTE_ENDING = ".note.yaml"
#: What the name of a note ends in that stands alone and withdraws a delivery.
WITHDRAWAL_ENDING = ".withdraw.note.yaml"
#: What follows the name of a delivery that was encrypted once it had been taken in.
SEALED_ENDING = ".vault"


@dataclass(frozen=True)
class FoundDelivery:
    """A file that a partner sent.

    Attributes:
        dataset: the contract whose folder it stands in.
        path: where it is.
        name: its path inside the dataset's folder, which is what `corrects` calls it.
        note: the note beside it, if there is one.
        sealed: whether it was encrypted once it had been taken in; its name is what it was.
    """

    dataset: Dataset
    path: Path
    name: str
    note: Path | None
    sealed: bool = False

    @property
    def shown(self) -> str:
        """What messages call it: its path inside the partnership folder."""
        return f"{FOLDER}/{self.dataset.id}/{self.name}"


@dataclass(frozen=True)
class FoundWithdrawal:
    """A note that withdraws a delivery."""

    dataset: Dataset
    path: Path
    name: str

    @property
    def shown(self) -> str:
        """What messages call it: its path inside the partnership folder."""
        return f"{FOLDER}/{self.dataset.id}/{self.name}"


@dataclass(frozen=True)
class Misplaced:
    """A file or folder that no dataset can own, or that is no ordinary file."""

    dataset_id: str
    name: str
    problem: Problem


def find_deliveries(partnership: Partnership) -> tuple[tuple[FoundDelivery, ...], tuple[Misplaced, ...]]:
    """Every delivery, in order of dataset and name, and what stands in the wrong place.

    Names that begin with a dot are passed over: that is how a file that is still being copied is named.
    """
    root = partnership.folder / FOLDER
    datasets = {dataset.id: dataset for dataset in partnership.datasets}
    found: list[FoundDelivery] = []
    misplaced: list[Misplaced] = []
    for entry in _visible(root):
        if entry.is_symlink():
            misplaced.append(_link(entry.name, entry.name))
        elif not entry.is_dir():
            misplaced.append(_outside(entry.name))
        elif entry.name not in datasets:
            misplaced.append(_unknown(entry.name, datasets))
        else:
            _in_dataset(datasets[entry.name], entry, found, misplaced)
    return tuple(found), tuple(misplaced)


def find_withdrawals(partnership: Partnership) -> tuple[FoundWithdrawal, ...]:
    """Every note that withdraws a delivery, in order of dataset and name."""
    root = partnership.folder / FOLDER
    found: list[FoundWithdrawal] = []
    for dataset in sorted(partnership.datasets, key=lambda dataset: dataset.id):
        folder = root / dataset.id
        if folder.is_symlink():
            continue
        for path in _below(folder):
            if path.name.endswith(WITHDRAWAL_ENDING) and path.is_file() and not path.is_symlink():
                found.append(FoundWithdrawal(dataset, path, path.relative_to(folder).as_posix()))
    return tuple(sorted(found, key=lambda one: (one.dataset.id, one.name)))


def _in_dataset(
    dataset: Dataset, folder: Path, found: list[FoundDelivery], misplaced: list[Misplaced]
) -> None:
    entries = {path.relative_to(folder).as_posix(): path for path in _below(folder)}
    for name, path in sorted(entries.items()):
        if name.endswith(WITHDRAWAL_ENDING) and path.is_file() and not path.is_symlink():
            continue
        if name.endswith(NOTE_ENDING) and not path.is_symlink():
            told_of = name.removesuffix(NOTE_ENDING)
            if told_of not in entries and told_of + SEALED_ENDING not in entries:
                misplaced.append(_lonely_note(dataset.id, name))
        elif path.is_symlink():
            misplaced.append(_link(dataset.id, name))
        elif not path.is_file() or not name.isprintable():
            misplaced.append(_no_file(dataset.id, name))
        else:
            sealed = name.endswith(SEALED_ENDING)
            name = name.removesuffix(SEALED_ENDING)
            if sealed and name in entries:
                # It was being encrypted: what was received is still there and is encrypted again.
                continue
            note = entries.get(name + NOTE_ENDING)
            note = note if note and not note.is_symlink() else None
            found.append(FoundDelivery(dataset, path, name, note, sealed))


def _below(folder: Path) -> Iterator[Path]:
    for entry in _visible(folder):
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry)
        else:
            yield entry


def _visible(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))


def _unknown(name: str, datasets: Mapping[str, Dataset]) -> Misplaced:
    shown = f"{FOLDER}/{printable(name)}"
    near = get_close_matches(name, sorted(datasets), n=1)
    hint = f"the nearest is '{near[0]}': rename the folder" if near else "rename the folder to a dataset's id"
    return Misplaced(
        name,
        "",
        problem(
            "unknown-dataset",
            shown,
            f"there is no dataset '{printable(name)}'",
            f"If one is meant that exists, {hint}; otherwise write its contract in datasets/.",
        ),
    )


def _outside(name: str) -> Misplaced:
    what = "the file stands in deliveries/ itself, so nobody can tell which dataset it is"
    remedy = "Move it into the folder that is named for its dataset: deliveries/<dataset-id>/."
    return Misplaced("", name, problem("outside-a-dataset", f"{FOLDER}/{printable(name)}", what, remedy))


def _link(dataset_id: str, name: str) -> Misplaced:
    shown = f"{FOLDER}/{printable(dataset_id)}" + (f"/{printable(name)}" if name != dataset_id else "")
    what = "it is a symbolic link, and a link could lead to any file of this machine"
    return Misplaced(dataset_id, name, problem("link", shown, what, "Copy the file itself here."))


def _no_file(dataset_id: str, name: str) -> Misplaced:
    shown = f"{FOLDER}/{dataset_id}/{printable(name)}"
    what = "it is not an ordinary file, or its name holds letters that cannot be printed"
    return Misplaced(
        dataset_id, name, problem("kind-of-file", shown, what, "Copy it here under a plain name.")
    )


def _lonely_note(dataset_id: str, name: str) -> Misplaced:
    shown = f"{FOLDER}/{dataset_id}/{printable(name)}"
    file = printable(name.removesuffix(NOTE_ENDING))
    what = f"the note describes '{file}', which is not beside it"
    remedy = "Deliver the file too, or rename the note to the file's whole name and '.note.yaml'."
    return Misplaced(dataset_id, name, problem("note", shown, what, remedy))

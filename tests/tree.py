"""What may stand in the source tree: pure rules over its files, each of which yields complaints."""

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LARGEST = 1_000_000
LONGEST = 400

#: Folders that hold what others wrote or what a command can make again.
FOREIGN = {"node_modules", "vendor", "vendored", "third_party", "dist", "build", "site", "__pycache__"}
MADE = (".min.js", ".min.css", ".map", ".whl", ".pyc", ".so", ".jar", ".parquet", ".sqlite3", ".zip")
NAMED_FOR_NOTHING = re.compile(r"(utils?|utilities|helpers?|common|misc|managers?)", re.IGNORECASE)
CODE = (".py", ".js", ".css", ".html")

# One letter of each in brackets, so that this file does not hold what it looks for.
REGISTRY = re.compile(
    r"https?://[^ )\"']+(/simple/?([\" ]|$)|\.(whl|tgz|deb)([#\" ]|$))"
    r"|--(extra-)?[i]ndex-url"
    r"|\b(p[y]pi\.org|python[h]osted\.org|npm[j]s\.org|[a]naconda\.org)\b"
)
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.~-])/(?:work|farm|root|home|Users)/")
FOREIGN_COPYRIGHT = re.compile(r"copyright\s+(\(c\)|©)?\s*\d{4}(?!.*The Roundtable authors)", re.IGNORECASE)
# A mark in a comment or a docstring, or a stub; not a date format's letters, nor a library's error caught.
UNFINISHED = re.compile(
    r"(#|\"\"\").*\b([T]ODO|[F]IXME|[X]XX)\b|^\s*([T]ODO|[F]IXME|[X]XX)\b|raise [N]otImplementedError"
)


@dataclass(frozen=True)
class TreeFile:
    """A file of the tree: its path from the root, its size in bytes and its text, if it is text."""

    path: str
    size: int
    text: str | None

    @property
    def pure(self) -> PurePosixPath:
        """Its path, to take apart."""
        return PurePosixPath(self.path)

    @property
    def in_source(self) -> bool:
        """Whether it is code of the product itself."""
        return self.path.startswith("src/") and self.path.endswith(".py")


def files_of_the_tree(root: Path) -> list[TreeFile]:
    """Every file that git tracks or would track, so that a mistake is seen before it is committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    names = sorted({name for name in listed.stdout.decode().split("\0") if name})
    return [_read(root, name) for name in names if (root / name).is_file()]


def _read(root: Path, name: str) -> TreeFile:
    content = (root / name).read_bytes()
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = None
    return TreeFile(name, len(content), text)


def too_large(file: TreeFile) -> Iterator[str]:
    """A file over a megabyte was fetched or made, not written."""
    if file.size > LARGEST:
        yield f"{file.path} has {file.size:,} bytes, over {LARGEST:,}"


def foreign(file: TreeFile) -> Iterator[str]:
    """Third-party code is fetched when it is built with; what a command makes is made again."""
    if FOREIGN.intersection(file.pure.parts[:-1]):
        yield f"{file.path} stands in a folder of built or third-party files"
    if file.path.endswith(MADE):
        yield f"{file.path} is a built or third-party file"
    if file.path.endswith(CODE) and file.text and FOREIGN_COPYRIGHT.search(file.text):
        yield f"{file.path} bears somebody else's copyright"


def named_for_nothing(file: TreeFile) -> Iterator[str]:
    """A file is named for its idea; a name that fits anything says nothing."""
    if file.pure.suffix == ".py":
        for part in (*file.pure.parts[:-1], file.pure.stem):
            if NAMED_FOR_NOTHING.fullmatch(part.strip("_")):
                yield f"{file.path}: '{part}' is a name for nothing in particular"


def too_long(file: TreeFile) -> Iterator[str]:
    """Source files stay short enough to hold one idea (the aim is 300 lines)."""
    lines = file.text.count("\n") if file.in_source and file.text else 0
    if lines > LONGEST:
        yield f"{file.path} has {lines} lines, over {LONGEST}"


def unfinished(file: TreeFile) -> Iterator[str]:
    """No place in the product is left for later."""
    if file.in_source:
        yield from _lines(file, UNFINISHED, "is unfinished")


def registry(file: TreeFile) -> Iterator[str]:
    """Where packages come from is the machine's business, never the tree's."""
    yield from _lines(file, REGISTRY, "names a package registry or a download")


def machine_path(file: TreeFile) -> Iterator[str]:
    """A path that exists on one machine only."""
    yield from _lines(file, MACHINE, "names a path of one machine")


def _lines(file: TreeFile, pattern: re.Pattern[str], complaint: str) -> Iterator[str]:
    for number, line in enumerate((file.text or "").splitlines(), start=1):
        if pattern.search(line):
            yield f"{file.path}:{number} {complaint}: {line.strip()[:80]}"


Rule = Callable[[TreeFile], Iterator[str]]
RULES: tuple[Rule, ...] = (
    too_large,
    foreign,
    named_for_nothing,
    too_long,
    unfinished,
    registry,
    machine_path,
)

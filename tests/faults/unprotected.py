"""What a file says to somebody without keys: its bytes as they stand, and whatever is compressed in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

#: What a frame of Zstandard begins with (RFC 8878, 3.1.1): the pages of a Parquet file, whole or cut short.
_FRAME = b"\x28\xb5\x2f\xfd"


def files_that_say(folder: Path, secrets: Iterable[str], but: Iterable[Path] = ()) -> list[str]:
    """The files below a folder in which one of the secrets can be read, and which.

    Args:
        folder: looked through with all that is in it; scratch files and logs of databases too.
        secrets: texts.
        but: folders that are passed over.
    """
    wanted = [(text, [text.encode(name) for name in ("utf-8", "utf-16-le")]) for text in secrets]
    passed = tuple(but)
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(one) for one in passed):
            continue
        said = [path.relative_to(folder).as_posix().encode(), *_contents(path.read_bytes())]
        found += [
            f"{path.relative_to(folder)} says {text}"
            for text, spelt in wanted
            if any(one in content for one in spelt for content in said)
        ]
    return found


def _contents(raw: bytes) -> Iterator[bytes]:
    yield raw
    at = raw.find(_FRAME)
    while at >= 0:
        yield _unpacked(raw[at:])
        at = raw.find(_FRAME, at + 1)


def _unpacked(frame: bytes) -> bytes:
    """What can be unpacked of a frame that is followed by something else, or is cut short."""
    parts: list[bytes] = []
    with pa.CompressedInputStream(pa.BufferReader(frame), "zstd") as stream:
        try:
            while part := stream.read(1 << 10):
                parts.append(part)
        except OSError:
            pass
    return b"".join(parts)

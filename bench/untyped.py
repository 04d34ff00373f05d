"""The peer of `receive`: DuckDB reads the same delivered files untyped and writes each as Parquet.

    python -m bench.untyped DELIVERIES TARGET

Every value is text; nothing is checked, dropped, keyed or kept apart. A file whose encoding DuckDB cannot
read is transcoded first, since whoever did this by hand would have to. GeoJSON files are left out.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import duckdb

_BLOCK = 1 << 22
_READ = (
    "COPY (SELECT * FROM read_csv(?, all_varchar = true, header = true, auto_detect = true, "
    "strict_mode = false, null_padding = true, parallel = {parallel})) "
    "TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
)


def main(deliveries: Path, target: Path) -> None:
    """Read everything, write everything."""
    target.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    numbers = count(1)
    rows = 0
    for file in sorted(deliveries.rglob("*")):
        if file.suffix == ".csv" and file.is_file():
            parquet = target / f"{next(numbers)}.parquet"
            rows += _convert(con, _readable(file, target), parquet)
    print(rows)


def _convert(con: duckdb.DuckDBPyConnection, file: Path, parquet: Path) -> int:
    statement = _READ.format(target=parquet, parallel="true")
    try:
        (rows,) = con.execute(statement, [str(file)]).fetchone() or (0,)
    except duckdb.Error:
        statement = _READ.format(target=parquet, parallel="false").replace(
            "all_varchar", "quote = '\"', all_varchar"
        )
        (rows,) = con.execute(statement, [str(file)]).fetchone() or (0,)
    return int(rows)


def _readable(file: Path, scratch: Path) -> Path:
    """The file, or the same text in UTF-8 where it is in something else."""
    encoding = _encoding(file)
    if encoding is None:
        return file
    copy = scratch / f"{file.parent.name}-{file.name}"
    with (
        file.open(encoding=encoding, newline="") as read,
        copy.open("w", encoding="utf-8", newline="") as write,
    ):
        while block := read.read(_BLOCK):
            write.write(block)
    return copy


def _encoding(file: Path) -> str | None:
    content = file.open("rb")
    with content:
        start = content.read(4)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        content.seek(0)
        try:
            for block in iter(lambda: content.read(_BLOCK), b""):
                if not block.isascii():
                    (block + content.readline()).decode("utf-8")
        except UnicodeDecodeError:
            return "cp1252"
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

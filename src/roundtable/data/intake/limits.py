"""How much a delivery may ask for before it is refused: hostile files are small and unpack to a lot."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000
GB = 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """Upper bounds. A contract's maxRows bounds the rows; these bound everything else.

    Attributes:
        entries: entries of an archive.
        name_letters: the length of an entry's name.
        ratio: how many times its packed size an entry may unpack to, once it is past `ratio_from`.
            Deflate cannot do better than about 1,030; honest tables stay under 60.
        ratio_from: bytes under which the ratio does not count: small files pack well.
        unpacked: bytes that one archive or packed file may unpack to.
        record: bytes of one row of a CSV file; a longer quoted value counts as never closed.
        columns: columns of a header.
        geojson: bytes of a GeoJSON file, which is read whole and takes ten times that in memory.
        text_width: bytes that a text of a Parquet file may have on average, where no maxLength is declared.
        block: bytes of text read at a time.
        group_rows: rows turned into canonical rows at a time.
        group_bytes: bytes of such rows, which may be few and wide.
        quarantined: rows of one table that may be put into quarantine, whatever the contract allows.
        surge: how many times the usual rows wait for a person; the share by which fewer rows are told of.
        surge_from: rows under which the number of rows is no matter: small numbers change a lot.
        usual_of: how many earlier deliveries it takes to know what is usual.
    """

    entries: int = 20_000
    name_letters: int = 240
    ratio: int = 200
    ratio_from: int = 10 * MB
    unpacked: int = 20 * GB
    record: int = 1 * MB
    columns: int = 2_000
    geojson: int = 64 * MB
    text_width: int = 250
    block: int = 4 * MB
    group_rows: int = 125_000
    group_bytes: int = 64 * MB
    quarantined: int = 500_000
    surge: int = 10
    surge_from: int = 100
    usual_of: int = 3

"""Every format a map may come in or go out by, told by the ending of the file's name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from roundtable.errors import ForeignFileUnusable, Place, Problem, SettingUnusable
from roundtable.partnership.exchange.csv_tables import (
    FACTORS_FILE,
    LINKS_FILE,
    read_csv_tables,
    write_csv_tables,
)
from roundtable.partnership.exchange.dot import write_dot
from roundtable.partnership.exchange.faults import Faults, unusable
from roundtable.partnership.exchange.foreign_map import ForeignMap
from roundtable.partnership.exchange.gexf import read_gexf, write_gexf
from roundtable.partnership.exchange.graphml import read_graphml, write_graphml
from roundtable.partnership.exchange.kumu import read_kumu, write_kumu
from roundtable.partnership.exchange.kumu_sheets import FORM as KUMU
from roundtable.partnership.exchange.kumu_sheets import read_kumu_sheets, write_kumu_sheets
from roundtable.partnership.exchange.mermaid import write_mermaid
from roundtable.partnership.exchange.prsm import read_prsm, write_prsm
from roundtable.partnership.exchange.prsm_sheets import FORM as PRSM
from roundtable.partnership.exchange.prsm_sheets import read_prsm_sheets, write_prsm_sheets
from roundtable.partnership.exchange.reading_bytes import entry_bytes, open_packed, read_whole
from roundtable.partnership.exchange.workbook import read_workbook
from roundtable.partnership.exchange.writing import refuse_ending_alone, refuse_standing, write_file

Reader = Callable[[bytes, str], ForeignMap]
Writer = Callable[[ForeignMap], tuple[bytes, tuple[str, ...]]]


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        name: what people call it.
        endings: how the names of its files end, in small letters; the first is the one to write.
        read: reads its bytes; None where it only goes out.
        write: writes its bytes and says what it does not hold; None where its writer needs more than a map.
    """

    name: str
    endings: tuple[str, ...]
    read: Reader | None
    write: Writer | None


def _read_workbook(content: bytes, file: str) -> ForeignMap:
    """A workbook of PRSM or of Kumu, by the sheets that it has."""
    faults = Faults(file)
    sheets = read_workbook(content, faults)
    names = {name.strip().casefold() for name in sheets.by_name}
    if names & {KUMU.factors_sheet.casefold(), KUMU.links_sheet.casefold()}:
        return read_kumu_sheets(sheets, faults)
    if names & {PRSM.factors_sheet.casefold(), PRSM.links_sheet.casefold()}:
        return read_prsm_sheets(sheets, faults)
    what = f"no sheet of it is known: it has {', '.join(sheets.by_name) or 'none'}"
    remedy = "Name them 'Factors' and 'Links' (PRSM), or 'Elements' and 'Connections' (Kumu)."
    raise unusable(file, "no-sheet", what, remedy)


def _read_packed_csv(content: bytes, file: str) -> ForeignMap:
    packed = open_packed(content, file, "a ZIP of two CSV tables")
    wanted = {FACTORS_FILE, LINKS_FILE}
    entries = {Path(entry.filename).name: entry for entry in packed.infolist() if not entry.is_dir()}
    contents = {name: entry_bytes(packed, entries[name], file) for name in sorted(wanted & set(entries))}
    return read_csv_tables(contents, file)


def _write_packed_csv(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    tables, told = write_csv_tables(map)
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in tables.items():
            packed.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)
    return written.getvalue(), told


PRSM_SHEETS = Format("PRSM's workbook", ("prsm.xlsx",), _read_workbook, write_prsm_sheets)
KUMU_SHEETS = Format("Kumu's workbook", ("kumu.xlsx",), _read_workbook, write_kumu_sheets)
ANY_WORKBOOK = Format("a workbook of PRSM or of Kumu", (".xlsx",), _read_workbook, None)
PICTURE = Format("SVG", (".svg",), None, None)
#: In the order in which endings are tried: the longer before the shorter.
FORMATS: tuple[Format, ...] = (
    PRSM_SHEETS,
    KUMU_SHEETS,
    ANY_WORKBOOK,
    Format("PRSM", (".prsm",), read_prsm, write_prsm),
    Format("Kumu's JSON", (".json",), read_kumu, write_kumu),
    Format("GraphML", (".graphml",), read_graphml, write_graphml),
    Format("GEXF", (".gexf",), read_gexf, write_gexf),
    Format("two CSV tables in a ZIP", (".zip",), _read_packed_csv, _write_packed_csv),
    Format("Mermaid", (".mmd", ".mermaid"), None, write_mermaid),
    Format("DOT", (".dot", ".gv"), None, write_dot),
    PICTURE,
)
_FOLDER = "a folder with factors.csv and links.csv"


def format_of(path: Path, *, reading: bool) -> Format:
    """The format that a file's name says.

    Raises:
        SettingUnusable: it says none, one that only goes the other way, or `.xlsx` without whose to write.
    """
    name = path.name.casefold()
    found = next((one for one in FORMATS if name.endswith(one.endings)), None)
    if found is ANY_WORKBOOK and not reading:
        what = "a workbook is PRSM's or Kumu's, and the name does not say which"
        raise _refused(path, what, f"Call it {path.stem}.prsm.xlsx or {path.stem}.kumu.xlsx.")
    usable = found is not None and (not reading or found.read is not None)
    if found is None or not usable:
        known = [f"*{one.endings[0]}" for one in FORMATS if not reading or one.read is not None]
        told = ", ".join(one for one in known if reading or one != "*.xlsx")
        what = (
            f"the name of '{path.name}' does not end as a format that is {'read' if reading else 'written'}"
        )
        raise _refused(path, what, f"Give one of {told}, or {_FOLDER}.")
    return found


def read_map(path: Path) -> ForeignMap:
    """The map of a file of another tool, or of a folder with two CSV tables.

    Raises:
        SettingUnusable: no format is known by that name.
        ForeignFileUnusable: the file is not what its name says; every fault of it is told.
    """
    if path.is_dir() or path.suffix.casefold() == ".csv":
        return read_csv_tables(_tables_beside(path), str(path))
    found = format_of(path, reading=True)
    assert found.read is not None
    return found.read(read_whole(path), str(path))


def write_map(map: ForeignMap, path: Path, *, replace: bool = False) -> tuple[str, ...]:
    """Write a map as its file's name says; `.csv` makes a folder of two tables.

    Returns:
        What the format does not hold of the map, in plain sentences.

    Raises:
        SettingUnusable: no format is known by that name, it cannot be written there, or something
            stands there and is not to be replaced.
    """
    refuse_ending_alone(path)
    if path.suffix.casefold() == ".csv" or not path.suffix:
        tables, told = write_csv_tables(map)
        write_files({path / name: content for name, content in tables.items()}, replace=replace)
        return told
    found = format_of(path, reading=False)
    if found.write is None:
        raise _refused(path, "a picture is drawn of a partnership's own map", "Use `roundtable map DIR`.")
    content, told = found.write(map)
    write_files({path: content}, replace=replace)
    return told


def write_files(contents: Mapping[Path, bytes], *, replace: bool) -> None:
    """Write files, each whole or not at all, their folder too where it is missing.

    Raises:
        SettingUnusable: one stands there already and is not to be replaced, or cannot be written.
        DiskFull: there is no room.
    """
    refuse_standing(contents, replace=replace)
    for path, content in contents.items():
        write_file(path, content)


def _tables_beside(path: Path) -> dict[str, bytes]:
    """The tables of a folder; a table named by itself brings the other that stands beside it."""
    folder = path if path.is_dir() else path.parent
    if not path.is_dir() and path.name.casefold() not in (FACTORS_FILE, LINKS_FILE):
        what = "a map in CSV is two tables, and this is neither 'factors.csv' nor 'links.csv'"
        raise _refused(path, what, "Name them so, put both into one folder, and give the folder.")
    found = {name: folder / name for name in (FACTORS_FILE, LINKS_FILE)}
    missing = [name for name, one in found.items() if not one.is_file()]
    if missing:
        problems = [
            Problem(Place(str(folder)), "no-table", f"there is no '{name}' in it", "Put it there.")
            for name in missing
        ]
        raise ForeignFileUnusable(problems)
    return {name: read_whole(one) for name, one in found.items()}


def _refused(path: Path, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place(str(path)), "map", what, remedy))

"""Every file of a delivery read into scratch files, table by table; nothing is published here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from roundtable.data.disk import ensure_room, room_to_write
from roundtable.data.intake.becoming import Becoming
from roundtable.data.intake.drift import Change, Drifted, of_values
from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.headers import Headers
from roundtable.data.intake.held_connections import HeldConnections
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.note import DeliveryNote
from roundtable.data.intake.quarantine import PRIVATE_TABLE as PRIVATE_QUARANTINE
from roundtable.data.intake.quarantine import TABLE as QUARANTINE
from roundtable.data.intake.quarantine import Quarantine
from roundtable.data.intake.reading_ahead import SMALL
from roundtable.data.intake.reading_csv import CsvReading, read_csv, read_header
from roundtable.data.intake.reading_geojson import GeoJsonReading, read_geojson
from roundtable.data.intake.reading_parquet import ParquetReading, read_parquet
from roundtable.data.intake.rules import problem, refused
from roundtable.data.intake.taking_in import Reader, RepeatedKeys, TableFiles, TakingIn
from roundtable.data.intake.unpacking import SourceFile
from roundtable.data.intake.written_tables import WrittenTables, told_of_memory
from roundtable.data.lake import Lake
from roundtable.data.quarantine.decided import Decisions
from roundtable.ledger.deliveries import Member
from roundtable.partnership.model.contract_terms import FileFormat

Progress = Callable[[str], None]


@dataclass
class Scratch:
    """What reading a delivery came to: files that wait to be sealed, and the account of every row.

    Attributes:
        paths: the scratch files, each with the lake table it is for.
        members: each file of the delivery and its rows.
        told: what the receipt should say.
        drift: the changes to the contract by which rows in quarantine would be taken.
    """

    paths: list[tuple[str, Path]] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    drift: list[Change] = field(default_factory=list)

    def clear(self) -> None:
        """Take the scratch files away, if they are still there."""
        for _, path in self.paths:
            path.unlink(missing_ok=True)


@dataclass(frozen=True)
class DeliveryReading:
    """One delivery, about to be read.

    Attributes:
        found: the delivery.
        delivery_id: its id.
        sha256: of the file that was delivered.
        note: what its note says.
        lake: where the scratch files are.
        connections: the engines that rows are cast with.
        limits: how much it may ask for.
        progress: told how far it has got.
        decisions: what posts have decided about its rows.
    """

    found: FoundDelivery
    delivery_id: str
    sha256: str
    note: DeliveryNote
    lake: Lake
    connections: HeldConnections
    limits: Limits
    progress: Progress
    decisions: Decisions = field(default_factory=Decisions)

    def read(
        self, tables: Mapping[str, Becoming], files: Sequence[SourceFile], prefixes: Mapping[str, str]
    ) -> Scratch:
        """Read all files of the tables that are taken in.

        Raises:
            DeliveryRefused: anything is wrong with any of them; the scratch files are then gone.
            DiskFull: there is no room.
        """
        scratch = Scratch()
        self._see_that_keys_are_there(tables)
        quarantines = [self._quarantine()]
        try:
            for name, made in tables.items():
                own = [file for file in files if file.table.name == name]
                quarantines.append(self._table(made, own, prefixes, scratch))
            self._quarantined(quarantines, scratch)
        except BaseException:
            scratch.clear()
            raise
        return scratch

    def _table(
        self, made: Becoming, files: Sequence[SourceFile], prefixes: Mapping[str, str], scratch: Scratch
    ) -> Quarantine:
        of = TableFiles(made, files, dict(prefixes), self._decided(made, self._reader(made, files, scratch)))
        lent = self.connections.lent(identifiers=made.private)
        with lent as connection, room_to_write(self.lake.folder), told_of_memory(self.found.shown):
            taking = TakingIn(
                connection,
                of,
                self.delivery_id,
                self.lake.keyring,
                self.limits,
                self.found.shown,
                self._say,
                self._quarantine(),
                self.found.path.stat().st_size <= SMALL,
            )
            written = WrittenTables(self.lake, self._staged, scratch.paths, taking.small)
            try:
                written.write(taking.canonical_rows(), made.canonical.value)
            except RepeatedKeys:
                taking = taking.afresh()
                written.write(taking.canonical_rows(repeats=True), made.canonical.value)
        self._account(made, taking, scratch)
        return taking.quarantine

    def _decided(self, made: Becoming, read: Reader) -> Reader:
        """The files as posts have decided: values mended, dismissed rows taken out."""
        columns = {one.name: one.wanted for one in made.taken}
        return lambda file: self.decisions.applied(file.name, lambda: read(file), columns)

    def _quarantine(self) -> Quarantine:
        return Quarantine(self.delivery_id, keeps=self.lake.keyring is not None)

    def _staged(self) -> Path:
        size = self.found.path.stat().st_size
        ensure_room(self.lake.folder, 2 * size)
        return self.lake.stage()

    def _say(self, rows: int) -> None:
        self.progress(f"{self.found.shown}: {rows:,} rows read")

    def _account(self, made: Becoming, taking: TakingIn, scratch: Scratch) -> None:
        """Every row that came is kept or in quarantine, by file; too many in quarantine refuse it all."""
        for file in taking.of.files:
            came, set_aside = taking.received[file.name], taking.quarantine.rows[file.name]
            gone = taking.quarantine.dismissed[file.name]
            sha256 = taking.sha256.get(file.name, self.sha256)
            kept = came - set_aside - gone
            scratch.members.append(Member(file.name, made.table.name, sha256, came, kept, set_aside, gone))
        scratch.told += taking.told_of
        came, set_aside = taking.received.total(), taking.quarantine.total
        scratch.drift += of_values(taking.quarantine, made, came)
        limit = made.table.terms.quarantine_limit
        if set_aside and set_aside > limit * came:
            share = 100 * set_aside / came
            what = (
                f"{set_aside:,} of {came:,} rows of table '{made.table.name}' cannot be taken "
                f"({share:.1f} %; the contract's quarantineLimit is {100 * limit:g} %): "
                f"{taking.quarantine.reasons()}"
            )
            remedy = "Send it corrected; or, if the contract is wrong, change it and receive again."
            self._see_that_whole(sum(member.rows_received for member in scratch.members), taking.quarantine)
            found = problem("too-many-quarantined", self.found.shown, what, remedy)
            raise Drifted(found, scratch.drift)

    def _quarantined(self, found: Sequence[Quarantine], scratch: Scratch) -> None:
        whole = self._quarantine()
        for one in found:
            whole.parts += one.parts
            whole.rows += one.rows
        came = sum(member.rows_received for member in scratch.members)
        self._see_that_whole(came, whole, exact=True)
        if not whole.total:
            return
        scratch.told.append(f"In quarantine: {whole.reasons()}.")
        self._write(QUARANTINE.name, whole.batches(), scratch)
        if whole.holds_private:
            self._write(PRIVATE_QUARANTINE.name, whole.private_batches(), scratch)

    def _write(self, table: str, batches: Iterable[pa.RecordBatch], scratch: Scratch) -> None:
        path = self._staged()
        scratch.paths.append((table, path))
        with room_to_write(self.lake.folder):
            self.lake.write(table, batches, path)

    def _see_that_keys_are_there(self, tables: Mapping[str, Becoming]) -> None:
        keyed = [name for name, made in tables.items() if made.keyed]
        if keyed and self.lake.keyring is None:
            names = " and ".join(f"'{name}'" for name in keyed)
            what = f"table {names} is about people or addresses, and this process has no key to the vault"
            remedy = (
                f"Make keys with `roundtable keys init {self.lake.folder}`, or put them back; then again."
            )
            raise refused("keys-missing", self.found.shown, what, remedy)

    def _see_that_whole(self, came: int, quarantine: Quarantine, *, exact: bool = False) -> None:
        """Compare the rows with the note's; a file that ends within a row says how it came to be short."""
        said = self.note.rows
        if said is None or came == said:
            return
        cut = quarantine.cut()
        if cut and came <= said:
            what = f"{cut} ends in the middle of a row; {came:,} rows came, and the note says {said:,}"
            raise refused("cut-short", self.found.shown, what, "Send the whole file again.")
        if exact:
            what = f"{came:,} rows came, and the note says {said:,}"
            remedy = "Send the file and the note that belong together; headers are not counted."
            raise refused("note-rows", self.found.shown, what, remedy)

    def _reader(self, made: Becoming, files: Sequence[SourceFile], scratch: Scratch) -> Reader:
        headers = Headers(made, files, scratch.told)
        match made.table.terms.format:
            case FileFormat.PARQUET:
                parquet = ParquetReading(
                    made, self.found.path, self.lake.scratch, self.limits, headers.columns
                )
                return lambda file: read_parquet(file, parquet)
            case FileFormat.GEOJSON:
                geojson = GeoJsonReading(self.limits, headers.columns)
                return lambda file: read_geojson(file, geojson)
            case FileFormat.CSV:
                encoding = self.note.encoding or made.table.terms.encoding
                csv = CsvReading(made.dialect, encoding, self.limits, headers.columns)
                headers.read = lambda file: read_header(file, csv)
                return lambda file: read_csv(file, csv)

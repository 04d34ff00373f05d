"""Every rule by which a delivery is refused or a row is put into quarantine, and what each means.

`docs/deliveries.md` has a heading for each; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roundtable.errors import DeliveryRefused, Place, Problem


class Takes(StrEnum):
    """What breaking a rule costs: the whole delivery or the one row."""

    DELIVERY = "delivery"
    ROW = "row"


@dataclass(frozen=True)
class IntakeRule:
    """One rule.

    Attributes:
        id: what receipts, the ledger and the quarantine call it.
        takes: what is refused when it is broken.
        means: what is wrong, in a sentence.
    """

    id: str
    takes: Takes
    means: str


def _delivery(rule: str, means: str) -> IntakeRule:
    return IntakeRule(rule, Takes.DELIVERY, means)


def _row(rule: str, means: str) -> IntakeRule:
    return IntakeRule(rule, Takes.ROW, means)


RULES: tuple[IntakeRule, ...] = (
    _delivery("unknown-dataset", "The folder in deliveries/ is named for no dataset of the partnership."),
    _delivery("outside-a-dataset", "A file stands in deliveries/ itself and not in a dataset's folder."),
    _delivery("link", "The file is a symbolic link, which could lead anywhere."),
    _delivery("kind-of-file", "The file is not of a kind that is taken in, or not of the contract's format."),
    _delivery("no-such-table", "The file's name fits no table of the contract, or several."),
    _delivery("not-taken-in", "The contract names no canonical table for anything that was delivered."),
    _delivery("contract", "Something that the intake needs is missing in the contract, or cannot be used."),
    _delivery("not-permitted", "No agreement in force lets anything of it through for the purpose."),
    _delivery("arrives-mixed", "It holds tables whose deliveries add up in different ways."),
    _delivery("columns-not-granted", "Agreements in force let too few columns through to make a record."),
    _delivery("keys-missing", "It is about people or addresses, and this process has no key to the vault."),
    _delivery("note", "The delivery note cannot be read, or names something that it should not."),
    _delivery("note-sha256", "The file is not the one that the note describes: its SHA-256 is another."),
    _delivery("note-rows", "The number of rows is not the one that the note gives."),
    _delivery("cut-short", "The file ends in the middle of a row and its note says that more was sent."),
    _delivery("damaged", "The file or the archive is broken: it cannot be unpacked or read to its end."),
    _delivery("changed-while-read", "The file changed while it was being read, so it is still arriving."),
    _delivery("archive-entry", "An entry of the archive has a name or a nature that is not allowed."),
    _delivery("archive-limit", "The archive holds more, or unpacks to more, than is allowed."),
    _delivery("empty-archive", "The archive holds no data file."),
    _delivery("encoding", "The text is not in the encoding that is declared for it."),
    _delivery("header", "The header is not the contract's: columns are missing, extra, renamed or repeated."),
    _delivery("types", "A column of a Parquet file has a type that the contract's type cannot be read from."),
    _delivery("too-many-rows", "There are more rows than the contract's maxRows."),
    _delivery("too-large", "Reading the file would take more room than is allowed."),
    _delivery("not-geojson", "The file is not a GeoJSON feature collection."),
    _delivery("coordinate-system", "The coordinates are not longitude and latitude (CRS84)."),
    _delivery("too-many-quarantined", "More rows than the contract's quarantineLimit cannot be taken."),
    _delivery("period-missing", "The file's name does not say which period it covers, and no note does."),
    _delivery(
        "period-again", "Another delivery stands for its period, and it does not say that it corrects it."
    ),
    _delivery("corrects-nothing", "It says that it corrects a delivery that has not been received."),
    _delivery("corrects-superseded", "It says that it corrects a delivery that has been corrected already."),
    _delivery("corrects-part", "It corrects a delivery but leaves out periods that the other one had."),
    _row("quotes", "A quote is opened and not closed, or text follows the quote that closes a value."),
    _row("columns", "The row has more or fewer values than the header has columns."),
    _row("too-long", "The row has more bytes than one row may have."),
    _row("cut-row", "The file ends in the middle of this row."),
    _row("required", "A value that must be there is missing."),
    _row("date-format", "A date is not written in the declared format."),
    _row("date-impossible", "A date is written in the declared format, and there is no such day or time."),
    _row("date-order", "Something ended before it began."),
    _row("number", "A value is not a number that can be kept."),
    _row("whole-number", "A value is not a whole number of at least zero."),
    _row("boolean", "A value is neither true nor false."),
    _row("code", "A value is not one of the codes of the contract."),
    _row("length", "A text is shorter or longer than the contract allows."),
    _row("range", "A number is smaller or larger than the contract allows."),
    _row("coordinate-range", "A longitude or latitude is not on the globe."),
    _row("coordinate-half", "There is a longitude without a latitude, or a latitude without a longitude."),
    _row("uprn", "A property reference number is not made of at most 12 digits."),
    _row("status", "The status is not fact, allegation or opinion."),
    _row("key-again", "Several rows of the delivery have the same key, and which is right cannot be known."),
    _row("geometry", "A feature has no polygon, or one that cannot be mended."),
    _row("value", "A property of a feature is a list or an object and not a single value."),
)

RULE_IDS = frozenset(rule.id for rule in RULES)


def problem(rule: str, file: str, what: str, remedy: str, line: int | None = None, key: str = "") -> Problem:
    """One thing wrong with a delivery, on one line of printable letters, whatever the sender wrote.

    Raises:
        KeyError: the rule is not in the list.
    """
    if rule not in RULE_IDS:
        raise KeyError(rule)
    return Problem(Place(printable(file), line, None, key), rule, printable(what), printable(remedy))


def printable(text: str) -> str:
    """A text with nothing in it that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def refused(
    rule: str, file: str, what: str, remedy: str, line: int | None = None, key: str = ""
) -> DeliveryRefused:
    """The refusal of a delivery for one thing, to be raised."""
    return DeliveryRefused(problem(rule, file, what, remedy, line, key))

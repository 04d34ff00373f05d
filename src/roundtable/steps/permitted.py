"""What a run may use today: the lake's files, less those that no agreement in force still lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.governance.permission import permitted_columns
from roundtable.ledger import deliveries
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership


@dataclass(frozen=True)
class Permitted:
    """The answer for one day and one purpose.

    Attributes:
        withheld: for each delivery that may not be used today, why not, in words.
        agreements: the agreements that let each of the others be used, by delivery.
    """

    withheld: dict[str, str]
    agreements: dict[str, tuple[str, ...]]

    def files(self, lake: Lake, table: str) -> tuple[LakeFile, ...]:
        """The files of a table that may be used; what a step made was made of such files alone."""
        return tuple(file for file in lake.listed(table) if file.source not in self.withheld)

    def of(self, files: Sequence[LakeFile]) -> list[tuple[str, ...]]:
        """The agreements that these files rest on, for the key of a step."""
        return sorted({self.agreements[file.source] for file in files if file.source in self.agreements})


def permitted(partnership: Partnership, purpose: Purpose, on: date) -> Permitted:
    """Ask again, for everything that was ever taken in and stands.

    Args:
        partnership: what is agreed.
        purpose: what the data are wanted for.
        on: the trusted clock's day; never the folder's `as_of`.
    """
    withheld: dict[str, str] = {}
    agreements: dict[str, tuple[str, ...]] = {}
    for one in deliveries.standing():
        found, refusals = _asked(partnership, one, purpose, on)
        if refusals:
            withheld[one.delivery_id] = f"{one.file}: {' '.join(refusals)}"
        else:
            agreements[one.delivery_id] = found
    return Permitted(withheld, agreements)


def _asked(
    partnership: Partnership, one: DeliveryRecord, purpose: Purpose, on: date
) -> tuple[tuple[str, ...], list[str]]:
    tables = sorted({member.table for member in one.members})
    answers = [permitted_columns(partnership, one.dataset, table, purpose, on) for table in tables]
    refusals = [answer.refusal for answer in answers if answer.refusal is not None]
    return tuple(sorted({name for answer in answers for name in answer.agreements})), refusals

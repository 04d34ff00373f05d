"""The kinds of file in a partnership folder: where each stands and what it holds."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.improvement import Improvement
from roundtable.partnership.model.meeting import Meeting
from roundtable.partnership.model.reference import (
    CodeListTable,
    CodeMixTable,
    DiscountRateTable,
    GatewayTable,
    HarmWeightTable,
)
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.whole import Charter


class FileKind(StrEnum):
    """What a file holds; also the name of its JSON Schema."""

    PARTNERSHIP = "partnership"
    AGENCY = "agency"
    SCENARIO = "scenario"
    DATASET = "dataset"
    AGREEMENT = "agreement"
    SERVICE = "service"
    IMPROVEMENT = "improvement"
    MEETING = "meeting"
    REFERENCE = "reference"


CHARTER_FILE = "partnership.yaml"
REFERENCE_FOLDER = "reference"
#: Which folder holds which kind of file.
FOLDERS: dict[str, FileKind] = {
    "agencies": FileKind.AGENCY,
    "scenarios": FileKind.SCENARIO,
    "datasets": FileKind.DATASET,
    "agreements": FileKind.AGREEMENT,
    "services": FileKind.SERVICE,
    "improvements": FileKind.IMPROVEMENT,
    "meetings": FileKind.MEETING,
    REFERENCE_FOLDER: FileKind.REFERENCE,
}
#: What a file of each kind may hold; a reference table says in `table` which of them it is.
MODELS: dict[FileKind, tuple[type[BaseModel], ...]] = {
    FileKind.PARTNERSHIP: (Charter,),
    FileKind.AGENCY: (Agency,),
    FileKind.SCENARIO: (Scenario,),
    FileKind.DATASET: (Dataset,),
    FileKind.AGREEMENT: (Agreement,),
    FileKind.SERVICE: (Service,),
    FileKind.IMPROVEMENT: (Improvement,),
    FileKind.MEETING: (Meeting,),
    FileKind.REFERENCE: (
        GatewayTable,
        HarmWeightTable,
        CodeMixTable,
        CodeListTable,
        DiscountRateTable,
    ),
}
#: One thing a file, so the file bears the thing's id; a reference table is found by its id alone.
NAMED_FOR_THEIR_ID = frozenset(FileKind) - {FileKind.PARTNERSHIP, FileKind.REFERENCE}

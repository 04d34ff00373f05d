"""What the ledger keeps, one topic a file. Every other module of the ledger says how it is written and read.

Numbers that people see (snapshots, runs, audit events) are given out one after another inside the
transaction that uses them, so that work undone leaves no gap. Everything else has a key of its
own or a number that nobody sees.
"""

from roundtable.ledger.models.audit import AuditEvent
from roundtable.ledger.models.deliveries import (
    DeliveredFile,
    Delivery,
    DeliveryRelease,
    DeliveryStatus,
    QuarantineDecision,
    Withdrawal,
)
from roundtable.ledger.models.erasures import (
    CopyKind,
    Erasure,
    ErasureCause,
    ErasureRecord,
    ErasureState,
    HeldCopy,
    SuppressionMark,
)
from roundtable.ledger.models.lengths import ID_LENGTH, SHA256_LENGTH
from roundtable.ledger.models.links import (
    LinkDecision,
    LinkOrigin,
    LinkVerdict,
    ReviewBatch,
    ReviewKind,
    ReviewQuestion,
)
from roundtable.ledger.models.marks import KEYED_LENGTH, KeyedMark, MarkKind
from roundtable.ledger.models.partnership import Partnership
from roundtable.ledger.models.rights import (
    ClockStop,
    HoldMark,
    LegalHold,
    LookAlias,
    Outcome,
    Rectification,
    RequestMark,
    Right,
    RightsRequest,
)
from roundtable.ledger.models.runs import LakeFile, Run, RunState, Snapshot, StepRun, StepState
from roundtable.ledger.models.seals import Seal, SealKind, SealMark, SealOrigin, SealRelease, Settling

__all__ = [
    "ID_LENGTH",
    "KEYED_LENGTH",
    "SHA256_LENGTH",
    "AuditEvent",
    "ClockStop",
    "CopyKind",
    "DeliveredFile",
    "Delivery",
    "DeliveryRelease",
    "DeliveryStatus",
    "Erasure",
    "ErasureCause",
    "ErasureRecord",
    "ErasureState",
    "HeldCopy",
    "HoldMark",
    "KeyedMark",
    "LakeFile",
    "LegalHold",
    "LinkDecision",
    "LinkOrigin",
    "LinkVerdict",
    "LookAlias",
    "MarkKind",
    "Outcome",
    "Partnership",
    "QuarantineDecision",
    "Rectification",
    "RequestMark",
    "ReviewBatch",
    "ReviewKind",
    "ReviewQuestion",
    "Right",
    "RightsRequest",
    "Run",
    "RunState",
    "Seal",
    "SealKind",
    "SealMark",
    "SealOrigin",
    "SealRelease",
    "Settling",
    "Snapshot",
    "StepRun",
    "StepState",
    "SuppressionMark",
    "Withdrawal",
]

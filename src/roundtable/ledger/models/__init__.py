"""What the ledger keeps, one topic a file. Every other module of the ledger says how it is written and read.

Numbers that people see (snapshots, runs, audit events) are given out one after another inside the
transaction that uses them, so that work undone leaves no gap. Everything else has a key of its
own or a number that nobody sees.
"""

from roundtable.ledger.models.audit import AuditEvent
from roundtable.ledger.models.deliveries import DeliveredFile, Delivery, DeliveryStatus
from roundtable.ledger.models.lengths import ID_LENGTH, SHA256_LENGTH
from roundtable.ledger.models.partnership import Partnership
from roundtable.ledger.models.runs import LakeFile, Run, RunState, Snapshot, StepRun, StepState

__all__ = [
    "ID_LENGTH",
    "SHA256_LENGTH",
    "AuditEvent",
    "DeliveredFile",
    "Delivery",
    "DeliveryStatus",
    "LakeFile",
    "Partnership",
    "Run",
    "RunState",
    "Snapshot",
    "StepRun",
    "StepState",
]

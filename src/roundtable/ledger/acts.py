"""Everything that the audit chain can say was done: a closed vocabulary, each act with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Act by act, what it means to a reader of the chain.
ACTS: Mapping[str, str] = MappingProxyType(
    {
        "audit.checkpointed": "the head of the chain was signed and written somewhere else",
        "audit.read": "somebody read the chain",
        "audit.verified": "the whole chain was read and compared with what was kept elsewhere",
        "data.read": "a step of a run, or a person, read tables for a purpose, under agreements",
        "delivery.accepted": "a delivery was taken in",
        "delivery.refused": "a delivery was refused, by which rules",
        "lake.erased": "the bytes of files were destroyed",
        "lake.exported": "a snapshot was copied out into a folder",
        "lake.published": "the lake has a new snapshot",
        "page.written": "a page was written",
        "run.abandoned": "a run was given up, because what it started from had changed",
        "run.begun": "a run began",
        "run.finished": "a run came to its end",
        "step.worked": "a step of a run was worked out, from which tables and for what purpose",
    }
)

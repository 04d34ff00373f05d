"""Everything that the audit chain can say was done: a closed vocabulary, each act with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Act by act, what it means to a reader of the chain.
ACTS: Mapping[str, str] = MappingProxyType(
    {
        "audit.checkpointed": "the head of the chain was signed and written somewhere else",
        "audit.read": "somebody read the chain",
        "copy.gone": "a copy outside the store no longer exists",
        "copy.noted": "a copy outside the store was noted",
        "data.read": "a step of a run read tables for a purpose, under agreements",
        "delivery.accepted": "a delivery was taken in",
        "delivery.refused": "a delivery was refused, by which rules",
        "delivery.released": "a post said that a delivery which waited is right, and why",
        "delivery.removed": "the rows of a delivery were taken out of the lake: it stands no more",
        "delivery.set-aside": "a delivery of which nothing was taken does not stand: superseded or withdrawn",
        "delivery.waits": "a delivery of many times the usual rows waits for a person",
        "delivery.withdrawal": "a sender said that a delivery is not to be used",
        "erasure.begun": "an erasure was ordered by two posts, and what it is about may not come back",
        "erasure.done": "an erasure went through, with its proof",
        "hold.lifted": "a legal hold was lifted",
        "hold.set": "a legal hold was set on records",
        "keys.made": "the first version of the vault's keys was made",
        "keys.rotated": "a version was added to the vault's keys",
        "lake.erased": "the bytes of files were destroyed",
        "lake.exported": "a snapshot was copied out into a folder",
        "lake.published": "the lake has a new snapshot",
        "link.undone": "a post undid a merge, a split or a move of people: which move of which run",
        "link.withdrawn": "a post took back what was decided on whether records are of one person",
        "list.given": "a list of homes was written for a post that agreements give it to",
        "page.written": "a page was written",
        "quarantine.dismissed": "a post set a row in quarantine aside for good, and why",
        "quarantine.mended": "a post gave a value for a row in quarantine, and why",
        "quarantine.read": "a post looked at rows in quarantine, and why",
        "quarantine.released": "a post let mended values take effect, so that the delivery is read again",
        "record.rectified": "a value of a record was put right by request",
        "rectification.told": "the agency that sent a record was told what was put right",
        "request.clock_started": "a person answered what was asked, and the clock of a request went on",
        "request.clock_stopped": "a person was asked something, and the clock of a request stood still",
        "request.decided": "a post decided a person's request",
        "request.noted": "something was noted about a person's request",
        "request.taken": "a person's request was taken down",
        "review.answered": "a post answered questions on whether records are of one person",
        "review.given": "questions on whether records are of one person were written for a post",
        "run.abandoned": "a run was given up, because what it started from had changed",
        "run.begun": "a run began",
        "run.finished": "a run came to its end",
        "seal.lifted": "a seal was lifted by two posts",
        "seal.reach-told": "a post was told how many records a seal has reached",
        "seal.released": "a post let another see under a seal, for a purpose and a while",
        "seal.set": "something was put under seal",
        "subject.looked_at": "a post looked at what is held about a person",
    }
)

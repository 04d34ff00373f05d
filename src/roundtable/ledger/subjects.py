"""What the ledger itself knows of a person: keyed ids of their records, and how it forgets them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Q

from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.looks import forget_aliases
from roundtable.ledger.marks import OF_RECORDS
from roundtable.ledger.models import (
    ErasureRecord,
    HoldMark,
    LinkDecision,
    LookAlias,
    MarkKind,
    Rectification,
    RequestMark,
    ReviewQuestion,
    RightsRequest,
    SealMark,
)
from roundtable.ledger.numbering import lock_the_head

_AT_A_TIME = 500
#: What is left of a pair of records of which one was erased. That the two were asked about, and what was
#: answered, goes on counting in what is told of the linking as a whole.
_NO_PAIR = {"left_record_id": "", "right_record_id": ""}
_NO_WHY = {"why": "", "withdrawn_why": ""}


def holds(records: Iterable[str]) -> Counter[str]:
    """How many rows of each kind are about these records. What is under seal is not counted."""
    found: Counter[str] = Counter()
    with plain_faults():
        for some in _lots(records):
            marked = {"what": MarkKind.RECORD.value, "value__in": some}
            found["requests"] += RequestMark.objects.filter(**marked).count()
            found["legal holds"] += HoldMark.objects.filter(**marked).count()
            found["rectifications"] += Rectification.objects.filter(record_id__in=some).count()
            found["names in the audit chain"] += LookAlias.objects.filter(record_id__in=some).count()
            found["erasures under way"] += ErasureRecord.objects.filter(record_id__in=some).count()
            found["review questions"] += ReviewQuestion.objects.filter(_either(some)).count()
            found["link decisions"] += LinkDecision.objects.filter(_either(some)).count()
    return +found


def forget(records: Iterable[str]) -> Counter[str]:
    """Forget these records; how many rows went.

    An objection that was upheld, and a seal, go on by the person's numbers, which stand there as keyed
    digests: a new record would otherwise be open to what the person was protected from.
    """
    gone: Counter[str] = Counter()
    wanted = sorted(set(records))
    with ledger_transaction():
        lock_the_head()
        for some in _lots(wanted):
            marked = {"what": MarkKind.RECORD.value, "value__in": some}
            about = set(RequestMark.objects.filter(**marked).values_list("request_id", flat=True))
            gone["requests"] += RequestMark.objects.filter(**marked).delete()[0]
            gone["requests"] += _unbinding(about)
            sealed = {"what__in": [kind.value for kind in sorted(OF_RECORDS)], "value__in": some}
            gone["seals"] += SealMark.objects.filter(**sealed).delete()[0]
            gone["legal holds"] += HoldMark.objects.filter(**marked).delete()[0]
            gone["rectifications"] += Rectification.objects.filter(record_id__in=some).update(record_id="")
            gone["review questions"] += ReviewQuestion.objects.filter(_either(some)).update(**_NO_PAIR)
            gone["link decisions"] += LinkDecision.objects.filter(_either(some)).update(**_NO_PAIR, **_NO_WHY)
        forget_aliases(wanted)
    return +gone


def _either(records: list[str]) -> Q:
    return Q(left_record_id__in=records) | Q(right_record_id__in=records)


def _unbinding(requests: set[int]) -> int:
    """Forget the other marks of requests that bind nothing and are about no record any more."""
    left = RightsRequest.objects.filter(number__in=requests, upheld=[]).exclude(
        marks__what=MarkKind.RECORD.value
    )
    numbers = list(left.values_list("number", flat=True))
    return RequestMark.objects.filter(request_id__in=numbers).delete()[0]


def _lots(records: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(set(records))
    return (wanted[start : start + _AT_A_TIME] for start in range(0, len(wanted), _AT_A_TIME))

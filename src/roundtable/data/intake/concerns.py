"""What is the matter with a partner's data, in words: what it means, and what somebody should do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from roundtable.data.intake.claims import claimed, sent_order
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.proposals import proposal_file
from roundtable.data.intake.receipts import reasons_told
from roundtable.data.intake.usual import sized, too_few, usual_for
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.ledger.models import DeliveryStatus
from roundtable.partnership.model.whole import Partnership


class Matter(StrEnum):
    """What can be the matter, the most pressing first."""

    WAITING = "waiting"
    REFUSED = "refused"
    LATE = "late"
    SHRINKING = "shrinking"
    DRIFTING = "drifting"
    IN_QUARANTINE = "in quarantine"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Concern:
    """One thing that an officer should know.

    Attributes:
        agency: the id of the agency that sends the data.
        partner: its name.
        dataset: the id of the dataset.
        matter: what kind of thing it is.
        what: what was seen.
        means: what follows from it for whoever uses the data.
        todo: what to do next.
        delivery_id: the delivery that it is about; empty where it is about the dataset.
    """

    agency: str
    partner: str
    dataset: str
    matter: Matter
    what: str
    means: str
    todo: str
    delivery_id: str = ""

    def as_json(self) -> dict[str, str]:
        """The same for a machine."""
        return {
            "agency": self.agency,
            "partner": self.partner,
            "dataset": self.dataset,
            "matter": self.matter.value,
            "what": self.what,
            "means": self.means,
            "next": self.todo,
            "delivery": self.delivery_id,
        }


def concerns(
    partnership: Partnership,
    records: Sequence[DeliveryRecord],
    late: Sequence[tuple[str, str]],
    limits: Limits | None = None,
    received: Mapping[str, datetime] | None = None,
) -> tuple[Concern, ...]:
    """Everything that is the matter, by partner, the most pressing first.

    Args:
        partnership: what is agreed.
        records: every delivery there has been.
        late: datasets that are late, each with how late in words.
        limits: how much is usual; without them, the usual ones.
        received: when each delivery was received, by id; with it, what a later file of the same name made
            good is no longer told.
    """
    looking = _Looking(partnership, limits or Limits())
    found = [looking.late(dataset, what) for dataset, what in late]
    made_good = _made_good(records, received or {})
    for record in records:
        if record.delivery_id not in made_good:
            found += looking.delivery(record)
    for dataset in sorted({record.dataset for record in records}):
        standing = [record for record in records if record.dataset == dataset and record.stands]
        found += [*looking.newest(standing), *looking.set_aside(dataset, standing)]
    order = list(Matter)
    return tuple(sorted(found, key=lambda one: (one.partner, order.index(one.matter), one.dataset, one.what)))


def _made_good(records: Sequence[DeliveryRecord], received: Mapping[str, datetime]) -> frozenset[str]:
    """Deliveries that nothing was taken of, where another of the same name came later and stands."""
    since: dict[tuple[str, str], datetime] = {}
    for one in records:
        if one.stands and one.delivery_id in received:
            place = one.dataset, one.file
            since[place] = max(since.get(place, received[one.delivery_id]), received[one.delivery_id])
    undecided = (DeliveryStatus.REFUSED, DeliveryStatus.WAITING)
    return frozenset(
        one.delivery_id
        for one in records
        if one.status in undecided
        and one.delivery_id in received
        and (one.dataset, one.file) in since
        and received[one.delivery_id] < since[one.dataset, one.file]
    )


@dataclass(frozen=True)
class _Looking:
    partnership: Partnership
    limits: Limits

    def late(self, dataset: str, what: str) -> Concern:
        means = "What is worked out from it lacks what has happened since."
        todo = f"Ask {self._whom(dataset)} when it will come."
        return self._concern(dataset, Matter.LATE, what, means, todo)

    def delivery(self, record: DeliveryRecord) -> Iterator[Concern]:
        """What is the matter with one delivery."""
        match record.status:
            case DeliveryStatus.WAITING:
                means = "None of it is in the tables until a person has looked at it."
                todo = (
                    f"Ask {self._whom(record.dataset)} whether so many rows are right; if they are: "
                    f"`roundtable deliveries release DIR {record.delivery_id} --post POST --reason WHY`."
                )
                yield self._concern(
                    record.dataset, Matter.WAITING, f"{record.file}: {record.reason}", means, todo, record
                )
            case DeliveryStatus.REFUSED:
                first = next(iter(reasons_told(record.reason, record.file)), "No reason is kept.")
                means = "None of it is in the tables; what was taken before still stands."
                whom = self._whom(record.dataset)
                todo = f"Send {whom} the reason, or mend what is agreed, and receive again."
                yield self._concern(
                    record.dataset, Matter.REFUSED, f"{record.file}: {first}", means, todo, record
                )
            case DeliveryStatus.WITHDRAWN:
                means = "Its rows stand no more; results that used them change with the next run."
                todo = f"Ask {self._whom(record.dataset)} whether it will be sent anew, and run again."
                yield self._concern(
                    record.dataset,
                    Matter.WITHDRAWN,
                    f"{record.file} was {record.reason}",
                    means,
                    todo,
                    record,
                )
        if record.status in (DeliveryStatus.ACCEPTED, DeliveryStatus.REFUSED) and record.drift:
            yield self._drifting(record)

    def set_aside(self, dataset: str, standing: Sequence[DeliveryRecord]) -> Iterator[Concern]:
        """How much of a dataset is in quarantine."""
        held = [record for record in standing if record.rows_quarantined]
        if held:
            rows, came = (
                sum(getattr(record, name) for record in held)
                for name in ("rows_quarantined", "rows_received")
            )
            files = f"{len(held):,} deliveries" if len(held) > 1 else held[0].file
            means = "They came and are not in the tables, so every count is too low by as many."
            todo = "`roundtable quarantine list DIR` says why; then mend, release or dismiss them."
            what = f"{rows:,} of {came:,} rows of {files}"
            yield self._concern(dataset, Matter.IN_QUARANTINE, what, means, todo)

    def newest(self, standing: Sequence[DeliveryRecord]) -> Iterator[Concern]:
        """Whether the newest delivery of a dataset has far fewer rows than those before it."""
        known = {record.delivery_id: record for record in standing}
        claims = sorted((claimed(record, record.file, here=True) for record in standing), key=sent_order)
        found = [sized(known[claim.delivery_id], claim) for claim in claims]
        usual = usual_for(found[-1], found[:-1], self.limits) if found else None
        if usual is not None and too_few(found[-1], usual, self.limits):
            record = known[found[-1].claim.delivery_id]
            what = f"{record.file}: {usual.told(found[-1])}"
            means = "Some of it may be missing: a figure that falls with it may not have fallen at all."
            todo = f"Ask {self._whom(record.dataset)} whether it is whole; if not, for a correction."
            yield self._concern(record.dataset, Matter.SHRINKING, what, means, todo, record)

    def _drifting(self, record: DeliveryRecord) -> Concern:
        means = "What is sent is no longer what was agreed, and what comes next may be refused whole."
        todo = f"Ask {self._whom(record.dataset)} what has changed and why."
        path = proposal_file(self.partnership.folder, record.dataset, record.delivery_id)
        if path.is_file():
            todo += f" If it is agreed, `roundtable deliveries adopt DIR {path.name}` changes the contract."
        return self._concern(
            record.dataset, Matter.DRIFTING, f"{record.file}: {'; '.join(record.drift)}", means, todo, record
        )

    def _whom(self, dataset_id: str) -> str:
        """Whom to ask: the steward's post where the contract names one, or else the agency."""
        terms = next((one.terms for one in self.partnership.datasets if one.id == dataset_id), None)
        if terms is not None and terms.steward is not None:
            agency, role = self.partnership.role(terms.steward)
            return f"the {role.title} of {agency.name}"
        return self._sender(dataset_id)[1]

    def _sender(self, dataset_id: str) -> tuple[str, str]:
        terms = next((one.terms for one in self.partnership.datasets if one.id == dataset_id), None)
        if terms is None or terms.created_by is None:
            return "", "nobody known"
        return terms.created_by, self.partnership.agency(terms.created_by).name

    def _concern(
        self,
        dataset: str,
        matter: Matter,
        what: str,
        means: str,
        todo: str,
        record: DeliveryRecord | None = None,
    ) -> Concern:
        agency, partner = self._sender(dataset)
        delivery = "" if record is None else record.delivery_id
        return Concern(agency, partner, dataset, matter, what, means, todo, delivery)

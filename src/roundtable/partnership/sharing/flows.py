"""Flows: each dataset on its way from the agency that creates it to one that uses it, or would.

What flows today and what a need asks for are told apart, for one is judged by what happens and the
other by what would have to be true first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.contract_terms import Consumption, Subjects
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.study import Study


@dataclass(frozen=True)
class Flow:
    """One dataset from one agency to another.

    Attributes:
        dataset: its id.
        source: the agency that creates it.
        target: the agency that uses it, or would; never the source.
        need: the id of the need that asks for it; None for what flows today.
        scenario: the scenario of that need; None for what flows today.
        columns: the columns that reach the target, as the contract names them, in order. For a need: the
            fields it asks for that the contract holds, or all it asks for where the contract holds none of
            them. For what flows today: what is written, or every column of the contract.
        existing: whether it flows today.
        personal: whether it is treated as personal data (see `is_personal`).
    """

    dataset: str
    source: str
    target: str
    need: str | None
    scenario: str | None
    columns: tuple[str, ...]
    existing: bool
    personal: bool

    @property
    def order(self) -> tuple[str, str, str, str, str]:
        """Sorts flows: source, target, dataset, then scenario and need, what flows today first."""
        return (self.source, self.target, self.dataset, self.scenario or "", self.need or "")


def flows(study: Study) -> tuple[Flow, ...]:
    """Every flow between two agencies, what flows today and what is wanted, in one order.

    A dataset that nobody creates flows from nowhere and is left out; so is a use by its own creator.
    """
    return study.shared(_all)


def flows_of_need(study: Study, need: str) -> tuple[Flow, ...]:
    """The flows that could meet one need, in order; none where no partner creates what it asks for."""
    return study.shared(_by_need).get(need, ())


def existing_flow(study: Study, dataset: str, target: str) -> Flow | None:
    """What flows today of a dataset to an agency, if anything does."""
    return study.shared(_today).get((dataset, target))


def asked_for(scenario: Scenario, need: DataNeed, dataset: Dataset) -> Flow:
    """The flow of a dataset that somebody creates to the agency that needs it."""
    columns = tuple(sorted(set(need.fields) & headers(dataset) or set(need.fields)))
    source = dataset.terms.created_by or need.agency
    return Flow(dataset.id, source, need.agency, need.id, scenario.id, columns, False, is_personal(dataset))


def is_personal(dataset: Dataset) -> bool:
    """Whether a dataset is treated as personal data.

    It is when its rows are about people; and when they are about properties and it holds, or may hold,
    special-category or criminal-offence data, for only people have those. `unknown` counts as yes. How
    coarsely a need asks for it makes no difference, since small counts can point to somebody too.
    """
    terms = dataset.terms
    sensitive = terms.special_category is not False or terms.criminal_offence is not False
    return terms.subjects is Subjects.PEOPLE or (terms.subjects is Subjects.PROPERTIES and sensitive)


def headers(dataset: Dataset) -> frozenset[str]:
    """What the contract calls the columns of all the dataset's tables: grants and needs name them so."""
    return frozenset(column.name for table in dataset.schema_ for column in table.properties)


def _all(study: Study) -> tuple[Flow, ...]:
    found = (*_flowing(study.partnership.datasets), *_wanted(study))
    return tuple(sorted(found, key=lambda flow: flow.order))


def _by_need(study: Study) -> Mapping[str, tuple[Flow, ...]]:
    found: dict[str, list[Flow]] = {}
    for flow in flows(study):
        if flow.need is not None:
            found.setdefault(flow.need, []).append(flow)
    return {need: tuple(these) for need, these in found.items()}


def _today(study: Study) -> Mapping[tuple[str, str], Flow]:
    return {(flow.dataset, flow.target): flow for flow in flows(study) if flow.existing}


def _flowing(datasets: Iterable[Dataset]) -> Iterator[Flow]:
    """One flow to each agency that uses a dataset today, however many uses it makes of it."""
    for dataset in datasets:
        source = dataset.terms.created_by
        uses: dict[str, list[Consumption]] = {}
        for use in dataset.terms.consumed_by:
            uses.setdefault(use.agency, []).append(use)
        for target, those in uses.items():
            if source is not None and target != source:
                columns = _reaching(dataset, those)
                yield Flow(dataset.id, source, target, None, None, columns, True, is_personal(dataset))


def _reaching(dataset: Dataset, uses: Iterable[Consumption]) -> tuple[str, ...]:
    """The columns of all the uses; one that names none takes them all."""
    columns: set[str] = set()
    for use in uses:
        columns |= set(use.columns) if use.columns else headers(dataset)
    return tuple(sorted(columns))


def _wanted(study: Study) -> Iterator[Flow]:
    for scenario, need in study.partnership.needs():
        for dataset_id in sorted(set(need.datasets)):
            dataset = study.partnership.dataset(dataset_id)
            source = dataset.terms.created_by
            if source is not None and source != need.agency:
                yield asked_for(scenario, need, dataset)

"""Data that nobody else uses, and the same thing collected twice: reuse before more is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.contract_terms import Subjects
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed, named, where

#: Two datasets that share fewer columns than this, keys apart, share words and not work.
SHARED_COLUMNS = 2
#: A column that more datasets hold than this is a word of the trade, and not work done twice.
MOST_HOLDERS = 10

DARK = Rule(
    "data-dark",
    "Data that nobody else uses or asks for",
    Severity.LOW,
    "An agency creates a dataset, and no other agency uses it, needs it or is fed by it. It may hold what "
    "somebody is about to ask for elsewhere; or it may no longer be worth its keep.",
)
DUPLICATE = Rule(
    "data-duplicate",
    "The same columns created by two agencies",
    Severity.LOW,
    "Two agencies create datasets about the same kind of subject that share two columns or more, besides "
    "those "
    "by which rows are joined. People may be asked the same thing twice, and get two answers recorded.",
)
RULES = (DARK, DUPLICATE)


@dataclass(frozen=True)
class DatasetUse:
    """Who creates a dataset and what becomes of it.

    Attributes:
        dataset: its id.
        creator: the agency that creates it; None when nobody does yet.
        consumers: other agencies that use it today, in order.
        needs: needs of other agencies that name it, in order.
        services: services of other agencies that it feeds, in order.
    """

    dataset: str
    creator: str | None
    consumers: tuple[str, ...]
    needs: tuple[str, ...]
    services: tuple[str, ...]

    @property
    def dark(self) -> bool:
        """Whether it is created, and nobody else uses it, asks for it or is fed by it."""
        return self.creator is not None and not (self.consumers or self.needs or self.services)


@dataclass(frozen=True)
class Duplicate:
    """Two datasets of two agencies that hold the same columns about the same kind of subject."""

    first: str
    second: str
    columns: tuple[str, ...]


def find(study: Study) -> Iterator[Finding]:
    """One finding for each agency with dark data, and for each two agencies that hold the same."""
    dark: dict[str, list[Dataset]] = {}
    for use in dataset_uses(study):
        if use.dark and use.creator is not None:
            dark.setdefault(use.creator, []).append(study.partnership.dataset(use.dataset))
    for agency, datasets in sorted(dark.items()):
        yield _dark(study, agency, datasets)
    alike: dict[tuple[str, ...], list[Duplicate]] = {}
    for pair in duplicates(study):
        alike.setdefault(_creators(study, pair), []).append(pair)
    for creators, pairs in sorted(alike.items()):
        yield _duplicate(study, creators, pairs)


def dataset_uses(study: Study) -> tuple[DatasetUse, ...]:
    """Every dataset, in order of its id, with who uses it and who would."""
    wanted, fed = study.shared(_wanted), study.shared(_fed)
    return tuple(
        DatasetUse(
            dataset.id,
            dataset.terms.created_by,
            tuple(sorted({c.agency for c in dataset.terms.consumed_by} - {dataset.terms.created_by})),
            _others(wanted.get(dataset.id, ()), dataset.terms.created_by),
            _others(fed.get(dataset.id, ()), dataset.terms.created_by),
        )
        for dataset in study.partnership.datasets
    )


def duplicates(study: Study) -> tuple[Duplicate, ...]:
    """Pairs of datasets of different agencies about people, or about properties, that share columns."""
    return study.shared(_duplicates)


def _others(found: tuple[tuple[str, str], ...], creator: str | None) -> tuple[str, ...]:
    return tuple(sorted({thing for agency, thing in found if agency != creator}))


def _wanted(study: Study) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The agency and the id of each need, by the datasets that it names."""
    found: dict[str, list[tuple[str, str]]] = {}
    for _, need in study.partnership.needs():
        for dataset in need.datasets:
            found.setdefault(dataset, []).append((need.agency, need.id))
    return {dataset: tuple(these) for dataset, these in found.items()}


def _fed(study: Study) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The provider and the id of each service, by the datasets that feed it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for service in study.partnership.services:
        for dataset in service.inputs:
            found.setdefault(dataset, []).append((service.provider, service.id))
    return {dataset: tuple(these) for dataset, these in found.items()}


def _duplicates(study: Study) -> tuple[Duplicate, ...]:
    holding: dict[tuple[Subjects, str], list[Dataset]] = {}
    for dataset in study.partnership.datasets:
        if dataset.terms.created_by is not None and dataset.terms.subjects in (
            Subjects.PEOPLE,
            Subjects.PROPERTIES,
        ):
            for column in _own_columns(dataset):
                holding.setdefault((dataset.terms.subjects, column), []).append(dataset)
    shared: dict[tuple[str, str], list[str]] = {}
    for (_, column), datasets in sorted(holding.items()):
        if len(datasets) > MOST_HOLDERS:
            continue
        for one, other in combinations(datasets, 2):
            if one.terms.created_by != other.terms.created_by:
                shared.setdefault((one.id, other.id), []).append(column)
    return tuple(
        Duplicate(*pair, tuple(columns))
        for pair, columns in sorted(shared.items())
        if len(columns) >= SHARED_COLUMNS
    )


def _own_columns(dataset: Dataset) -> set[str]:
    """The columns that say something: not those by which rows are told apart or joined."""
    keys = {key.casefold() for key in dataset.terms.keys}
    return {
        column.name.casefold()
        for table in dataset.schema_
        for column in table.properties
        if not (column.primary_key or column.unique or column.name.casefold() in keys)
    }


def _dark(study: Study, agency: str, datasets: list[Dataset]) -> Finding:
    partnership = study.partnership
    names = listed(f"'{dataset.name}'" for dataset in datasets)
    return DARK.finding(
        f"{partnership.agency(agency).name} creates {counted(len(datasets), 'dataset')} that nobody else "
        f"uses or "
        f"asks for: {names}.",
        (Kind.AGENCY, agency),
        agencies=(agency,),
        evidence=tuple(
            evidence(
                partnership,
                Kind.DATASET,
                one.id,
                f"'{one.name}': no other agency uses it, and no need names it.",
            )
            for one in datasets
        ),
        remedy=(
            f"Ask at the table whether it would meet a need, and name it in that need's 'datasets'; or "
            f"write who "
            f"uses it under 'consumedBy' in "
            f"{listed(where(partnership, Kind.DATASET, one.id) for one in datasets)}."
        ),
        cleared_by=(agency,),
    )


def _creators(study: Study, pair: Duplicate) -> tuple[str, ...]:
    """The two agencies that create the datasets of a pair, in order."""
    both = (study.partnership.dataset(one).terms.created_by for one in (pair.first, pair.second))
    return tuple(sorted(one for one in both if one is not None))


def _duplicate(study: Study, creators: tuple[str, ...], pairs: list[Duplicate]) -> Finding:
    partnership = study.partnership
    datasets = sorted({one for pair in pairs for one in (pair.first, pair.second)})
    files = listed(where(partnership, Kind.DATASET, one) for one in datasets)
    columns = {column for pair in pairs for column in pair.columns}
    return DUPLICATE.finding(
        f"{named(partnership, creators)} both collect {counted(len(columns), 'column')} about the same kind "
        "of subject.",
        (Kind.AGENCY, creators[0]),
        agencies=creators,
        evidence=tuple(_alike(study, pair) for pair in pairs),
        remedy=(
            f"Agree which of them is kept and shared, and take the columns out of the other, in {files}; if "
            f"they mean different things, give them different names."
        ),
        cleared_by=creators,
    )


def _alike(study: Study, pair: Duplicate) -> Evidence:
    first, second = (study.partnership.dataset(one).name for one in (pair.first, pair.second))
    columns = listed(f"'{column}'" for column in pair.columns)
    return evidence(
        study.partnership, Kind.DATASET, pair.first, f"'{first}' and '{second}' both hold {columns}."
    )

"""The datasets as a DCAT catalogue in JSON-LD, with the fields of the UK metadata exchange model.

What the model requires and the folder does not hold (an e-mail address, the day of issue) is left out of
the record and listed as missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from roundtable.partnership.exchange.exported import Exported, Missing, as_json, without_blanks
from roundtable.partnership.model.agreement import Agreement, Tier
from roundtable.partnership.model.contract import Dataset, Table
from roundtable.partnership.model.whole import Partnership

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
#: Fields that the model requires of a dataset, by what they are called here, and where they would come from.
_REQUIRED = {
    "dct:title": "name",
    "dct:description": "description.purpose",
    "dct:publisher": "customProperties, roundtable, createdBy",
    "dct:creator": "customProperties, roundtable, createdBy",
    "dcat:contactPoint": "customProperties, roundtable, steward",
    "dct:issued": "contractCreatedTs",
    "dct:modified": "the folder keeps no day of change",
    "dct:license": "the licence of an open agreement that covers it",
    "securityClassification": "customProperties, roundtable, securityClassification",
    "dct:accrualPeriodicity": "slaProperties, frequency",
}
#: What the model takes as a classification; how a thing is to be handled beyond that has no place in it.
_CLASSIFICATIONS = ("OFFICIAL", "SECRET", "TOP_SECRET", "NOT_APPLICABLE")


def export_dcat(partnership: Partnership, name: str) -> Exported:
    """One catalogue with every dataset that somebody creates."""
    made = [one for one in partnership.datasets if one.terms.created_by]
    records = [_record(partnership, dataset) for dataset in made]
    catalogue = {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        "dct:title": partnership.charter.name,
        "dct:spatial": partnership.charter.area.code,
        "dcat:dataset": records,
    }
    missing = [
        Missing(dataset.id, field.split(":")[-1], where)
        for dataset, record in zip(made, records, strict=True)
        for field, where in _REQUIRED.items()
        if field not in record
    ]
    missing += [
        Missing(dataset.id, "contactPoint.email", "no address stands in the folder; add it on publishing")
        for dataset in made
    ]
    wanted = [one.id for one in partnership.datasets if one not in made]
    told = [f"left out, because nobody creates them yet: {', '.join(wanted)}"] if wanted else []
    told += _unplaced_markings(made)
    return Exported({name: as_json(catalogue)}, tuple(sorted(missing)), tuple(told))


def _record(partnership: Partnership, dataset: Dataset) -> dict[str, Any]:
    terms = dataset.terms
    publisher = partnership.agency(terms.created_by).name if terms.created_by else None
    open_licence = _open_licence(partnership, dataset)
    steward = partnership.role(terms.steward)[1].title if terms.steward else None
    frequency = next((one.value for one in dataset.sla_properties if one.property == "frequency"), None)
    return without_blanks(
        {
            "@type": "dcat:Dataset",
            "@id": f"urn:roundtable:{partnership.charter.id}:{dataset.id}",
            "dct:identifier": terms.catalogue_id or dataset.id,
            "dct:title": dataset.name,
            "dct:description": dataset.description.purpose,
            "dct:publisher": {"@type": "foaf:Organization", "foaf:name": publisher} if publisher else None,
            "dct:creator": {"@type": "foaf:Organization", "foaf:name": publisher} if publisher else None,
            "dcat:contactPoint": {"@type": "vcard:Kind", "vcard:fn": steward} if steward else None,
            "dct:issued": dataset.contract_created_ts,
            "dct:license": open_licence.licence if open_licence else None,
            "dct:accessRights": "OPEN" if open_licence else "INTERNAL",
            "securityClassification": _classification(dataset),
            "dcat:theme": dataset.domain,
            "dcat:keyword": list(dataset.tags),
            "dcat:version": dataset.version,
            "dct:type": "Dataset",
            "dct:accrualPeriodicity": frequency,
            "dcat:distribution": [_distribution(table) for table in dataset.schema_],
        }
    )


def _classification(dataset: Dataset) -> str | None:
    """The classification in the word of the model, without its handling marking; None where it has none."""
    said = _in_capitals(dataset)
    return next((one for one in _CLASSIFICATIONS if said == one or said.startswith(f"{one}_")), None)


def _in_capitals(dataset: Dataset) -> str:
    """`Official - Sensitive` as `OFFICIAL_SENSITIVE`."""
    return "_".join(re.findall(r"[A-Z]+", (dataset.terms.security_classification or "").upper()))


def _unplaced_markings(datasets: Iterable[Dataset]) -> Iterator[str]:
    """For each marking that the model has no place for, what is written instead, and of which datasets."""
    found: dict[str, list[Dataset]] = {}
    for dataset in datasets:
        said = dataset.terms.security_classification
        if said and _classification(dataset) != _in_capitals(dataset):
            found.setdefault(said, []).append(dataset)
    for said, these in sorted(found.items()):
        written = _classification(these[0])
        instead = f"'{written}' is written" if written else f"it takes {', '.join(_CLASSIFICATIONS)}"
        names = ", ".join(one.id for one in these)
        yield f"the handling marking '{said}' has no place in the model, so {instead}: {names}"


def _open_licence(partnership: Partnership, dataset: Dataset) -> Agreement | None:
    covering = (
        one for one in partnership.agreements if any(grant.dataset == dataset.id for grant in one.grants)
    )
    return next((one for one in covering if one.tier is Tier.OPEN_LICENCE), None)


def _distribution(table: Table) -> dict[str, Any]:
    return without_blanks(
        {
            "@type": "dcat:Distribution",
            "dct:title": table.business_name or table.name,
            "dct:description": table.description,
            "dct:format": table.terms.format.value,
        }
    )

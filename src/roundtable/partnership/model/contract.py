"""Data contracts: each dataset in the Open Data Contract Standard 3.1, with UK terms beside.

The keys are the standard's own (camelCase). What the standard has no place for stands in one
custom property named `roundtable`, on the contract, its tables and their columns, so that a
contract stays valid for every other tool that reads ODCS.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Discriminator, Field, Tag, field_validator, model_validator
from pydantic.alias_generators import to_camel

from roundtable.partnership.model.contract_terms import (
    ColumnTerms,
    DatasetTerms,
    Standard,
    TableTerms,
)
from roundtable.partnership.model.strict import Declares, Identifier, InOrder, Kind, Text, contradiction


class OtherProperty(Standard):
    """A custom property of somebody else's tool: kept, and not read."""

    id: Text | None = None
    property: Text = Field(json_schema_extra={"not": {"const": "roundtable"}})
    value: Any
    description: Text | None = None


class DatasetProperty(Standard):
    """Roundtable's own custom property of a contract."""

    property: Literal["roundtable"]
    value: DatasetTerms
    description: Text | None = None


class TableProperty(Standard):
    """Roundtable's own custom property of a table."""

    property: Literal["roundtable"]
    value: TableTerms
    description: Text | None = None


class ColumnProperty(Standard):
    """Roundtable's own custom property of a column."""

    property: Literal["roundtable"]
    value: ColumnTerms
    description: Text | None = None


def _whose(value: Any) -> str:
    name = value.get("property") if isinstance(value, dict) else getattr(value, "property", None)
    return "roundtable" if name == "roundtable" else "other"


_Other = Annotated[OtherProperty, Tag("other")]


class AuthoritativeDefinition(Standard):
    """A link to where something is defined."""

    id: Text | None = None
    url: Text
    type: Text
    description: Text | None = None


class Quality(Standard):
    """A quality rule; kept as the standard writes it."""

    model_config = ConfigDict(extra="allow", frozen=True, alias_generator=to_camel, populate_by_name=True)

    type: Literal["text", "library", "sql", "custom"] = "library"


class LogicalType(StrEnum):
    """The standard's types."""

    STRING = "string"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIME = "time"
    NUMBER = "number"
    INTEGER = "integer"
    OBJECT = "object"
    ARRAY = "array"
    BOOLEAN = "boolean"


class Column(Standard):
    """One column of a table."""

    id: Text | None = None
    name: Text
    physical_name: Text | None = Field(default=None, description="The header in the file, when not the name.")
    physical_type: Text | None = None
    business_name: Text | None = None
    description: Text | None = None
    logical_type: LogicalType = LogicalType.STRING
    logical_type_options: dict[str, Any] = Field(default_factory=dict)
    required: bool = False
    unique: bool = False
    primary_key: bool = False
    primary_key_position: int = -1
    partitioned: bool = False
    partition_key_position: int = -1
    classification: Text | None = None
    encrypted_name: Text | None = None
    critical_data_element: bool = False
    transform_logic: Text | None = None
    transform_description: Text | None = None
    transform_source_objects: tuple[Text, ...] = ()
    examples: tuple[Any, ...] = ()
    tags: tuple[Text, ...] = ()
    relationships: tuple[dict[str, Any], ...] = ()
    quality: tuple[Quality, ...] = ()
    authoritative_definitions: tuple[AuthoritativeDefinition, ...] = ()
    properties: tuple[dict[str, Any], ...] = ()
    items: dict[str, Any] | None = None
    custom_properties: tuple[
        Annotated[Annotated[ColumnProperty, Tag("roundtable")] | _Other, Discriminator(_whose)], ...
    ] = ()

    @model_validator(mode="after")
    def _what_must_be_there_is_sent(self) -> Self:
        if self.terms.may_be_absent and (self.required or self.primary_key):
            what = "it must have a value in every row, and files may leave it out"
            raise contradiction(what, "Take out 'mayBeAbsent', or 'required' and 'primaryKey'.")
        return self

    @property
    def header(self) -> str:
        """What the column is called in the file."""
        return self.physical_name or self.name

    @property
    def terms(self) -> ColumnTerms:
        """Roundtable's own terms, empty when none are written."""
        return next((p.value for p in self.custom_properties if isinstance(p, ColumnProperty)), ColumnTerms())

    @property
    def date_format(self) -> str | None:
        """The declared format of a date, in the standard's letters: yyyy-MM-dd."""
        value = self.logical_type_options.get("format")
        return value if isinstance(value, str) else None


class Table(Standard):
    """One table of a dataset: in ODCS, a schema object."""

    id: Text | None = None
    name: Identifier
    physical_name: Text | None = Field(default=None, description="The file's name, with * for what varies.")
    physical_type: Text | None = None
    business_name: Text | None = None
    description: Text | None = None
    logical_type: Literal["object"] = "object"
    data_granularity_description: Text | None = None
    tags: tuple[Text, ...] = ()
    properties: Annotated[tuple[Column, ...], InOrder(), Field(min_length=1)]
    relationships: tuple[dict[str, Any], ...] = ()
    quality: tuple[Quality, ...] = ()
    authoritative_definitions: tuple[AuthoritativeDefinition, ...] = ()
    custom_properties: tuple[
        Annotated[Annotated[TableProperty, Tag("roundtable")] | _Other, Discriminator(_whose)], ...
    ] = ()

    @field_validator("properties")
    @classmethod
    def _names_differ(cls, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        seen: set[str] = set()
        for column in columns:
            if column.header in seen:
                what = f"two columns are called '{column.header}'"
                raise contradiction(what, "Give each column the header it has in the file.")
            seen.add(column.header)
        return columns

    @property
    def terms(self) -> TableTerms:
        """Roundtable's own terms, the defaults when none are written."""
        return next((p.value for p in self.custom_properties if isinstance(p, TableProperty)), TableTerms())


class Description(Standard):
    """What a dataset is for and what it must not be used for."""

    purpose: Text | None = None
    limitations: Text | None = None
    usage: Text | None = None
    authoritative_definitions: tuple[AuthoritativeDefinition, ...] = ()
    custom_properties: tuple[OtherProperty, ...] = ()


class ServiceLevel(Standard):
    """A promise about the data: how often, how late, how long kept."""

    id: Text | None = None
    property: Text
    value: str | float | int | bool | None
    value_ext: Any = None
    unit: Text | None = None
    element: Text | None = None
    driver: Text | None = None
    description: Text | None = None
    scheduler: Text | None = None
    schedule: Text | None = None


class ContractStatus(StrEnum):
    """The standard's words for where a contract stands; a dataset that is only wanted is proposed."""

    PROPOSED = "proposed"
    DRAFT = "draft"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class Dataset(Standard):
    """One file in `datasets/`: a contract in the Open Data Contract Standard 3.1."""

    api_version: Literal["v3.1.0"]
    kind: Literal["DataContract"]
    id: Annotated[Identifier, Declares(Kind.DATASET)]
    version: Text
    status: ContractStatus
    name: Text
    tenant: Text | None = None
    domain: Text | None = None
    data_product: Text | None = None
    tags: tuple[Text, ...] = ()
    description: Description = Description()
    schema_: tuple[Table, ...] = Field(default=(), alias="schema")
    servers: tuple[dict[str, Any], ...] = ()
    support: tuple[dict[str, Any], ...] = ()
    price: dict[str, Any] | None = None
    team: dict[str, Any] | None = None
    roles: tuple[dict[str, Any], ...] = ()
    sla_default_element: Text | None = None
    sla_properties: tuple[ServiceLevel, ...] = ()
    authoritative_definitions: tuple[AuthoritativeDefinition, ...] = ()
    contract_created_ts: Text | None = None
    custom_properties: tuple[
        Annotated[Annotated[DatasetProperty, Tag("roundtable")] | _Other, Discriminator(_whose)], ...
    ] = Field(min_length=1)

    @field_validator("custom_properties")
    @classmethod
    def _has_terms(cls, properties: tuple[Any, ...]) -> tuple[Any, ...]:
        if sum(isinstance(p, DatasetProperty) for p in properties) != 1:
            what = "a contract needs exactly one custom property named 'roundtable'"
            raise contradiction(what, "Add '- property: roundtable' with its 'value', or delete the second.")
        return properties

    @property
    def terms(self) -> DatasetTerms:
        """Roundtable's own terms."""
        return next(p.value for p in self.custom_properties if isinstance(p, DatasetProperty))

    def table(self, name: str) -> Table | None:
        """The table of that name, if the contract has it."""
        return next((table for table in self.schema_ if table.name == name), None)

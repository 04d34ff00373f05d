"""What Roundtable must know of a dataset, a table and a column that the contract standard has no place for.

These are the values of the custom property `roundtable` of a contract, its tables and their columns.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

from roundtable.partnership.model.agreement import Regime
from roundtable.partnership.model.interoperability import LayerLevel
from roundtable.partnership.model.strict import (
    AgencyRef,
    MaybeUnknownBool,
    MaybeUnknownNumber,
    RoleRef,
    Strict,
    Text,
    contradiction,
)
from roundtable.partnership.model.zone import Zone


class Standard(Strict):
    """A value written with the standard's camelCase keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        alias_generator=to_camel,
        populate_by_name=True,
    )


class CanonicalTable(StrEnum):
    """The tables of the lake that a delivered table can become."""

    EVENT = "event"
    EVENT_RESULT = "event_result"
    AREA = "area"
    AREA_POPULATION = "area_population"
    AREA_DEPRIVATION = "area_deprivation"
    PERSON_RECORD = "person_record"
    ADDRESS_RECORD = "address_record"
    INVOLVEMENT = "involvement"
    CONTACT = "contact"


class Arrival(StrEnum):
    """How the deliveries of a table add up to the table."""

    PERIODS = "periods"
    """Each delivery is the whole of its period; a correction replaces the whole of it."""
    WHOLE = "whole"
    """Each delivery is the whole register; the newest stands."""
    INCREMENTS = "increments"
    """Each delivery brings new and changed rows, told apart by primary key; a key's newest row stands."""


class EventStatus(StrEnum):
    """How sure a source is that what it records happened."""

    FACT = "fact"
    ALLEGATION = "allegation"
    OPINION = "opinion"


class FileFormat(StrEnum):
    """What a delivered file can be; a ZIP may hold any number of CSV files."""

    CSV = "csv"
    PARQUET = "parquet"
    GEOJSON = "geojson"


class Encoding(StrEnum):
    """How a text file spells its letters. A byte-order mark is always understood."""

    UTF_8 = "utf-8"
    CP1252 = "cp1252"
    UTF_16 = "utf-16"


class Subjects(StrEnum):
    """Whom the rows are about: nobody, areas, properties or people."""

    NONE = "none"
    AREAS = "areas"
    PROPERTIES = "properties"
    PEOPLE = "people"


class SealFlag(StrEnum):
    """What a source can ask to have sealed, by a flag on its rows."""

    PROTECTED_ADDRESS = "protected_address"
    PRE_ADOPTION_IDENTITY = "pre_adoption_identity"
    GENDER_RECOGNITION_HISTORY = "gender_recognition_history"
    PROTECTED_WITNESS = "protected_witness"


class Consumption(Standard):
    """A use that an agency makes of the dataset today."""

    agency: AgencyRef
    decision: Text
    frequency: Text | None = None
    columns: tuple[Text, ...] = Field(default=(), description="What reaches it; left out for all of it.")
    method: Text | None = Field(default=None, description="How it gets there: an event, a file, an e-mail.")
    levels: tuple[LayerLevel, ...] = Field(default=(), description="How well the flow works, by layer.")


class DatasetTerms(Standard):
    """What Roundtable must know of a dataset beyond the standard."""

    created_by: AgencyRef | None = Field(default=None, description="Left out when nobody creates it yet.")
    steward: RoleRef | None = None
    consumed_by: tuple[Consumption, ...] = ()
    subjects: Subjects
    special_category: MaybeUnknownBool
    criminal_offence: MaybeUnknownBool
    collected_under: Regime | None = Field(
        default=None,
        description="The regime that its creator collected it under. Left out, what a competent authority "
        "creates counts as collected for law enforcement unless 'criminalOffence' is false.",
    )
    keys: tuple[Text, ...] = Field(default=(), description="What it can be joined on: uprn, nhs_number, ...")
    match_rate: MaybeUnknownNumber = "unknown"
    timeliness_days: MaybeUnknownNumber = "unknown"
    coverage: Text | None = None
    known_defects: tuple[Text, ...] = ()
    system: Text | None = None
    security_classification: Text | None = None
    catalogue_id: Text | None = None


class TableTerms(Standard):
    """How a table arrives and which canonical table it becomes."""

    canonical: CanonicalTable | None = Field(default=None, description="Left out when it is never taken in.")
    format: FileFormat = FileFormat.CSV
    encoding: Encoding = Encoding.UTF_8
    delimiter: Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1)] = ","
    period_pattern: Text | None = Field(
        default=None,
        description="A regular expression with a group named 'period', found in the file's name.",
    )
    scheme: Text | None = Field(default=None, description="The code list that the event codes belong to.")
    status: EventStatus = Field(
        default=EventStatus.ALLEGATION,
        description="How sure the source is of its events: a report says that something was said to happen.",
    )
    area_kind: Text | None = Field(
        default=None, description="For boundaries and area figures: lsoa11, msoa11, ..."
    )
    as_of: date | None = Field(default=None, description="For area figures: the day they describe.")
    role: Text | None = Field(
        default=None, description="The part that the row's person has in its event, when no column says it."
    )
    arrives: Arrival = Field(
        default=Arrival.PERIODS, description="How its deliveries add up: periods, whole or increments."
    )
    max_rows: Annotated[int, Field(gt=0)] = 20_000_000
    quarantine_limit: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.1, description="Share of rows that may be quarantined before the whole delivery is refused."
    )


class ColumnTerms(Standard):
    """Which canonical column a delivered column becomes."""

    canonical: Text | None = None
    codes: tuple[Text, ...] = Field(default=(), description="The only values allowed, when given.")
    unknown_codes: tuple[Text, ...] = Field(
        default=(),
        description="Values by which the source says that it does not know, beside 'codes'; kept as nothing.",
    )
    withdrawn_codes: tuple[Text, ...] = Field(
        default=(),
        description="For the column that becomes 'withdrawn': the values that say the row no longer holds.",
    )
    flag_codes: tuple[Text, ...] = Field(
        default=(), description="Values that put a flag on the row's property, so that a visit is thought of."
    )
    visit_codes: tuple[Text, ...] = Field(
        default=(), description="Values that say that somebody visited to make the property safer."
    )
    holds_days: Annotated[int, Field(gt=0)] | None = Field(
        default=None,
        description="How many days a flag or a visit speaks for its property: what is old fades.",
    )
    seals: SealFlag | None = Field(
        default=None, description="For a column that becomes 'person.seal' or 'seal': what its flag seals."
    )
    seal_codes: tuple[Text, ...] = Field(
        default=(), description="For that column: the values that put the row's person under seal."
    )
    may_be_absent: bool = Field(
        default=False,
        description="Whether files without the column are taken in too, as of one that was added later. What "
        "they do not say of it counts as left empty.",
    )
    pole: Text | None = Field(default=None, description="The police data standard's name for it.")
    zone: Zone | Literal["none"] | None = Field(
        default=None,
        description="The no-score zone that it falls in: such a column may be described and is never taken "
        "in. 'none' says that it falls in none, where its name looks as if it did.",
    )

    @model_validator(mode="after")
    def _seals_are_sent(self) -> Self:
        if self.may_be_absent and (self.seals is not None or self.withdrawn_codes):
            what = "it says what is sealed or no longer holds, and files may leave it out"
            raise contradiction(what, "Take 'mayBeAbsent' out: nobody would notice that it was not sent.")
        return self

    @model_validator(mode="after")
    def _flags_fade(self) -> Self:
        if (self.flag_codes or self.visit_codes) and self.holds_days is None:
            what = "it says what flags a property, and not for how long"
            raise contradiction(what, "Write 'holdsDays': how many days a flag or a visit speaks.")
        return self

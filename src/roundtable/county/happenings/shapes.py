"""How a table of happenings is laid out: its columns, their types, and the codes that a column may hold."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

NUMBER = pa.int64()
SMALL = pa.int32()
SHARE = pa.float32()
DEGREES = pa.float64()
TEXT = pa.string()
DAY = pa.date32()
INSTANT = pa.timestamp("s")
YES_NO = pa.bool_()


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: its name.
        type: its Arrow type.
        description: what it says, with its unit.
        codes: every value it may hold, if it holds codes; otherwise empty.
        nullable: whether it may be null.
    """

    name: str
    type: pa.DataType
    description: str
    codes: tuple[str, ...] = ()
    nullable: bool = False


@dataclass(frozen=True)
class Shape:
    """One table of happenings.

    Attributes:
        name: the kind of happening, and the name of the table.
        description: what a row is.
        columns: the columns of every table, then its own.
        roles: the parts people may play in it.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    roles: tuple[str, ...] = ()
    schema: pa.Schema = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        fields = [pa.field(one.name, one.type, nullable=one.nullable) for one in self.columns]
        object.__setattr__(self, "schema", pa.schema(fields))

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(one for one in self.columns if one.name == name)


def coded(name: str, description: str, *codes: str, nullable: bool = False) -> Column:
    """A column of codes."""
    return Column(name, TEXT, description, codes, nullable)


def maybe(name: str, type_: pa.DataType, description: str) -> Column:
    """A column that may be null."""
    return Column(name, type_, description, (), True)


#: What every table of happenings begins with.
EVERY = (
    Column("event", NUMBER, "The happening: unique in the county over all tables."),
    Column("at", INSTANT, "When it happened or began; local clock time."),
    maybe("until", DAY, "The last day; null where it is over at once or still goes on."),
    Column("recorded", INSTANT, "When the agency wrote it down; never before `at`."),
    maybe("address", NUMBER, "The address it happened at; null in a street or a public place."),
    maybe("area", TEXT, "The small area it happened in; null where nobody could say."),
    maybe("person", NUMBER, "The person it is about, who has a row in `roles` too; null where nobody is."),
)

#: Where it happened, on the tables of what is mapped.
PLACED = (
    Column("longitude", DEGREES, "Degrees east, WGS 84: of the address, or of the place in the street."),
    Column("latitude", DEGREES, "Degrees north, WGS 84."),
)


def shape(name: str, description: str, roles: tuple[str, ...], *columns: Column) -> Shape:
    """A table of happenings: the columns of every table, then its own."""
    return Shape(name, description, (*EVERY, *columns), roles)

"""The columns of an encoding: those of a profile, and its name parts one by one."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

#: A column of a profile, as settings write it.
Column = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]

#: How many of a profile's name parts are looked at; a name of more is cut, in SQL and here alike.
TOKENS = 6

#: The list of name parts, and what stands for it in an encoding.
TOKEN_LIST = "name_tokens"
TOKEN_LAST = "token_last"
TOKEN_LINE = "token_line"

TOKEN_COLUMNS = tuple(f"token_{place}" for place in range(1, TOKENS + 1))

#: The columns that share one vocabulary, so that a given name can be found among surnames.
_NAMES = frozenset(
    {"given", "given_root", "middle", "surname", "former_surname", "known_as", *TOKEN_COLUMNS, TOKEN_LAST}
)
NAME_VOCABULARY = "name"


def vocabulary_of(column: str) -> str:
    """Which vocabulary a column's codes are of: `name` for all name parts, else the column's own."""
    return NAME_VOCABULARY if column in _NAMES else column

"""What linkage is told about one kind of data: what to compare, where to look for pairs, how to learn."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field, model_validator

from roundtable.linkage.evidence.columns import TOKEN_LIST, Column
from roundtable.linkage.evidence.comparison import Comparison
from roundtable.partnership.model.strict import Strict, Text, contradiction

_PART = re.compile(r"^(?P<column>[a-z][a-z0-9_]*)(?:\[(?P<first>-?\d+)?:(?P<last>-?\d+)?\])?$")


class KeyPart(Strict):
    """A part of a key: a column, whole or cut to some letters as `surname[:4]` or `date_of_birth[4:]` say.

    `token_1` to `token_6` are a name's parts in the order of the alphabet, `token_last` is the last of them
    and `token_line` all of them at once.
    """

    column: Column
    first: int | None = None
    last: int | None = None

    def cut(self, word: str) -> str:
        """The letters of a word that count."""
        return word[self.first : self.last]

    @property
    def whole(self) -> bool:
        """Whether nothing is cut off."""
        return self.first is None and self.last is None

    def sql(self, side: str) -> str:
        """The part in DuckDB's SQL, of the table or alias `side`."""
        column = f"{side}.{self.column}"
        if self.whole:
            return column
        first = "" if self.first is None else str(self.first + 1 if self.first >= 0 else self.first)
        return f"{column}[{first}:{'' if self.last is None else self.last}]"


def _key_part(written: Any) -> Any:
    found = _PART.match(written) if isinstance(written, str) else None
    if not found:
        return written
    cut = {side: int(found[side]) for side in ("first", "last") if found[side] is not None}
    return {"column": found["column"], **cut}


Part = Annotated[KeyPart, BeforeValidator(_key_part)]


class Key(Strict):
    """A key: two profiles that are alike in all its parts are looked at as a pair.

    Attributes:
        name: what the key is called.
        parts: what it is made of; a profile that lacks one has no such key.
        why: what it finds that the others miss.
    """

    name: Column
    parts: tuple[Part, ...] = Field(min_length=1)
    why: Text


class Training(Strict):
    """How a model is learnt without labels.

    Attributes:
        home_caution: by how many bits two people of one home are held to be likelier than they are, because
            to make one of them does more harm than to miss that two records are of one person.
        certain: pairs alike in all the parts of one of these are counted as one person, to guess how many
            such pairs there are.
        recall: which part of all true pairs `certain` is taken to find.
        passes: the model is learnt once over the pairs that are alike in each of these; a comparison of a
            column that a pass uses learns nothing in that pass.
        random_pairs: how many pairs drawn at random show what strangers have in common.
        rounds: the most rounds of expectation and maximisation in a pass.
        mates: pairs of two people of one home for each pair of one person, as it is assumed until data say
            otherwise; nought where nothing is known of homes.
    """

    certain: tuple[tuple[Part, ...], ...] = Field(min_length=1)
    recall: float = Field(gt=0, le=1)
    passes: tuple[tuple[Part, ...], ...] = Field(min_length=2)
    random_pairs: int = Field(ge=10_000)
    rounds: int = Field(ge=1, default=25)
    mates: float = Field(ge=0)
    home_caution: float = Field(ge=0, default=0.0)


class Settings(Strict):
    """All of it.

    Attributes:
        name: what a model says that it was learnt for.
        comparisons: what is compared.
        keys: where pairs are looked for.
        cap: a group of more profiles with one key is left out, and told.
        keep: the least weight of a pair that is kept, in bits.
        bar: the least weight of a pair that is held apart where birth and name say so. What weighs less is so
            far from one person that nothing brings it together.
        training: how a model is learnt.
        precision_weight: how much worse a false join is than a missed one, when a threshold is chosen.
    """

    name: Column
    comparisons: tuple[Comparison, ...] = Field(min_length=1)
    keys: tuple[Key, ...] = Field(min_length=1)
    cap: int = Field(ge=2)
    keep: float
    bar: float = -10.0
    training: Training
    precision_weight: float = Field(gt=0)

    @model_validator(mode="after")
    def _names_once(self) -> Settings:
        for kind in ("comparisons", "keys"):
            names = [one.name for one in getattr(self, kind)]
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise contradiction(f"two of the {kind} are called {twice[0]}", "give each a name of its own")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a profile that are read, each once, in the order in which they are named."""
        told = [column for one in self.comparisons for column in one.reads()]
        told += [part.column for key in self.keys for part in key.parts]
        rules = (*self.training.certain, *self.training.passes)
        told += [part.column for rule in rules for part in rule]
        return tuple(dict.fromkeys(TOKEN_LIST if column.startswith("token_") else column for column in told))

    @property
    def counted(self) -> tuple[str, ...]:
        """The columns whose words are counted, because how rare one is tells a weight."""
        found = [column for one in self.comparisons for column in one.counted_by_level() if column]
        return tuple(dict.fromkeys(found))

    def comparison(self, name: str) -> Comparison:
        """The comparison of that name."""
        return next(one for one in self.comparisons if one.name == name)


@cache
def shipped(name: str) -> Settings:
    """The settings that come with the software: `uk` or `historical`."""
    text = (files(__package__) / "settings" / f"{name}.yaml").read_text(encoding="utf-8")
    return Settings.model_validate(yaml.safe_load(text))

"""The columns of names: from boxes of their own and from whole names, in one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pyarrow as pa

from roundtable.linkage.cleaning.coded import Coded, combined, either
from roundtable.linkage.cleaning.full_names import FULL_RULES, Apart, Whole, apart, parts_of_given, whole_name
from roundtable.linkage.cleaning.names import GIVEN_RULES, SURNAME_RULES, before, called
from roundtable.linkage.cleaning.nicknames import root_of
from roundtable.linkage.cleaning.reference_table import reference_rows
from roundtable.linkage.cleaning.told import Teller
from roundtable.linkage.cleaning.usual import Usual

#: The columns of PERSON_RECORD that hold names.
NAME_BOXES = ("given_name", "middle_names", "surname", "former_surname", "known_as", "full_name")


@dataclass(frozen=True)
class NameBoxes:
    """Names by the boxes in which they were sent, each folded; whole names not yet taken apart."""

    given: Coded
    middle: Coded
    surname: Coded
    former: Coded
    known_as: Coded
    full: Coded
    wholes: tuple[Whole | None, ...]


@dataclass(frozen=True)
class NameColumns:
    """Names in the columns of CLEANED."""

    given: Coded
    middle: Coded
    surname: Coded
    former: Coded
    known_as: Coded
    tokens: pa.Array


def name_boxes(sent: dict[str, Coded], teller: Teller) -> NameBoxes:
    """Names as sent, after the rules for names.

    Args:
        sent: the columns of PERSON_RECORD that hold names.
        teller: counts what was mended and refused.
    """
    given, middle, surname, former, known_as, full = (sent[name] for name in NAME_BOXES)
    wholes = [None if one is None else whole_name(one) for one in full.values]
    teller.count_values("full_name", FULL_RULES, full, [one.told if one else () for one in wholes])
    within = either(given.changed(called), full.changed(called))
    earlier = either(surname.changed(before), full.changed(before))
    return NameBoxes(
        teller.put("given_name", GIVEN_RULES, given),
        teller.put("middle_names", GIVEN_RULES, middle),
        teller.put("surname", SURNAME_RULES, surname),
        teller.put("former_surname", SURNAME_RULES, either(former, earlier)),
        teller.put("known_as", GIVEN_RULES, either(known_as, within)),
        full,
        tuple(wholes),
    )


def name_columns(boxes: NameBoxes, usual: Usual) -> NameColumns:
    """The columns of names; a box of its own goes before the same part of a whole name."""
    nothing = Apart()
    apartly = [apart(one, usual.leaning, usual.alone) if one else nothing for one in boxes.wholes]
    parts = [None if one is None else parts_of_given(one.split(), usual.alone) for one in boxes.given.values]
    given = boxes.given.replaced([one and one[0] for one in parts])
    more = boxes.given.replaced([one and one[1] for one in parts])
    middle = _joined(more, boxes.middle)
    columns = NameColumns(
        either(given, boxes.full.replaced([one.given for one in apartly])),
        either(middle, boxes.full.replaced([one.middle for one in apartly])),
        either(boxes.surname, boxes.full.replaced([one.surname for one in apartly])),
        boxes.former.compact(),
        boxes.known_as.compact(),
        pa.nulls(0),
    )
    whole = boxes.full.replaced([one.in_one() if one else None for one in boxes.wholes])
    return replace(columns, tokens=_tokens(columns, whole.compact()))


def given_roots(given: Coded, sex: Coded) -> Coded:
    """The root of each given name, by the sex on the record."""
    of_row, first = combined([given.codes, sex.codes])
    roots = []
    for row in first.tolist():
        name = given.values[given.codes[row]] if given.codes[row] >= 0 else None
        said = sex.values[sex.codes[row]] if sex.codes[row] >= 0 else None
        roots.append(root_of(name, said) if name else None)
    return Coded(of_row, tuple(roots)).compact()


def _joined(first: Coded, second: Coded) -> Coded:
    """Two columns' values beside each other."""
    if not first.has().any():
        return second.compact()
    of_row, rows = combined([first.codes, second.codes])
    texts = []
    for row in rows.tolist():
        found = [column.values[column.codes[row]] for column in (first, second) if column.codes[row] >= 0]
        texts.append(" ".join(one for one in found if one) or None)
    return Coded(of_row, tuple(texts)).compact()


def _tokens(columns: NameColumns, whole: Coded) -> pa.Array:
    """The distinct parts of each row's names, sorted."""
    names = (columns.given, columns.middle, columns.surname, columns.former, columns.known_as, whole)
    known = [[parts_of_name(one) for one in column.values] + [()] for column in names]
    of_row, first = combined([column.codes for column in names])
    codes = np.stack([column.codes[first] for column in names], axis=1).tolist()
    found: list[list[str] | None] = []
    for row in codes:
        tokens: set[str] = set()
        for parts, code in zip(known, row, strict=True):
            tokens.update(parts[code])
        found.append(sorted(tokens) or None)
    return pa.array(found, pa.list_(pa.string())).take(pa.array(of_row))


def parts_of_name(name: str | None) -> Sequence[str]:
    """A name's words without initials, and without particles where something else is left."""
    words = [word for word in (name or "").split() if len(word) > 1]
    return [word for word in words if word not in _left_out()] or words


@cache
def _left_out() -> frozenset[str]:
    return frozenset(row["word"] for row in reference_rows("particles") if not row["kept"])

"""Ratios of whole numbers, rounded half up: the same digit for digit on every engine.

An engine's own division gives doubles, and casting those to integers rounds differently from engine
to engine. So the division is done as one does it on paper, three digits at a time, with remainders.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def ratio(part: ir.IntegerColumn, whole: ir.IntegerColumn, thousands: int) -> ir.IntegerValue:
    """`part / whole`, times 1,000 for each of `thousands`, as a whole number rounded half up.

    Exact while `part` is not negative, `whole` is under 4e15, `part / whole` under 2e15 and the answer
    fits 64 bits; an answer that does not is an error of the engine. Null where either is null or `whole`
    is zero.
    """
    divisor = whole.nullif(0)
    answer, rest = _divided(part, divisor)
    for _ in range(thousands):
        digits, rest = _divided(rest * 1000, divisor)
        answer = answer * 1000 + digits
    return answer + ibis.ifelse(rest * 2 >= divisor, 1, 0)


def parts_per_million(part: ir.IntegerColumn, whole: ir.IntegerColumn) -> ir.IntegerValue:
    """A share in parts per million, rounded half up."""
    return ratio(part, whole, thousands=2)


def _divided(number: ir.IntegerValue, divisor: ir.IntegerValue) -> tuple[ir.IntegerValue, ir.IntegerValue]:
    """Quotient and remainder; the quotient is whole before it is rounded, so rounding only mends doubles."""
    rest = number % divisor
    quotient = ((number - rest) / divisor).round().cast("int64")
    return quotient, rest

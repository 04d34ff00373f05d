"""Weighing codes.

Three weight sets are used below. *count* is always there and weighs every record one. *finer* prices
offences in pounds (assault 100.005, robbery 50) and reaches the broad codes through an assumed mix:
violence is 60 % assault, 10 % harassment, which nobody has priced, and 30 % robbery; theft is wholly
unpriced. *days* prices the broad codes themselves (violence 2.5).
"""

import pyarrow as pa

from roundtable.insight.harm.counts import observed_codes
from roundtable.insight.harm.weights import resolve_weights
from roundtable.partnership.model.reference import (
    CodeMixTable,
    HarmWeight,
    HarmWeightTable,
    MixShare,
    Status,
)
from tests.spec.runner import Spec

FINER = HarmWeightTable(
    table="harm_weights",
    id="finer",
    title="Pounds by offence",
    source="Made up",
    status=Status.ILLUSTRATIVE,
    scheme="offence",
    unit="GBP",
    rows=(HarmWeight(code="assault", value=100.005), HarmWeight(code="robbery", value=50)),
)
DAYS = HarmWeightTable(
    table="harm_weights",
    id="days",
    title="Days by broad code",
    source="Made up",
    status=Status.ILLUSTRATIVE,
    scheme="broad",
    unit="days",
    rows=(HarmWeight(code="violence", value=2.5), HarmWeight(code="nuisance", value=0)),
)
MIX = CodeMixTable(
    table="code_mix",
    id="broad-to-offence",
    title="What broad codes are made of",
    source="Made up",
    status=Status.ILLUSTRATIVE,
    from_scheme="broad",
    to_scheme="offence",
    rows=(
        MixShare(code="violence", to="assault", share=0.6),
        MixShare(code="violence", to="robbery", share=0.3),
        MixShare(code="violence", to="harassment", share=0.1),
        MixShare(code="theft", to="unpriced", share=1),
    ),
)


def by_three_sets(codes: pa.Table) -> pa.Table:
    """What the codes weigh under the three sets."""
    return resolve_weights([FINER, DAYS], [MIX], codes)


def by_count_alone(codes: pa.Table) -> pa.Table:
    """What the codes weigh where there is no reference table at all."""
    return resolve_weights([], [], codes)


def test_codes_come_from_the_events(spec: Spec) -> None:
    """Only codes that occur are weighed, and a code belongs to its scheme."""
    spec(
        observed_codes,
        """
        event
        scheme  | code
        broad   | violence
        broad   | violence
        broad   | theft
        offence | theft
        """,
        expect="""
        observed_code
        scheme  | code
        broad   | theft
        broad   | violence
        offence | theft
        """,
    )


def test_count_is_always_there(arrow_spec: Spec) -> None:
    """The plain count weighs every record one, in thousandths."""
    arrow_spec(
        by_count_alone,
        """
        observed_code
        scheme | code
        broad  | violence
        """,
        expect="""
        harm_weight
        weight_set | scheme | code     | weight | priced_ppm | basis | unit
        count      | broad  | violence | 1,000  | 1,000,000  | count | records
        """,
    )


def test_direct_mix_and_unpriced(arrow_spec: Spec) -> None:
    """A code is priced directly or through a mix, and what nobody has priced is null, not zero.

    Violence under *finer*: 0.6 × 100.005 + 0.3 × 50 = 75.003 pounds, for 90 % of such records. A price
    of nought is a price: nuisance under *days* weighs nothing, and theft has no weight at all.
    """
    arrow_spec(
        by_three_sets,
        """
        observed_code
        scheme | code
        broad  | violence
        broad  | theft
        broad  | nuisance
        """,
        expect="""
        harm_weight
        weight_set | code     | weight | priced_ppm | basis  | unit
        count      | nuisance | 1,000  | 1,000,000  | count  | records
        count      | theft    | 1,000  | 1,000,000  | count  | records
        count      | violence | 1,000  | 1,000,000  | count  | records
        days       | nuisance | 0      | 1,000,000  | direct | days
        days       | theft    |        | 0          | direct | days
        days       | violence | 2,500  | 1,000,000  | direct | days
        finer      | nuisance |        | 0          | mix    | GBP
        finer      | theft    |        | 0          | mix    | GBP
        finer      | violence | 75,003 | 900,000    | mix    | GBP
        """,
    )


def test_a_set_with_no_way_to_a_scheme(arrow_spec: Spec) -> None:
    """A set that neither prices a scheme nor has a mix for it says nothing about it."""
    arrow_spec(
        by_three_sets,
        """
        observed_code
        scheme  | code
        offence | assault
        """,
        expect="""
        harm_weight
        weight_set | scheme  | code    | weight  | basis
        count      | offence | assault | 1,000   | count
        finer      | offence | assault | 100,005 | direct
        """,
    )

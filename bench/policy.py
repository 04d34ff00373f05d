"""What a decision costs: parsing a policy set, asking it, and asking again. `python -m bench.policy`.

Measured inside one process on the North Yorkshire example, because a decision is far shorter than a command.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from roundtable.governance.permission import permitted_for_any_purpose
from roundtable.governance.policy import cedar
from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.cedar_text import cedar_text
from roundtable.governance.policy.compiling import compiled
from roundtable.governance.policy.deciding import decide
from roundtable.governance.policy.principals import THE_SYSTEM, agency_asking
from roundtable.governance.policy.printing import every_rule
from roundtable.governance.policy.question import Question
from roundtable.governance.policy.rules import Rules
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership

EXAMPLE = Path(__file__).parents[1] / "examples" / "north-yorkshire"
DATASET, TABLE = "home-fire-safety-visits", "visits"
TIMES = 200


def main() -> None:
    """Print a line for each thing measured."""
    print(f"import cedarpy: {_once(lambda: __import__('cedarpy')):.0f} ms")
    made = load_partnership(EXAMPLE)
    asked = Question(
        THE_SYSTEM,
        Action.READ,
        DATASET,
        TABLE,
        ("uprn",),
        Purpose.PREVENTION_OF_FIRE_AND_FALLS,
        date(2026, 6, 1),
    )
    _sets(made, asked)
    _kept("the system", made, asked)
    _kept("an agency", made, replace(asked, principal=agency_asking("nyc")))
    tables = [(one.id, table.name) for one in made.datasets for table in one.schema_ if table.terms.canonical]

    def all_tables() -> None:
        for dataset, table in tables:
            permitted_for_any_purpose(made, dataset, table, asked.on)

    cedar.forget()
    print(f"what may be taken in of {len(tables)} tables, for any purpose, first: {_once(all_tables):.0f} ms")
    print(f"the same again: {_once(all_tables):.0f} ms")


def _sets(made: Partnership, asked: Question) -> None:
    """The whole policy as one set, and only what can matter to the question."""
    _set("whole", every_rule(made), asked)
    _set("one dataset's", compiled(made, DATASET, THE_SYSTEM), asked)


def _set(name: str, rules: Rules, asked: Question) -> None:
    import cedarpy

    entities, request = cedar._entities(asked.principal), cedar._request(asked, "uprn")
    text = cedar_text(rules)
    parsed = cedarpy.PolicySet.from_str(text)
    parse = _each(lambda: cedarpy.PolicySet.from_str(text), 20)
    decision = _each(lambda: cedarpy.is_authorized(request, parsed, entities))
    batch = _each(lambda: cedarpy.is_authorized_batch([request] * 50, parsed, entities), 10) / 50
    unparsed = _each(lambda: cedarpy.is_authorized(request, text, entities), 20)
    print(
        f"{name} policy, {len(rules)} rules: parse {parse:.2f} ms, a decision {decision:.3f} ms, in a batch "
        f"of fifty {batch:.3f} ms, from the text each time {unparsed:.2f} ms; parsing costs "
        f"{parse / decision:.0f} decisions"
    )


def _kept(name: str, made: Partnership, asked: Question) -> None:
    each = _each(lambda: decide(made, asked))
    print(f"a decision for {name}, compiled anew, answer kept: {each:.2f} ms")


def _once(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def _each(work: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds for one of many, after one that is not counted."""
    work()
    begun = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - begun) * 1000 / times


if __name__ == "__main__":
    main()

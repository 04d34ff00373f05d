"""A large partnership on disk, for measuring what loading costs."""

from __future__ import annotations

from pathlib import Path

ASSERTED = "{by: [a-0], on: 2026-01-01, confidence: low}"


def write_large(
    folder: Path, *, agencies: int, scenarios: int, factors: int, links: int, datasets: int
) -> None:
    """Write a partnership of this size; factors and links are per scenario."""
    for name in ("agencies", "scenarios", "datasets"):
        (folder / name).mkdir(parents=True)
    (folder / "partnership.yaml").write_text(_charter())
    for i in range(agencies):
        (folder / "agencies" / f"a-{i}.yaml").write_text(_agency(i))
    for i in range(scenarios):
        (folder / "scenarios" / f"s-{i}.yaml").write_text(_scenario(i, factors, links))
    for i in range(datasets):
        (folder / "datasets" / f"d-{i}.yaml").write_text(_dataset(i, agencies))


def _charter() -> str:
    return """id: large
name: A large partnership
area: {code: E10000023, name: North Yorkshire}
as_of: 2026-11-23
charter: We share.
outcomes:
  - id: harm
    name: Harm
    direction: down
    indicator: Cases a year
    annual_cases: {value: unknown, unit: cases a year, source: Nobody has counted}
"""


def _agency(i: int) -> str:
    return f"""id: a-{i}
name: Agency {i}
kind: vcse
public_authority: false
roles:
  - {{id: a-{i}-lead, title: Lead, kind: service_lead}}
  - {{id: a-{i}-steward, title: Data steward, kind: data_steward, deputy: a-{i}-lead}}
priorities:
  - {{outcome: harm, points: 100, source: A workshop, on: 2026-01-01}}
"""


def _scenario(i: int, factors: int, links: int) -> str:
    listed = "".join(
        f"  - {{id: f-{i}-{n}, label: Factor {n}, kind: cause, asserted: {ASSERTED}}}\n"
        for n in range(factors)
    )
    joined = "".join(
        f"  - {{from: f-{i}-{n % factors}, to: f-{i}-{(n + 1 + n // factors) % factors}, sign: positive,"
        f" strength: {{low: 0.1, high: 0.5}}, delay: months, asserted: {ASSERTED}}}\n"
        for n in range(links)
    )
    return f"""id: s-{i}
title: Scenario {i}
rung: 1
stage: discovery
lead: a-0
story: Something happens.
vulnerability: Somebody
situation: Somewhere
population: {{value: 1000, low: 500, high: 2000, unit: people, source: A guess}}
outcomes: [harm]
asserted: {ASSERTED}
factors:
{listed}links:
{joined}"""


def _dataset(i: int, agencies: int) -> str:
    columns = "".join(
        f"      - {{name: column-{n}, physicalName: Column {n}, logicalType: string}}\n" for n in range(8)
    )
    return f"""apiVersion: v3.1.0
kind: DataContract
id: d-{i}
version: 1.0.0
status: active
name: Dataset {i}
schema:
  - name: table
    physicalName: "*.csv"
    properties:
{columns}customProperties:
  - property: roundtable
    value:
      createdBy: a-{i % agencies}
      steward: a-{i % agencies}-steward
      consumedBy: [{{agency: a-0, decision: Where to go}}]
      subjects: areas
      specialCategory: false
      criminalOffence: unknown
      timelinessDays: 30
"""

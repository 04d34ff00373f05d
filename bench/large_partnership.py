"""A large partnership on disk: as many agencies, factors, links, datasets and needs as a region could have.

    python -m bench.large_partnership FOLDER

Everything is drawn from a fixed seed, so that the same folder is made each time. It has the faults that
a real one has (risks without a lead, agreements that have ended, providers over capacity), so that every
analysis has something to do.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

SEED = 20261123
ASSERTED = "{by: [a-0], on: 2026-01-01, confidence: low}"
SIGNS = ("positive",) * 6 + ("negative",) * 3 + ("unknown",)
DELAYS = ("none", "days", "weeks", "months", "years", "unknown")
KINDS = ("police", "fire_rescue", "local_authority", "icb", "nhs_provider", "housing", "vcse", "education")


@dataclass(frozen=True)
class Size:
    """How much of everything; factors, links, risks and needs are shared out between the scenarios."""

    agencies: int = 100
    scenarios: int = 50
    factors: int = 2_000
    links: int = 5_000
    outcomes: int = 100
    datasets: int = 2_000
    needs: int = 3_000
    risks: int = 250
    agreements: int = 200
    services: int = 400


class LargePartnership:
    """Writes the folder, one file after another, from one stream of draws."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.folder = folder
        self.size = size
        self.draw = random.Random(SEED)

    def write(self) -> None:
        """Every file of it."""
        self._file("partnership.yaml", self._charter())
        for i in range(self.size.agencies):
            self._file(f"agencies/a-{i}.yaml", self._agency(i))
        for i in range(self.size.scenarios):
            self._file(f"scenarios/s-{i}.yaml", self._scenario(i))
        for i in range(self.size.datasets):
            self._file(f"datasets/d-{i}.yaml", self._dataset(i))
        for i in range(self.size.agreements):
            self._file(f"agreements/g-{i}.yaml", self._agreement(i))
        for i in range(self.size.services):
            self._file(f"services/v-{i}.yaml", self._service(i))

    def _file(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _agencies(self, most: int) -> str:
        chosen = self.draw.sample(range(self.size.agencies), self.draw.randint(1, most))
        return ", ".join(f"a-{i}" for i in sorted(chosen))

    def _charter(self) -> str:
        outcomes = "".join(
            f"  - {{id: o-{i}, name: Outcome {i}, direction: down, indicator: Cases a year,\n"
            f"     annual_cases: {{value: {self.draw.randint(5, 5000)}, unit: cases a year,"
            f" source: A count}},\n"
            f"     unit_cost: {{value: {self.draw.randint(500, 90000)}, price_base: 2024/25,"
            f" source: A study}}}}\n"
            for i in range(self.size.outcomes)
        )
        return (
            "id: large\nname: A large partnership\narea: {code: E10000023, name: North Yorkshire}\n"
            f"as_of: 2026-11-23\ncharter: We share.\noutcomes:\n{outcomes}"
            "skills:\n" + "".join(f"  - {{id: k-{i}, name: Skill {i}}}\n" for i in range(20))
        )

    def _agency(self, i: int) -> str:
        points = self.draw.sample(range(self.size.outcomes), 5)
        priorities = "".join(
            f"  - {{outcome: o-{o}, points: 20, source: A workshop, on: 2026-01-01}}\n"
            for o in sorted(points)
        )
        skills = "".join(
            f"  - {{skill: k-{k}, level: {self.draw.randint(0, 4)}, evidence: A look,"
            f" assessed_on: 2026-01-01}}\n"
            for k in sorted(self.draw.sample(range(20), 3))
        )
        kind = KINDS[i % len(KINDS)]
        return (
            f"id: a-{i}\nname: Agency {i}\nkind: {kind}\n"
            f"public_authority: {'false' if kind == 'vcse' else 'true'}\nroles:\n"
            f"  - {{id: a-{i}-lead, title: Lead {i}, kind: risk_owner}}\n"
            f"  - {{id: a-{i}-steward, title: Data steward {i}, kind: data_steward, deputy: a-{i}-lead}}\n"
            f"skills:\n{skills}priorities:\n{priorities}"
        )

    def _scenario(self, i: int) -> str:
        share = self.size.factors // self.size.scenarios
        outcomes = sorted({self.draw.randrange(self.size.outcomes) for _ in range(3)})
        factors = "".join(
            f"  - {{id: f-{i}-{n}, label: Factor {i} {n},"
            f" kind: {self.draw.choice(('cause', 'state', 'lever', 'external'))}, asserted: {ASSERTED}}}\n"
            for n in range(share)
        )
        return (
            f"id: s-{i}\ntitle: Scenario {i}\nrung: 4\nstage: discovery\n"
            f"lead: a-{i % self.size.agencies}\nstory: Something happens.\n"
            "vulnerability: Somebody\nsituation: Somewhere\n"
            "population: {value: 1000, low: 500, high: 2000, unit: people, source: A guess}\n"
            f"outcomes: [{', '.join(f'o-{o}' for o in outcomes)}]\nasserted: {ASSERTED}\n"
            f"factors:\n{factors}links:\n{self._links(i, share, outcomes)}"
            f"risks:\n{self._risks(i, outcomes)}needs:\n{self._needs(i, share)}{self._journey()}"
        )

    def _links(self, i: int, share: int, outcomes: list[int]) -> str:
        pairs: set[tuple[str, str]] = set()
        while len(pairs) < self.size.links // self.size.scenarios:
            source = f"f-{i}-{self.draw.randrange(share)}"
            toss = self.draw.random()
            other = self.draw.randrange(self.size.scenarios) if toss > 0.95 else i
            target = f"f-{other}-{self.draw.randrange(share)}"
            if toss < 0.1:
                target = f"o-{self.draw.choice(outcomes)}"
            if source != target:
                pairs.add((source, target))
        return "".join(self._link(source, target) for source, target in sorted(pairs))

    def _link(self, source: str, target: str) -> str:
        low = round(self.draw.uniform(0, 0.5), 2)
        high = round(low + self.draw.uniform(0, 0.4), 2)
        disputed = ""
        if self.draw.random() < 0.05:
            disputed = (
                f", disputed: [{{by: {self._agencies(1)}, on: 2026-02-01, says: We see it another way}}]"
            )
        return (
            f"  - {{from: {source}, to: {target}, sign: {self.draw.choice(SIGNS)},"
            f" strength: {{low: {low}, high: {high}}}, delay: {self.draw.choice(DELAYS)},\n"
            f"     asserted: {{by: [{self._agencies(3)}], on: 2026-01-01, confidence: medium}}"
            f"{disputed}}}\n"
        )

    def _risks(self, i: int, outcomes: list[int]) -> str:
        return "".join(
            f"  - {{id: r-{i}-{n}, statement: It may happen., kind: harm,\n"
            f"     outcome: o-{self.draw.choice(outcomes)}, lead_posts: [{self._lead_posts()}],\n"
            f"     raci: {{responsible: [{self._agencies(3)}]}},\n"
            f"     requires: [{{skill: k-{self.draw.randrange(20)}, level: 2}}]}}\n"
            for n in range(self.size.risks // self.size.scenarios)
        )

    def _lead_posts(self) -> str:
        number = self.draw.choice((0, 1, 1, 1, 1, 1, 1, 2))
        chosen = self.draw.sample(range(self.size.agencies), number)
        return ", ".join(f"a-{agency}-lead" for agency in sorted(chosen))

    def _needs(self, i: int, share: int) -> str:
        return "".join(
            f"  - {{id: n-{i}-{n}, agency: a-{self.draw.randrange(self.size.agencies)},"
            f" factor: f-{i}-{self.draw.randrange(share)},\n"
            f"     decision: Go there first., fields: [column-{self.draw.randrange(8)}],\n"
            "     granularity: person,\n"
            f"     max_age_days: {self.draw.choice((1, 30, 90))},"
            f" essential: {self.draw.choice(('true', 'false'))},"
            f" current_level: {round(self.draw.random(), 2)},\n"
            f"     datasets: [d-{self.draw.randrange(self.size.datasets)}],\n"
            f"     impact_if_not_given: Nobody goes., asserted: {ASSERTED}}}\n"
            for n in range(self.size.needs // self.size.scenarios)
        )

    def _journey(self) -> str:
        steps = "".join(
            f"  - {{step: Step {n}, agency: a-{self.draw.randrange(self.size.agencies)},"
            f" threshold_level: {self.draw.randint(1, 5)}, refers_at_level: {self.draw.randint(1, 5)}}}\n"
            for n in range(5)
        )
        return f"journey:\n{steps}"

    def _dataset(self, i: int) -> str:
        columns = "".join(f"      - {{name: column-{n}, logicalType: string}}\n" for n in range(8))
        maker = i % self.size.agencies
        consumers = "".join(
            f"        - {{agency: a-{agency}, decision: Where to go, columns: [column-0, column-1],\n"
            f"           levels: [{{layer: technical, level: {self.draw.randint(0, 4)}, evidence: A look,"
            f" by: a-{agency}, on: 2026-01-01}}]}}\n"
            for agency in sorted(self.draw.sample(range(self.size.agencies), 2))
        )
        return (
            f"apiVersion: v3.1.0\nkind: DataContract\nid: d-{i}\nversion: 1.0.0\nstatus: active\n"
            f"name: Dataset {i}\nschema:\n  - name: rows\n    physicalName: '*.csv'\n"
            f"    properties:\n{columns}customProperties:\n  - property: roundtable\n    value:\n"
            f"      createdBy: a-{maker}\n"
            f"      steward: a-{maker}-steward\n      consumedBy:\n{consumers}      subjects: people\n"
            "      specialCategory: true\n      criminalOffence: unknown\n      keys: [uprn]\n"
            f"      matchRate: {round(self.draw.uniform(0.5, 1), 2)}\n      timelinessDays: 30\n"
        )

    def _agreement(self, i: int) -> str:
        giver = self.draw.randrange(self.size.agencies)
        takers = sorted(set(self.draw.sample(range(self.size.agencies), 3)) - {giver})
        parties = "".join(
            f"  - {{agency: a-{a}, role: controller, {'gives' if a == giver else 'receives'}: true,"
            f" signed_by: a-{a}-lead, signed_on: 2025-01-01}}\n"
            for a in (giver, *takers)
        )
        grants = "".join(
            f"  - {{dataset: d-{giver + self.size.agencies * n}, table: rows,"
            " columns: [column-0, column-1]}\n"
            for n in range(3)
        )
        return (
            f"id: g-{i}\ntitle: Agreement {i}\ntier: specific\npurposes: [safeguarding_adults]\nrung: 4\n"
            f"parties:\n{parties}grants:\n{grants}"
            "basis: {regime: uk_gdpr, gateways: [care14.s6, dpa18.sch1.p18],\n"
            "  article_6: '6(1)(e) public task', schedule_1: paragraph 18,\n"
            "  article_9: '9(2)(g) substantial public interest',\n"
            "  appropriate_policy_document: true, impact_assessment: DPIA, necessity: Needed}\n"
            "retention_days: 365\nstarts: 2025-01-01\n"
            f"ends: {self.draw.choice(('2026-06-30', '2027-12-31'))}\n"
        )

    def _service(self, i: int) -> str:
        share = self.size.factors // self.size.scenarios
        factor = f"f-{self.draw.randrange(self.size.scenarios)}-{self.draw.randrange(share)}"
        return (
            f"id: v-{i}\nname: Service {i}\nprovider: a-{self.draw.randrange(self.size.agencies)}\n"
            "status: active\ndescription: Help.\neligibility: Anyone\n"
            f"effects: [{{factor: {factor}, size: -0.2, low: -0.4, high: -0.1, evidence: none,"
            " source: A view}]\n"
            f"requires: [{{skill: k-{self.draw.randrange(20)}, level: {self.draw.randint(1, 3)}}}]\n"
            f"capacity: [{{period: 2026-Q4, supply: {self.draw.randint(50, 500)},"
            f" demand: {self.draw.randint(50, 500)}, unit: people, source: A plan}}]\n"
        )


def main() -> int:
    """Write it where the command line says."""
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    LargePartnership(Path(sys.argv[1]), Size()).write()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The contracts of the corridor can be broken: each is broken here once, in a house of cards."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["contracts"]}

#: One import that each contract forbids: the module it stands in, and the line.
BREACHES = {
    "corridor": ("ledger", "import roundtable.cli"),
    "rooms": ("partnership/causal", "import roundtable.partnership.findings"),
    "governance": ("governance/keys", "import roundtable.governance.rights"),
    "linkage": ("linkage/evidence", "import roundtable.linkage.scoring"),
    "splink": ("linkage/evidence", "import splink"),
    "county": ("county", "import roundtable.data"),
    "truth": ("visiting", "import roundtable.county"),
    "cedar": ("governance/rights", "import cedarpy"),
    "ciphers": ("insight", "import cryptography"),
    "spark": ("insight", "from pyspark.sql import SparkSession"),
    "duckdb": ("report", "import duckdb"),
    "django": ("steps", "from django.db import models"),
    "terminal": ("pipeline", "import typer"),
    "tests": ("errors", "import tests.needs"),
}
#: Imports that the same contracts let through.
ALLOWED = {
    "cli": "import roundtable.pipeline, typer, rich",
    "ledger": "from django.db import models",
    "insight": "import roundtable.data",
    "partnership/findings": "import roundtable.partnership.causal",
    "governance/keys": "import cryptography",
    "governance/rights": "import roundtable.governance.keys",
    "linkage/training": "import roundtable.linkage.evidence",
    "demonstration": "import roundtable.county",
}


#: Wings that have rooms of their own, and the contract that puts those in order.
WINGS = {"data": None, "governance": "governance", "linkage": "linkage", "partnership": "rooms"}


def _rooms(contract: str) -> list[str]:
    layers: list[str] = CONTRACTS[contract]["layers"]
    return [room.strip(" ()") for layer in layers for room in re.split("[|:]", layer)]


def _build(folder: Path, imports: dict[str, list[str]]) -> None:
    house = folder / "roundtable"
    for wing in WINGS:
        (house / wing).mkdir(parents=True)
        (house / wing / "__init__.py").touch()
    (house / "__init__.py").touch()
    (house / "data" / "engine.py").write_text("import duckdb\nimport pyspark\n")
    rooms = [room for room in _rooms("corridor") if room not in WINGS]
    rooms += [f"{wing}/{room}" for wing, own in WINGS.items() if own for room in _rooms(own)]
    for room in rooms:
        (house / f"{room}.py").write_text("\n".join(imports.get(room, [])) + "\n")


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_house_in_order_passes(tmp_path: Path) -> None:
    _build(tmp_path, {room: [line] for room, line in ALLOWED.items()})
    linted = _lint(tmp_path)
    assert linted.returncode == 0, linted.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in linted.stdout


def test_each_contract_can_be_broken(tmp_path: Path) -> None:
    assert set(BREACHES) == set(CONTRACTS), "a contract nobody has shown to be breakable"
    imports: dict[str, list[str]] = {}
    for room, line in BREACHES.values():
        imports.setdefault(room, []).append(line)
    _build(tmp_path, imports)
    linted = _lint(tmp_path)
    assert linted.returncode != 0
    for contract in CONTRACTS.values():
        assert f"{contract['name']} BROKEN" in linted.stdout, linted.stdout


def test_a_room_without_a_place_is_refused(tmp_path: Path) -> None:
    _build(tmp_path, {})
    (tmp_path / "roundtable" / "stray.py").touch()
    linted = _lint(tmp_path)
    assert linted.returncode != 0
    assert "stray" in linted.stdout, linted.stdout

"""Whatever a user can meet has its place in the documentation. Stores and their tables: test_stores.py."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from roundtable.data.intake.rules import RULES as INTAKE_RULES
from roundtable.errors import ExitCode, UserError
from roundtable.partnership.findings import RULES as FINDING_RULES
from roundtable.settings import SETTINGS, Setting
from tests.docs.commands import all_commands
from tests.docs.pages import DOCS, ROOT, named_in

COMMANDS = {name: command for name, command in all_commands().items() if name != "roundtable"}


def _documented(names: list[str], page: str) -> None:
    assert names, "nothing was found that should be documented"
    missing = sorted(set(names) - named_in((DOCS / page).read_text(encoding="utf-8")))
    assert not missing, f"without a heading or a row in docs/{page}: {', '.join(missing)}"


def test_every_command_is_documented() -> None:
    _documented(list(COMMANDS), "commands.md")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example(name: str) -> None:
    assert f"Example: `{name}" in COMMANDS[name].help, f"{name} --help shows no example of itself"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str) -> None:
    assert not COMMANDS[name].silent, f"{name} does not say what these are for: {COMMANDS[name].silent}"


def test_every_setting_is_documented() -> None:
    _documented([setting.name for setting in SETTINGS], "settings.md")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_shows_what_holds_without_it(setting: Setting) -> None:
    section = (DOCS / "settings.md").read_text(encoding="utf-8").split(f"\n## {setting.name}\n")[1]
    assert setting.default in " ".join(section.split("\n## ")[0].split())


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "src").rglob("*.py"))
        if {"os.environ", "os.getenv"}.intersection(_dotted(path))
    }
    # Java and Spark have variables of their own, which are theirs to describe.
    assert readers - {"src/roundtable/data/engine_spark.py"} == {"src/roundtable/settings.py"}


def _dotted(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_every_finding_rule_is_documented() -> None:
    _documented([rule.name for rule in FINDING_RULES], "findings.md")


def test_every_intake_rule_is_documented() -> None:
    _documented([rule.id for rule in INTAKE_RULES], "deliveries.md")


def test_every_exit_code_is_documented_with_its_number() -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    missing = [code.name for code in ExitCode if f"| {code.value} | `{code.name}` |" not in page]
    assert not missing, f"without a row in docs/errors.md: {missing}"


def test_every_family_of_error_is_documented() -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    missing = [family.__name__ for family in UserError.__subclasses__() if f"`{family.__name__}`" not in page]
    assert not missing, f"not named in docs/errors.md: {missing}"


@pytest.mark.parametrize(
    ("contract", "heading"),
    [
        ("corridor", "## The house: one corridor"),
        ("rooms", "### The rooms of the partnership wing"),
        ("governance", "### The rooms of the governance wing"),
        ("linkage", "### The rooms of the linkage wing"),
    ],
)
def test_the_corridor_is_drawn_as_it_is_enforced(contract: str, heading: str) -> None:
    """The tables in docs/architecture.md have the layers of the contracts, in their order."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["id"]: one for one in project["tool"]["importlinter"]["contracts"]}
    layers = contracts[contract]["layers"]
    enforced = [room.strip(" ()") for layer in layers for room in re.split("[|:]", layer)]
    page = (DOCS / "architecture.md").read_text(encoding="utf-8").split(heading)[1]
    rows = [
        line.split("|")[1]
        for line in re.split("^##", page, flags=re.MULTILINE)[0].splitlines()
        if line.startswith("| `")
    ]
    drawn = [name.strip(" `/").removesuffix(".py") for row in rows for name in row.split(",")]
    assert drawn == enforced

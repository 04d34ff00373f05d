"""The source tree holds what people wrote for it, and nothing else. `make check` runs this alone."""

from pathlib import Path

import pytest

from tests.needs import needs
from tests.tree import RULES, Rule, TreeFile, files_of_the_tree

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tree() -> list[TreeFile]:
    needs("a git checkout", (ROOT / ".git").exists())
    return files_of_the_tree(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_obeys(rule: Rule, tree: list[TreeFile]) -> None:
    assert len(tree) > 20
    complaints = [complaint for file in tree for complaint in rule(file)]
    assert not complaints, "\n".join(complaints)


def _file(path: str, text: str = "") -> TreeFile:
    return TreeFile(path, len(text), text)


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        ("too_large", TreeFile("docs/pictures/map.png", 1_000_001, None)),
        ("foreign", _file("src/roundtable/web/node_modules/leaflet/leaflet.js")),
        ("foreign", _file("src/roundtable/web/static/map.min.js")),
        ("foreign", _file("tests/answers/expected.parquet")),
        ("foreign", _file("src/roundtable/report/map.js", "/* Copy" + "right (c) 2019 Somebody Else */")),
        ("named_for_nothing", _file("src/roundtable/data/utils.py")),
        ("named_for_nothing", _file("tests/helpers/lake.py")),
        ("named_for_nothing", _file("src/roundtable/ledger/_common.py")),
        ("too_long", _file("src/roundtable/pipeline.py", "pass\n" * 401)),
        ("unfinished", _file("src/roundtable/pipeline.py", "# TO" + "DO: the rest")),
        ("unfinished", _file("src/roundtable/pipeline.py", "    raise NotImpl" + "ementedError")),
        ("unfinished", _file("src/roundtable/pipeline.py", '"""Runs.\n\nFIX' + 'ME: all of it"""')),
        ("registry", _file("Makefile", "pip install --index" + "-url=x y")),
        ("registry", _file("docs/development.md", "https:" + "//example.org/a/simple/")),
        ("registry", _file("locks/dev.txt", "a @ https:" + "//example.org/a-1.0-py3-none-any.whl")),
        ("registry", _file("README.md", "https://py" + "pi.org/project/duckdb")),
        ("machine_path", _file("bench/archive.py", "Path('/" + "home/ann/data')")),
        ("machine_path", _file("README.md", "/" + "root/roundtable")),
    ],
    ids=lambda value: value if isinstance(value, str) else value.path,
)
def test_each_rule_finds_what_it_is_for(rule: str, bad: TreeFile) -> None:
    (complaint,) = next(found for found in RULES if found.__name__ == rule)(bad)
    assert bad.path in complaint


@pytest.mark.parametrize(
    "good",
    [
        _file("src/roundtable/pipeline.py", "pass\n" * 400),
        _file("src/roundtable/data/lake.py", '"""Files that are commonly read."""'),
        _file("src/roundtable/data/dates.py", 'LETTERS = {"yyyy": "%Y", "XXX": "%z"}'),
        _file("LICENSE", "Copyright (c) 2026 The Roundtable authors"),
        _file("src/roundtable/web/page.js", "// Copyright (c) 2026 The Roundtable authors"),
        _file("docs/harm.md", "Contains OS data © Crown copyright and database right"),
        _file("locks/dev.txt", "uv pip compile --no-emit-index" + "-url"),
        _file("docs/data.md", "https://data.police.uk/data/archive/ and ../shared/data"),
        _file("docs/settings.md", "postgresql:///ledger?host=/run/postgresql"),
    ],
    ids=lambda file: file.path,
)
def test_no_rule_finds_what_is_well(good: TreeFile) -> None:
    assert [complaint for rule in RULES for complaint in rule(good)] == []


def test_the_lock_names_a_hash_for_every_package() -> None:
    for lock in sorted((ROOT / "locks").glob("*.txt")):
        lines = lock.read_text(encoding="utf-8").splitlines()
        pinned = [line for line in lines if "==" in line and not line.startswith((" ", "#"))]
        assert pinned, f"{lock.name} names no package"
        assert all(line.endswith("\\") for line in pinned), f"{lock.name} has a package without a hash"

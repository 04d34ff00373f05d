"""The wheel carries what the package reads at run time, nothing else, and imports without its extras."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "roundtable"

#: What the package reads at run time, by pattern inside the package; each must match something.
DATA = (
    "py.typed",
    "partnership/reference/*.yaml",
    "county/**/reference/*.csv",
    "partnership/template/**/*.yaml",
    "partnership/template_property_flags/**/*.yaml",
    "pages/**/*.css",
    "pages/**/*.html",
    "partnership/packs/**/*.css",
    "partnership/packs/**/*.html",
    "report/**/*.css",
    "ledger/migrations/0001_*.py",
)
#: Heavy or optional libraries, and what must be able to be imported without them.
LEAN = {
    "roundtable": ("pydantic", "yaml", "ibis", "duckdb", "pyarrow", "django", "pyspark", "typer"),
    "roundtable.partnership.loading": ("ibis", "duckdb", "pyarrow", "django", "pyspark", "psycopg"),
    "roundtable.partnership.findings": (
        *("ibis", "duckdb", "pyarrow", "django", "pyspark", "psycopg"),
        # Slow to import, and no finding needs them.
        *("networkx", "scipy.linalg", "scipy.special"),
    ),
    "roundtable.cli.main": ("ibis", "duckdb", "pyarrow", "django", "pyspark", "psycopg", "pydantic"),
    "roundtable.data.engine": ("pyspark", "psycopg"),
    "roundtable.ledger.models": ("pyspark", "psycopg", "ibis"),
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, taken apart."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (archive,) = folder.glob("roundtable-*.whl")
    zipfile.ZipFile(archive).extractall(folder / "apart")
    return folder / "apart"


@pytest.mark.parametrize("pattern", DATA)
def test_what_is_read_at_run_time_is_packed(pattern: str, wheel: Path) -> None:
    written = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob(pattern)}
    packed = {
        path.relative_to(wheel / "roundtable").as_posix() for path in (wheel / "roundtable").glob(pattern)
    }
    assert written, f"nothing in the package matches {pattern}"
    assert packed == written


def test_every_file_of_the_package_is_packed(wheel: Path) -> None:
    written = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {
        path.relative_to(wheel / "roundtable").as_posix()
        for path in (wheel / "roundtable").rglob("*")
        if path.is_file()
    }
    assert written <= packed, sorted(written - packed)


def test_the_example_is_packed_where_the_demonstration_looks(wheel: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); import roundtable.demonstration as it; "
        "print(it.example_folder())"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=wheel, capture_output=True, text=True, check=True
    )
    folder = Path(found.stdout.strip())
    assert folder.is_relative_to(wheel)
    written = {path.relative_to(ROOT) for path in (ROOT / "examples").rglob("*.yaml")}
    assert {
        Path("examples/north-yorkshire") / path.relative_to(folder) for path in folder.rglob("*.yaml")
    } == written


def test_nothing_else_is_packed(wheel: Path) -> None:
    assert {path.name for path in wheel.iterdir()} == {"roundtable", "roundtable-0.1.0.dist-info"}
    foreign = [path.name for path in wheel.rglob("*") if path.suffix in {".pyc", ".whl", ".map", ".zip"}]
    assert not foreign


@pytest.mark.parametrize("module", LEAN)
def test_it_imports_without_what_it_does_not_need(module: str, wheel: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); import {module} as it; "
        f"assert it.__file__.startswith({str(wheel)!r}), it.__file__; "
        f"print(*sorted(set({LEAN[module]!r}) & set(sys.modules)))"
    )
    imported = subprocess.run(
        [sys.executable, "-c", program], cwd=wheel, capture_output=True, text=True, check=False
    )
    assert imported.returncode == 0, imported.stderr
    assert imported.stdout.split() == []

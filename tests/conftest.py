"""What every test shares: a marker says what a test needs of the machine, and which worker it runs on."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.needs import needs

ROOT = Path(__file__).parents[1]
SHARED_DATA = Path(os.environ.get("ROUNDTABLE_SHARED_DATA") or ROOT.parent / "shared" / "data")


def _postgresql_server() -> bool:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return bool(debian or shutil.which("initdb")) and find_spec("psycopg") is not None


def _browser() -> bool:
    return shutil.which("chromium") is not None and find_spec("playwright") is not None


def _spark() -> bool:
    return shutil.which("java") is not None and find_spec("pyspark") is not None


#: What a marker asks for, in words, and whether it is here.
NEEDED = {
    "spark": ("Spark (the spark extra and Java)", _spark),
    "whole_spark": ("Spark (the spark extra and Java)", _spark),
    "postgres": ("a PostgreSQL server", _postgresql_server),
    "browser": ("Chromium", _browser),
    "real": ("the folder of real data (ROUNDTABLE_SHARED_DATA)", (SHARED_DATA / "place").is_dir),
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests on one worker, and all of Spark on one: a second Java machine helps nobody."""
    for item in items:
        group = "spark" if item.get_closest_marker("spark") else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip by name what this machine cannot run; in CI, fail."""
    for name, (what, present) in NEEDED.items():
        if item.get_closest_marker(name):
            needs(what, present())

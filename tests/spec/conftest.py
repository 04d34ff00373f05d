"""The engines that every spec runs on, each opened once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.data.engine import Engine, EngineName, open_engine
from tests.spec.runner import OnEngine, Spec, in_memory

#: Java compiles these tiny jobs lightly: it would otherwise spend longer on that than on running them.
SHORT_JOBS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
ENGINES = [
    pytest.param(EngineName.DUCKDB, id="duckdb"),
    pytest.param(EngineName.SPARK, id="spark", marks=pytest.mark.spark),
]


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Each engine in turn; one Java machine serves the whole session."""
    os.environ.setdefault("JAVA_TOOL_OPTIONS", SHORT_JOBS)
    folders, scratch = [tmp_path_factory.getbasetemp()], tmp_path_factory.mktemp("scratch")
    with open_engine(request.param, folders, scratch) as one:
        yield one


@pytest.fixture
def spec(engine: Engine, tmp_path: Path) -> Spec:
    """Checks an example of a step that any engine can work out."""
    return OnEngine(engine, tmp_path)


@pytest.fixture
def arrow_spec() -> Spec:
    """Checks an example of a step that works in memory."""
    return in_memory

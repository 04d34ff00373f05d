"""The vault on Spark: opened in this process, handed over in memory, and nowhere in the clear."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

#: A process of its own: the session that the other tests share writes in the clear, and must not be used.
SCRIPT = """
import sys
from pathlib import Path
from roundtable.data.engine import EngineName, open_engine
from roundtable.data.vault.lake_files import read_lake_files, write_lake_file
from tests.factories_people import KEYRING
from tests.unit.data.test_vault import NAME, PEOPLE, people

folder = Path(sys.argv[1])
write_lake_file(people(3_000).to_batches(), PEOPLE, folder / "in.vault", KEYRING)
with open_engine(EngineName.SPARK, [folder], folder / "scratch", KEYRING) as engine:
    found = engine.scan(PEOPLE, [folder / "in.vault"])
    assert engine.to_arrow(found, PEOPLE).equals(people(3_000))
    wanted = engine.memory(people(2).select(["surname"]).rename_columns(["wanted"]), "wanted")
    engine.write(found.semi_join(wanted, found.surname == wanted.wanted), PEOPLE, folder / "out.vault")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in files if NAME.encode() in path.read_bytes()]
kept = read_lake_files([folder / "out.vault"], PEOPLE, KEYRING)
assert set(kept["surname"].to_pylist()) == {NAME + "0", NAME + "1"}
"""


@pytest.mark.spark
def test_spark_reads_and_writes_the_vault_and_nothing_of_it_in_the_clear(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    environment = os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}
    environment["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    words = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]


@pytest.mark.spark
def test_a_session_that_writes_in_the_clear_is_not_given_the_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.sql import SparkSession

    from roundtable.data.engine import EngineName, open_engine
    from roundtable.errors import SettingUnusable
    from tests.factories_people import KEYRING

    class Context:
        def getConf(self) -> dict[str, str]:
            return {}

    class Session:
        sparkContext = Context()

    monkeypatch.setattr(SparkSession, "getActiveSession", staticmethod(Session))
    with (
        pytest.raises(SettingUnusable, match="in the clear"),
        open_engine(EngineName.SPARK, [tmp_path], tmp_path / "scratch", KEYRING),
    ):
        raise AssertionError

"""Building the environment: what it says where something is missing, with stand-ins for the machine."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASH = "/bin/bash"

#: A stand-in for Python: new enough or not, able to make environments or not; it logs what it is asked.
PYTHON = """#!/bin/bash
echo "python $*" >> "{log}"
case "$*" in
  --version) echo "Python 3.11.2" ;;
  *version_info*print*|*print*version_info*) echo python3.11-venv ;;
  *version_info*) exit {old} ;;
  *ensurepip*) [ -e "{log}.installed" ] || exit {unable} ;;
  "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
esac
"""
APT = """#!/bin/bash
echo "apt-get $*" >> "{log}"
[ "$1" = install ] && touch "{log}.installed"
exit 0
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs, with nothing in it but what every machine has."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("mkdir", "cp", "touch"):
        (programs / name).symlink_to(f"/bin/{name}")
    return tmp_path


def _program(machine: Path, name: str, text: str, **values: int) -> None:
    file = machine / "bin" / name
    file.write_text(text.format(log=machine / "log", **values))
    file.chmod(0o755)


def _install(machine: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BASH, ROOT / "locks" / "install", machine / "a place" / ".venv"],
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def _log(machine: Path) -> str:
    return (machine / "log").read_text()


def test_without_python_it_says_what_to_install(machine: Path) -> None:
    built = _install(machine)
    assert built.returncode == 1
    assert "apt-get install python3.11 python3.11-venv" in built.stderr


def test_an_old_python_is_no_python(machine: Path) -> None:
    _program(machine, "python3", PYTHON, old=1, unable=0)
    built = _install(machine)
    assert built.returncode == 1
    assert "needs Python 3.11 or newer" in built.stderr


def test_without_venv_a_user_is_told_and_nothing_is_built(machine: Path) -> None:
    _program(machine, "python3.11", PYTHON, old=0, unable=1)
    _program(machine, "apt-get", APT)
    _program(machine, "id", "#!/bin/bash\necho 1000")
    built = _install(machine)
    assert built.returncode == 1
    assert "sudo apt-get install python3.11-venv" in built.stderr
    assert "apt-get" not in _log(machine)
    assert not (machine / "a place").exists()


def test_without_venv_root_has_it_installed(machine: Path) -> None:
    _program(machine, "python3.11", PYTHON, old=0, unable=1)
    _program(machine, "apt-get", APT)
    _program(machine, "id", "#!/bin/bash\necho 0")
    built = _install(machine)
    assert built.returncode == 0, built.stderr
    assert "apt-get install -y -qq --no-install-recommends python3.11-venv" in _log(machine)
    assert (machine / "a place" / ".venv" / ".ready").exists()


def test_what_is_installed_is_what_is_locked(machine: Path) -> None:
    _program(machine, "python3", PYTHON, old=0, unable=0)
    built = _install(machine)
    assert built.returncode == 0, built.stderr
    log = _log(machine)
    assert "install --require-hashes -r locks/dev.txt" in log
    assert "install --no-deps --no-build-isolation -e ." in log
    assert log.index("--require-hashes") < log.index("--no-deps")


def test_a_failed_install_leaves_no_sign_of_success(machine: Path) -> None:
    failing = PYTHON.replace("esac", "  *require-hashes*) exit 1 ;;\nesac")
    _program(machine, "python3.11", failing, old=0, unable=0)
    assert _install(machine).returncode != 0
    assert not (machine / "a place" / ".venv" / ".ready").exists()

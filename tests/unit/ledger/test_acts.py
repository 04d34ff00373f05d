"""The chain's vocabulary is closed: every act that the code can write has a meaning, and no other is there.

Every way to the chain is found by what it is called in the module that calls it: `audit.append`, under
whatever name it was imported. An act is written out where it is appended, so that a reader finds it.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import roundtable
from roundtable.ledger.acts import ACTS

SOURCE = Path(roundtable.__file__).parent
CHAIN = "roundtable.ledger.audit"


def _written(source: Path) -> Iterator[str]:
    for path in sorted(source.rglob("*.py")):
        if path.relative_to(source).as_posix() != "ledger/audit.py":
            yield from _acts(ast.parse(path.read_text(encoding="utf-8")), path)


def _acts(module: ast.Module, path: Path) -> Iterator[str]:
    """The acts that a module appends; a mention of the function that is no call of it is a way around."""
    modules, functions = _names(module)
    called: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _appends(node.func, modules, functions):
            called.add(id(node.func))
            act = node.args[0] if node.args else _keyword(node, "action")
            where = f"{path}, line {node.lineno}"
            assert isinstance(act, ast.Constant), f"{where}: write the act out, so that it is found"
            yield str(act.value)
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute | ast.Name) and _appends(node, modules, functions):
            where = f"{path}, line {node.lineno}"
            assert id(node) in called, f"{where}: append is handed on, so that its acts cannot be found"


def _names(module: ast.Module) -> tuple[set[str], set[str]]:
    """What a module calls the chain's module, and its function."""
    modules, functions = set(), set()
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                if f"{node.module}.{one.name}" == CHAIN:
                    modules.add(one.asname or one.name)
                if (node.module, one.name) == (CHAIN, "append"):
                    functions.add(one.asname or one.name)
        elif isinstance(node, ast.Import):
            modules |= {one.asname or one.name for one in node.names if one.name == CHAIN}
    return modules, functions


def _appends(node: ast.expr, modules: set[str], functions: set[str]) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "append" and ast.unparse(node.value) in modules
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in functions


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in node.keywords if one.arg == name), None)


def test_every_act_has_a_meaning_and_every_meaning_an_act() -> None:
    assert sorted(set(_written(SOURCE))) == sorted(ACTS)


def test_nobody_writes_to_the_chain_but_by_append() -> None:
    """A row made elsewhere would be outside the vocabulary, and outside the wall against identifiers."""
    makers = sorted(
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "AuditEvent" in path.read_text(encoding="utf-8")
        and path.parent.name not in ("migrations", "models")
    )
    assert makers == ["ledger/audit.py"]


WAYS: Mapping[str, str | None] = {
    "from roundtable.ledger import audit\naudit.append('a.b', 'x', {})": "a.b",
    "from roundtable.ledger import audit as chain\nchain.append(action='a.b', about='x', detail={})": "a.b",
    "from roundtable.ledger.audit import append as note\nnote('a.b', 'x', {})": "a.b",
    "import roundtable.ledger.audit\nroundtable.ledger.audit.append('a.b', 'x', {})": "a.b",
    "from roundtable.ledger import audit\naudit.append(act, 'x', {})": None,
    "from roundtable.ledger import audit\nnote = audit.append\nnote('a.b', 'x', {})": None,
    "from roundtable.ledger.audit import append\npartial(append, 'a.b')": None,
}


@pytest.mark.parametrize(("code", "act"), WAYS.items())
def test_every_way_to_the_chain_is_found(code: str, act: str | None) -> None:
    if act is not None:
        assert list(_acts(ast.parse(code), Path("one.py"))) == [act]
        return
    with pytest.raises(AssertionError):
        list(_acts(ast.parse(code), Path("one.py")))

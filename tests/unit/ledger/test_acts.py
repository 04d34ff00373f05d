"""The chain's vocabulary is closed: every act that the code can write has a meaning, and no other is there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import roundtable
from roundtable.ledger.acts import ACTS

SOURCE = Path(roundtable.__file__).parent


def _written() -> Iterator[str]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("audit.append", "append_event"):
                assert isinstance(node.args[0], ast.Constant), (
                    f"{path}: write the act out, so that it is found"
                )
                yield str(node.args[0].value)


def test_every_act_has_a_meaning_and_every_meaning_an_act() -> None:
    assert sorted(set(_written())) == sorted(ACTS)

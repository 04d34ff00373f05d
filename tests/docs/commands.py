"""The command line as its own program describes it: every command, its help and its options."""

from collections.abc import Iterator
from dataclasses import dataclass

import typer
from typer.core import TyperGroup

from roundtable.cli.main import app


@dataclass(frozen=True)
class Command:
    """One command: its whole name, its help, the options it takes, and those that do not say what for."""

    name: str
    help: str
    options: frozenset[str]
    silent: tuple[str, ...]


def all_commands() -> dict[str, Command]:
    """Every command by its whole name, the groups among them; `roundtable` itself is one."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return {command.name: command for command in _within("roundtable", group)}


def _within(name: str, command: typer.core.TyperCommand | TyperGroup) -> Iterator[Command]:
    options = {option for param in command.params for option in param.opts if option.startswith("-")}
    silent = tuple(str(param.name) for param in command.params if not getattr(param, "help", None))
    yield Command(name, command.help or "", frozenset(options | {"--help"}), silent)
    if isinstance(command, TyperGroup):
        for word, inner in command.commands.items():
            assert isinstance(inner, typer.core.TyperCommand | TyperGroup)
            yield from _within(f"{name} {word}", inner)

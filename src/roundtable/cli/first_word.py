"""A command whose first word may be a folder: `registers DIR --to FILE` beside `registers import FILE`."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

#: The command that is meant when the first word names none.
UNNAMED = "export"


class FolderFirst(TyperGroup):
    """A group of commands in which a first word that is no command is the folder to export."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the command that is meant."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = [UNNAMED, *args]
        return super().parse_args(ctx, args)

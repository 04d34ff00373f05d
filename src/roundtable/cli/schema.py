"""`roundtable schema`: JSON Schema, so that an editor completes keys and underlines mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the schemas as one JSON document and write nothing.")
    ] = False,
) -> None:
    """Write a JSON Schema for each kind of file into DIR/.schemas, for editors to complete and underline.

    A file names its schema in its first line, as those of `roundtable init` do:
    `# yaml-language-server: $schema=../.schemas/agency.json`

    Example: `roundtable schema north-yorkshire`
    """
    from roundtable.cli.printing import print_json
    from roundtable.partnership.schema import json_schemas, write_schemas

    if as_json:
        print_json(json_schemas())
        return
    for path in write_schemas(folder):
        typer.echo(str(path))

"""A JSON or YAML file of another tool as values, or one clear message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from roundtable.errors import ForeignFileUnusable, PartnershipUnusable
from roundtable.partnership.encoding import decoded
from roundtable.partnership.exchange.faults import unusable
from roundtable.partnership.yaml_source import Source, read_yaml

_MOST = 50_000_000


def read_source(path: Path) -> Source:
    """A YAML file, or a JSON file, which is YAML too, with the place of each value.

    Raises:
        ForeignFileUnusable: it cannot be read, or is neither.
    """
    try:
        source = read_yaml(_bytes(path), str(path))
    except PartnershipUnusable as error:
        raise ForeignFileUnusable(error.problems) from None
    if source.problems:
        raise ForeignFileUnusable(source.problems)
    return source


def read_json(path: Path) -> Any:
    """The value of a JSON file.

    Raises:
        ForeignFileUnusable: it cannot be read, is not JSON, or was cut short.
    """
    try:
        return json.loads(decoded(_bytes(path), str(path)))
    except PartnershipUnusable as error:
        raise ForeignFileUnusable(error.problems) from None
    except json.JSONDecodeError as error:
        what = f"the file is not JSON ({error.msg}, column {error.colno}), or was cut short"
        raise unusable(str(path), "not-json", what, "Ask for a whole copy.", error.lineno) from None
    except RecursionError:
        what = "lists and mappings stand too deep in one another"
        raise unusable(str(path), "not-json", what, "No file of this kind is that deep.") from None


def _bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise unusable(str(path), "unreadable", what, "Check its name and that you may read it.") from None
    if len(content) > _MOST:
        what = f"the file is larger than {_MOST // 1_000_000} MB"
        raise unusable(str(path), "too-large", what, "Take in a part of it.")
    return content

"""Measure everything, or the parts named, and print the table for `docs/benchmarks.md`.

    python -m bench [round-table] [county] [vault] [linkage] [whole-run]

Ends with 1 when a limit is missed and with 2 when there is nothing to measure.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from bench import county, linkage, round_table, vault, whole_run
from bench.lines import DataMissing, Line, machine, say

PARTS: Mapping[str, Callable[[], list[Line]]] = {
    "round-table": round_table.lines,
    "county": county.lines,
    "vault": vault.lines,
    "linkage": linkage.lines,
    "whole-run": whole_run.lines,
}


def main(names: list[str]) -> int:
    """Measure, print the table, and return the exit status."""
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        say(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
        return 2
    try:
        lines = [line for name in names or PARTS for line in PARTS[name]()]
    except DataMissing as error:
        say(str(error))
        return 2
    print(f"{machine()}\n\n| what | measured | limit | |\n|---|---|---|---|")
    print(*lines, sep="\n")
    return 1 if any(line.verdict == "MISS" for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

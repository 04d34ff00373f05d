"""The lake's tables as their page shows them; run as a program, it writes them into the page."""

from roundtable.data.lake_table import LakeTable
from roundtable.data.tables import LAKE_TABLES
from tests.docs.pages import DOCS

PAGE = DOCS / "ledger-and-lake.md"
MARK = "<!-- Below here, "


def shown_tables() -> str:
    """What stands below the mark."""
    return "".join(f"\n{_shown(table)}" for table in LAKE_TABLES.values())


def split_page() -> tuple[str, str]:
    """What people wrote, the mark included, and what stands below it."""
    before, mark, after = PAGE.read_text(encoding="utf-8").partition(MARK)
    line, _, below = after.partition("\n")
    return f"{before}{mark}{line}\n", below


def _shown(table: LakeTable) -> str:
    rows = [
        f"| {'• ' if field.name in table.sort_key else ''}`{field.name}` "
        f"| {field.type}{', or null' if field.nullable else ''} | {table.columns[field.name]} |"
        for field in table.schema
    ]
    head = [
        f"### {table.name}",
        "",
        table.description,
        "",
        "| column | type | what it holds |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(split_page()[0] + shown_tables(), encoding="utf-8")

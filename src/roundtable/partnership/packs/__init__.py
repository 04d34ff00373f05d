"""Packs: the pages that a meeting has before it, one for the table, one an agency and one a scenario."""

from roundtable.partnership.packs.writing import Wanted, page_names, write_packs

__all__ = ["Wanted", "page_names", "write_packs"]

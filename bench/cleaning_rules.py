"""Prints the rules of cleaning as `docs/linkage-cleaning.md` has them.

python -m bench.cleaning_rules
"""

from __future__ import annotations

from roundtable.linkage.cleaning.page import rules_page

if __name__ == "__main__":
    print("\n".join(rules_page()))

"""How a ledger grows from one version of Roundtable to the next."""

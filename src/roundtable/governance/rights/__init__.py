"""People's rights and what is sealed: rules over values, which the ledger keeps and the wings obey."""

"""Agreements compiled to decisions: who may do what, with which columns, for what, on which day."""

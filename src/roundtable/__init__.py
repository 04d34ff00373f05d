"""Roundtable: what partner agencies agree around a table, as a running, governed system."""

__version__ = "0.1.0"

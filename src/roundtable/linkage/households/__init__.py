"""Addresses and households: who is where, from when to when, and who lives together."""

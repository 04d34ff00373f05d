"""Pairs into people: groups that hold together as a whole and keep to what is known."""

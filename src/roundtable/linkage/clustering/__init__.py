"""Pairs into people: groups that hold together as a whole, keep to the known facts, and stop at a chosen place."""

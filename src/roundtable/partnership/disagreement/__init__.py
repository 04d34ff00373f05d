"""Disagreement as data: who says what of the map, who wants what most, and where that divides the table."""

"""A causal map as a picture that a person can read: layered, causes to the left, outcomes to the right."""

from roundtable.partnership.drawing.picture import draw_map

__all__ = ["draw_map"]

"""Ids that stay, the log of moves, undoing and the night."""

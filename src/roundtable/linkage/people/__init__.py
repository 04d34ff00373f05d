"""People: an id that stays, a log of what moved and why, undoing, and the nightly increment."""

"""No-score zones in contracts: which columns fall in one, and the refusal of those that would be taken in."""

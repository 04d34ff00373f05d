"""The two pages that one post reads before a meeting: what changed, what is wanted of it, what is late."""

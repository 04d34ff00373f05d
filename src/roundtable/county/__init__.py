"""A synthetic county: people, households, addresses, what agencies send, and the truth, kept apart."""

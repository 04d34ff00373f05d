"""What a pair of identities weighs: for a person, and against being two people of one home."""

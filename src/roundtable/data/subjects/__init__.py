"""People in the lake: finding a person's records, leaving out what is sealed, and forgetting."""

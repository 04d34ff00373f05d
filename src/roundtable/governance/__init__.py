"""May they? Agreements turned into decisions."""

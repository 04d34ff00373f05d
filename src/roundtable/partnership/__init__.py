"""The agreed system as code."""

"""The page a run ends with."""

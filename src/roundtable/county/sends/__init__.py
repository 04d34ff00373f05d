"""What each agency would send of the county: its own columns, codes, formats, habits and mistakes."""

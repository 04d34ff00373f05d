"""Records as they were sent made comparable, by small published rules."""

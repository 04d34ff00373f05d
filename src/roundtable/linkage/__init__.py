"""Records into people, households and places: which records are of one person, how sure that is, and why."""

"""Which area a point lies in, by geometry and never by a code that somebody published with it."""

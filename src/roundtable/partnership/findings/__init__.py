"""What the map implies: one analysis a file."""

"""What changed between two partnership folders, in words that a meeting can read."""

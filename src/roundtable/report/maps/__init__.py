"""Maps drawn from boundaries alone: no tiles, no script, no outside request."""

"""What partners deliver, read by contract: taken whole, refused whole, and never dropped silently."""

"""Flags on properties: which homes several services worry about, and which nobody has made safer lately."""

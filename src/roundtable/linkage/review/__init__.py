"""Reviewing links: what to ask people about, what their answers come to, and how good the linking is."""

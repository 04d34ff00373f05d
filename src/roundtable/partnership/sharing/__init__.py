"""Sharing: what flows or would flow between agencies, whether it may, and how well it works."""

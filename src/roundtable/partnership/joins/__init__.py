"""The joins that make a need live: can we know, can we act, will we act; and what is at stake if not."""

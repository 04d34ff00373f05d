"""The county's people: who they are, with whom and where they live, and what becomes of them in ten years."""

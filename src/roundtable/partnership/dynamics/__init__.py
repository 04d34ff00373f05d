"""What follows when something on the causal map is moved: how far, which way, how soon and how surely."""

"""The causal map: what moves what, how strongly, how soon, and who says so."""

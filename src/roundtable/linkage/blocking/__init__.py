"""Which pairs are worth a look: keys in common, and the neighbours that two records share."""

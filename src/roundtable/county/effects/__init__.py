"""The effects that are planted in the synthetic county: what truly works, where, and who records wrongly."""

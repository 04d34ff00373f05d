"""The truth of the synthetic county, in a folder apart that no step of a run may read."""

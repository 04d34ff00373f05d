"""The information model of a partnership: what can be written in its folder, and nothing else."""

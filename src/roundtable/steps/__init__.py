"""How a run goes from step to step: what a step is, why it must run, and running it once."""

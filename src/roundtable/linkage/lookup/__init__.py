"""One record against everybody: who it is most likely of, how sure that is, and why."""

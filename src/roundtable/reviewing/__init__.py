"""Links put before reviewers: questions given out under the agreements, answers taken in, figures told."""

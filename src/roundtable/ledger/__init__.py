"""The application database: what was delivered, run, decided, done and seen."""

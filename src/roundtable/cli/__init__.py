"""The command line: one face over the same functions as the web application."""

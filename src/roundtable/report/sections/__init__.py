"""The sections of the page, one a file: contents in, words and numbers ready to print out."""

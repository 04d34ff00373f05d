"""Measurements of the product beside a script that a good analyst would write by hand."""

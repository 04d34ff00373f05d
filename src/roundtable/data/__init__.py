"""Contracts, deliveries, quarantine, canonical tables and the lake that keeps them."""

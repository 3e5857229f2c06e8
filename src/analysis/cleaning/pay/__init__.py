"""Anybody's records of pay to one tidy table, every row kept or set aside with its reason."""

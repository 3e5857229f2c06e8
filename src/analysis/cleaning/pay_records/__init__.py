"""Anybody's pay records: every row is kept with its flags or set aside with its reason."""

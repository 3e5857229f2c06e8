"""Fetch releases from the agencies that publish them, whole or not at all."""

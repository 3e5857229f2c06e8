"""What each processed table promises: key, units, ranges and what the subject demands."""

"""Figures: tidy data in, a drawn chart out, its finding in the title and in the alt text."""

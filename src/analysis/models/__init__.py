"""Pure functions: tidy tables and frozen values in, frozen values out."""

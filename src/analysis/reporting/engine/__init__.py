"""Run notebooks in processes forked from a warm one, each thrown away after."""

"""The guide held against itself, by topic; `consistency` gathers the findings."""

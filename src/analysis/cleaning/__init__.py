"""From files as published to tidy tables: every row is kept or set aside with a reason."""

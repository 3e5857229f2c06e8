"""What a report answers: each study reads the tables and gathers its parts."""

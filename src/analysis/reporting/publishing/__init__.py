"""Put pages and records in place, one run at a time, whatever happens to the run."""

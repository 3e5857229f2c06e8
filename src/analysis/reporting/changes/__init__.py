"""What differs between two runs, by key figure and by report."""

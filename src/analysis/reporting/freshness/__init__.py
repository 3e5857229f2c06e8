"""Whether a report is current and, if not, why; imports neither pandas nor papermill."""

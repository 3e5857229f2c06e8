"""Settings that all tests share."""

import os

import hypothesis

os.environ.setdefault("MPLBACKEND", "agg")

# How long an example takes is the machine's affair, not the law's.
hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")

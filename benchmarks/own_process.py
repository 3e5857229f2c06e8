"""Measure one side of a comparison in a process of its own, so that its peak memory is its own."""

import json
import subprocess
import sys


def figures_of(script: str, *words: str) -> dict[str, float]:
    """Run a script once; return the figures that its last line holds as JSON."""
    command = [sys.executable, script, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result

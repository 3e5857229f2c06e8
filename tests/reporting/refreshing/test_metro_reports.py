"""Reports of metropolitan areas, built for real: each is a parameter of the shipped notebooks."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from analysis import processed, sources
from analysis.studies.areas import find_area

NOTEBOOKS = ("outlook", "roi", "salary")
COMMAND = "import sys; from analysis.cli import main; sys.argv[0] = 'workforce'; main()"
MOST_MIB = 1_500  # of the driver, the warm process and two reports at a time together


def tree(process: int) -> list[int]:
    """List a process and all it has started."""
    found = [process]
    for thread in Path(f"/proc/{process}/task").glob("*"):
        try:
            children = (thread / "children").read_text().split()
        except OSError:
            continue
        found += [each for child in children for each in tree(int(child))]
    return found


def memory_mib(process: int) -> float:
    """Return the memory of a process, what it shares counted by its share (PSS)."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # it has ended
        return 0.0
    (line,) = (line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is not told here")
def test_three_reports_of_twenty_metros_take_no_more_memory_the_more_there_are(project, tmp_path):
    place = project(tmp_path)
    for name in ("src", "data/raw"):
        shutil.copytree(sources.ROOT / name, place.root / name, dirs_exist_ok=True)
    for name in NOTEBOOKS:
        shutil.copy(sources.NOTEBOOKS / f"{name}.ipynb", place.notebooks)
    wages = processed.read("wages")
    metros = sorted(wages.loc[wages["area_type"].eq("metropolitan"), "area_code"].unique())[::19][
        :20
    ]
    (place.notebooks / "catalogue.toml").write_text(
        "\n".join(
            f'[[reports]]\ngroup = "metros"\nnotebook = "{name}"\n'
            f"for_each = {{ area = {metros} }}\n"
            for name in NOTEBOOKS
        )
    )
    with (tmp_path / "told").open("w") as told, (tmp_path / "error").open("w") as error:
        running = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "refresh", "--jobs", "2", "--json"],
            env={**os.environ, "PYTHONPATH": str(place.root / "src")},
            stdout=told,
            stderr=error,
        )
    driver, whole = [], []
    while running.poll() is None:
        each = [memory_mib(process) for process in tree(running.pid)]
        driver.append(each[0])
        whole.append(sum(each))
        time.sleep(0.2)
    assert running.returncode == 0, (tmp_path / "error").read_text()[-2_000:]
    answer = json.loads((tmp_path / "told").read_text())
    assert len(answer["reports"]) == 60
    assert max(whole) < MOST_MIB
    half = len(driver) // 2
    assert median(driver[-half // 2 :]) < 1.15 * median(driver[half // 2 : half])
    page = (place.reports / "metros" / f"salary-{metros[3]}.html").read_text()
    assert find_area(wages, metros[3]).name in page

"""Clean, survey, ingest and fetch, killed or short of memory: old results or new, each whole."""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import sources

PROGRAM = Path(__file__).with_name("stopped_commands.py")
DEMO = sources.RAW / "demo_survey"
COMMANDS = ["clean", "survey", "oews", "acs", "fetch"]
BODY = b"series_id\tyear\tperiod\tvalue\nCUUR0000SA0\t2025\tM05\t321.465\n" * 2_000
OLDER = b"series_id\tyear\tperiod\tvalue\nCUUR0000SA0\t2025\tM04\t320.795\n"
Stop = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Command:
    """What to do, where its results lie, and what lay there before."""

    do: str
    given: dict[str, str]
    folder: Path
    old: dict[str, bytes]


@pytest.fixture(scope="module")
def stop(answering) -> Iterator[Stop]:
    """What starts a command and stops it."""
    with answering(PROGRAM) as ask:
        yield lambda command, **how: ask({"do": command.do, "given": command.given, **how})


class Agency(BaseHTTPRequestHandler):
    """A good server with one file, which it sends a little at a time."""

    def do_GET(self) -> None:
        start = int((self.headers.get("Range") or "bytes=0-")[6:-1])
        if self.headers.get("If-None-Match") == '"new"':
            return self._begin(304, 0)
        if not (start and self.headers.get("If-Range") == '"new"'):
            start = 0
        self._begin(206 if start else 200, len(BODY) - start, start)
        for place in range(start, len(BODY), 8_192):
            try:
                self.wfile.write(BODY[place : place + 8_192])
                self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                return None
            threading.Event().wait(0.005)
        return None

    def _begin(self, status: int, length: int, start: int = 0) -> None:
        self.send_response(status)
        self.send_header("ETag", '"new"')
        self.send_header("Content-Length", str(length))
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(BODY) - 1}/{len(BODY)}")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def command(request, tmp_path) -> Iterator[Command]:
    """A command with older results in its folder."""
    folder = tmp_path / "results"
    given, old, server = {"folder": str(folder)}, {}, None
    if request.param == "clean":
        tables = {f"{name}.parquet" for name in ("wages", "states", "set_aside/wages")}
        old = {"manifest.json": b"[]", **dict.fromkeys(tables, b"an older table")}
    elif request.param == "survey":
        file = tmp_path / "pay.csv"
        shutil.copy(DEMO / "demo_survey_synthetic.csv", file)
        given = {"file": str(file), "columns": str(DEMO / "columns.toml"), "out": str(folder)}
        ends = ("salaries.parquet", "set_aside.parquet", "set_aside.csv", "html")
        old = {f"pay.{end}": b"an older result" for end in ends}
    elif request.param == "oews":
        given["path"] = str(sources.RAW / "oews")
        old = {"oews_2025.parquet": b"an older release"}
    elif request.param == "acs":
        given["path"] = str(persons(tmp_path / "psam_p01.csv"))
        place = "acs_persons_2024.parquet"
        old = {place: b"an older table", f"set_aside/{place}": b"an older table"}
    else:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Agency)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        given["address"] = f"http://127.0.0.1:{server.server_address[1]}"
        old = {"cpi/cu.data.1.AllItems": OLDER}
    yield Command(do=request.param, given=given, folder=folder, old=old)
    if server is not None:
        server.shutdown()
        server.server_close()


def persons(place: Path) -> Path:
    """Write two thousand person records that a release might hold."""
    row = {
        **{"SERIALNO": "", "SPORDER": 1, "STATE": "01", "PUMA": "00300", "PWGTP": 79},
        **{"ADJINC": 1015250, "AGEP": 47, "SEX": 2, "SCHL": 20, "COW": 1, "ESR": 1},
        **{"INDP": "8191", "NAICSP": "622M", "OCCP": "3515", "WKHP": 40, "WKWN": 52},
        **{"JWTRNS": 11, "WAGP": 48000},
    }
    rows = [{**row, "SERIALNO": f"2024HU{number:07d}"} for number in range(2_000)]
    pd.DataFrame(rows).to_csv(place, index=False)
    return place


def lay(command: Command) -> None:
    """Put the older results, and nothing else, into the folder."""
    shutil.rmtree(command.folder, ignore_errors=True)
    for name, content in command.old.items():
        place = command.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def lies_in(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


def shown(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what is hidden: kept aside for the next run."""
    return {name: content for name, content in files.items() if "/." not in f"/{name}"}


def undisturbed(stop: Stop, command: Command) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Let a command end by itself."""
    lay(command)
    ended = stop(command)
    assert ended["code"] == 0, ended["told"]
    return ended, lies_in(command.folder)


def judge(stop: Stop, command: Command, new: dict[str, bytes]) -> None:
    """Hold that each file is the old or the new one, and that the next run sets all right."""
    found = shown(lies_in(command.folder))
    for name in {*found, *command.old, *shown(new)}:
        assert found.get(name) in (command.old.get(name), new.get(name)), name
    again = stop(command)
    assert again["code"] == 0, again["told"]
    assert lies_in(command.folder) == new


def kill_and_judge(stop: Stop, command: Command, kills: int) -> None:
    """Kill a command before steps drawn by chance, and as often by the clock."""
    whole, new = undisturbed(stop, command)
    chance = random.Random(20261125)
    for number in range(kills):
        by_step = {"step": chance.randrange(whole["steps"])}
        by_clock = {"after_seconds": chance.uniform(0, whole["seconds"])}
        lay(command)
        ended = stop(command, **(by_clock if number % 2 else by_step))
        assert ended["code"] in ((-9, 0) if number % 2 else (-9,)), ended["told"]
        judge(stop, command, new)


@pytest.mark.parametrize("command", ["survey", "oews", "fetch"], indirect=True)
def test_a_command_that_is_killed_leaves_the_old_results_or_the_new(stop, command):
    kill_and_judge(stop, command, kills=2)


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS, indirect=True)
def test_commands_are_killed_forty_times_each(stop, command):
    kill_and_judge(stop, command, kills=40)


MEMORY = """
import json, sys
from analysis.cli import main
sys.argv = ["workforce", *json.loads(sys.argv[1])]
main()
"""
LIMITS = {"address space": resource.RLIMIT_AS, "data": resource.RLIMIT_DATA}


def starved(command: Command, limit: int, mib: int) -> tuple[int, str]:
    """Run the command itself with so much memory; return its exit code and what it told."""
    words = {
        "survey": ["survey", command.given.get("file"), "--columns", command.given.get("columns")],
        "acs": ["ingest", "acs", command.given.get("path")],
    }[command.do]
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, json.dumps([*words, "--out", str(command.folder)])],
        env={
            **os.environ,
            "PYTHONPATH": str(sources.ROOT / "src"),
            # a list of fonts made with too little memory lacks some, for all who read it later
            "MPLCONFIGDIR": str(command.folder.with_name("fonts")),
        },
        preexec_fn=lambda: resource.setrlimit(limit, (mib * 2**20, mib * 2**20)),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("words", "mib"),
    [("address space", 100), ("address space", 560), ("address space", 2_320), ("data", 250)],
)
@pytest.mark.parametrize("command", ["survey"], indirect=True)
def test_a_command_without_memory_says_so_and_leaves_what_was_there(command, words, mib):
    """With 560 MiB of address space or 250 of data OpenBLAS waited for ever while it was loaded."""
    lay(command)
    code, told = starved(command, LIMITS[words], mib)
    assert code == 1
    assert f"may have {mib:,} MiB of {words}" in told
    assert "ulimit -" in told
    assert lies_in(command.folder) == command.old


@pytest.mark.parametrize("limit", [resource.RLIMIT_AS, resource.RLIMIT_DATA], ids=LIMITS)
@pytest.mark.parametrize(
    "command", ["survey", pytest.param("acs", marks=pytest.mark.long)], indirect=True
)
def test_the_least_memory_a_command_asks_for_is_enough(stop, command, limit):
    asked = {resource.RLIMIT_AS: 4_096, resource.RLIMIT_DATA: 1_024}[limit]
    _, new = undisturbed(stop, command)
    lay(command)
    code, told = starved(command, limit, asked)
    assert code == 0, told
    found = lies_in(command.folder)  # the page has the hour on it
    assert found.keys() == new.keys()
    assert all(found[name] == new[name] for name in new if name.endswith("parquet"))

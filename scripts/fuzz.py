"""Feed drawn bytes to everything that reads what others wrote, guided by what they reach.

For example, after `make build/fuzz` (atheris, which has wheels for few versions of Python, is
kept out of the lock):

    PYTHONPATH=build/fuzz python scripts/fuzz.py --seconds 60 pay catalogue

A reader must return, or raise the one error it promises. Anything else ends the run with exit
code 77, and the bytes that did it are left in build/fuzz-found/. Without names, all are fuzzed.
"""

import argparse
import contextlib
import io
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with (
    contextlib.redirect_stderr(io.StringIO()),  # it tells of every module
    atheris.instrument_imports(include=["analysis", "tomllib"], enable_loader_override=False),
):
    import pandas as pd

    from analysis.cleaning.oews.code_lists import read_top_codes
    from analysis.cleaning.oews.release_files import unpack
    from analysis.cleaning.pay.certification import parse_certification
    from analysis.cleaning.pay.column_map import parse_column_map
    from analysis.cleaning.pay.experience import parse_experience
    from analysis.cleaning.pay.files import read_records
    from analysis.cleaning.pay.pay_cell import parse_currency, parse_pay, parse_period
    from analysis.cleaning.pay.pay_columns import parse_hours
    from analysis.cleaning.pay.setting import parse_remote, parse_setting
    from analysis.cleaning.pay.state import parse_states
    from analysis.cleaning.pay.vocabulary import (
        CREDENTIAL_ALIASES,
        SETTING_ALIASES,
        STATE_ALIASES,
        vocabulary_of,
    )
    from analysis.cleaning.pay.words import Unreadable
    from analysis.errors import WrongInput
    from analysis.fetching.census import joined
    from analysis.fetching.download import refuse_other_media
    from analysis.fetching.settings import read_settings
    from analysis.reporting.catalogue import read_catalogue
    from analysis.reporting.runs import FOLDER, read_run
    from analysis.sources import RAW, ROOT

FOUND = ROOT / "build" / "fuzz-found"
LONGEST = 4096
CREDENTIALS, SETTINGS, STATES = (
    pd.read_csv(RAW / path, dtype="str", keep_default_na=False)
    for path in (CREDENTIAL_ALIASES, SETTING_ALIASES, STATE_ALIASES)
)
VOCABULARY = vocabulary_of(credentials=CREDENTIALS, settings=SETTINGS, states=STATES)
SCRATCH = Path(tempfile.mkdtemp(prefix="workforce-fuzz-"))
PARSERS: dict[str, tuple[Callable[[str], object], ...]] = {
    "pay": (parse_pay, lambda text: parse_pay(text, decimal_comma=True)),
    "period": (parse_period, parse_currency),
    "experience": (parse_experience, parse_hours),
    "credential": (lambda text: parse_certification(text, VOCABULARY.credentials),),
    "setting": (
        lambda text: parse_setting(text, VOCABULARY.settings),
        lambda text: parse_remote(text, VOCABULARY.settings),
        lambda text: parse_states(text, VOCABULARY.states),
    ),
    "column_map": (parse_column_map,),
    "top_codes": (read_top_codes,),
}


def written(data: bytes, name: str) -> Path:
    """Write bytes to a file of a name."""
    place = SCRATCH / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    return place


def answer(place: Path) -> int:
    """Take an answer of the Census API as the download does: looked at, then joined."""
    refuse_other_media(place, "json")
    return joined([place], SCRATCH / "persons.csv")


READERS: dict[str, Callable[[bytes], object]] = {
    "records": lambda data: read_records(written(data, "records.csv")),
    "workbook": lambda data: read_records(written(data, "records.xlsx")),
    "archive": lambda data: unpack(
        written(data, "release.zip"), SCRATCH, is_wanted=lambda name: name.endswith(".txt")
    ),
    "catalogue": lambda data: read_catalogue(written(data, "reports.toml")),
    "settings": lambda data: read_settings(written(data, "fetch.toml")),
    "answer": lambda data: answer(written(data, "answer.json")),
    "run_record": lambda data: read_run(written(data, f"{FOLDER}/run.json").stem, SCRATCH),
}

# What a format's every file has; the fuzzer would take long to find it.
SEEDS: dict[str, tuple[bytes, ...]] = {
    "pay": (b"$54,200 - 58k/hr", b"26.05 every two weeks"),
    "column_map": (b'[columns]\npay = ["a", "b"]\n[file]\ndecimal_comma = true',),
    "records": (b'a,b\n"1",2\n', "a;b\n1;2\n".encode("utf-16")),
    "catalogue": (
        b'[limits]\nseconds = 1\n[[reports]]\ngroup = "states"\nnotebook = "salary"\n'
        b"parameters = {year = 1}\nfor_each = {state = ['CA']}\n",
    ),
    "settings": (b'contact = "a@b.example"\n[mirrors]\n"https://a" = "https://b"\n',),
    "answer": (b'[["SERIALNO","SPORDER","AGEP"],["1","2","3"]]',),
    "run_record": (b'{"reports": {"a": {"why": [], "key_figures": [{}]}}, "run_id": "1"}',),
}


def target_of(name: str) -> Callable[[bytes], None]:
    """Return what is fed: it passes over the errors that are promised, and no others."""

    def parse(data: bytes) -> None:
        text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(LONGEST)
        for parser in PARSERS[name]:
            try:
                parser(text)
            except (Unreadable, WrongInput):
                continue

    def read(data: bytes) -> None:
        try:
            READERS[name](data)
        except WrongInput:
            return

    return parse if name in PARSERS else read


def main() -> None:
    """Fuzz each target in a process of its own, since the fuzzer ends its process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="of " + ", ".join([*PARSERS, *READERS]))
    parser.add_argument("--seconds", type=int, default=60, help="for each")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        logging.disable()
        flags = [f"-max_total_time={given.seconds}", f"-max_len={LONGEST}", "-verbosity=0"]
        FOUND.mkdir(parents=True, exist_ok=True)
        flags += [f"-artifact_prefix={FOUND}/{given.names[0]}-", "-print_final_stats=1"]
        seeds = SCRATCH / "seeds"
        seeds.mkdir()
        for number, seed in enumerate(SEEDS.get(given.names[0], ())):
            (seeds / str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *flags, str(seeds)], target_of(given.names[0]))
        atheris.Fuzz()
    codes = {}
    for name in given.names or [*PARSERS, *READERS]:
        command = [sys.executable, __file__, "--here", "--seconds", str(given.seconds), name]
        done = subprocess.run(command, text=True, capture_output=True, check=False)
        inputs = next(
            (line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed" in line),
            "?",
        )
        codes[name] = done.returncode
        print(f"{name}: {inputs} inputs, {'held' if not done.returncode else 'BROKE'}", flush=True)
        if done.returncode:
            print(done.stdout + done.stderr, file=sys.stderr)
    sys.exit(77 if any(codes.values()) else 0)


if __name__ == "__main__":
    main()

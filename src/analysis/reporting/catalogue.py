"""Which reports there are: `notebooks/catalogue.toml` with every report written out.

That takes pandas and seconds, since parameters are validated against the tables; the result is
kept until catalogue, tables or code change.
"""

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import sources
from analysis.errors import WrongInput
from analysis.files import replacing
from analysis.reporting.engine.limits import Limits
from analysis.sources import as_told

if TYPE_CHECKING:  # pandas and pydantic, which whoever reads the kept list need not wait for
    from analysis.reporting.parameters import Parameters

CATALOGUE = sources.NOTEBOOKS / "catalogue.toml"
OWN = "own"  # the group of reports asked for by hand
LONGEST_WORD = 40
KEPT_AS_WRITTEN = re.compile(
    rf"(?:[A-Z0-9.-]{{1,{LONGEST_WORD}}}|[a-z0-9.-]{{1,{LONGEST_WORD}}}|[a-z]+(?:_[a-z]+)*|True|False|None)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One page: a notebook with its parameters, in plain values.

    Parameters
    ----------
    name : str
        Unique: "outlook-ca".
    group : str
        "national", "states", ... or "own".
    notebook : str
        "outlook".
    parameters : mapping
        All of them, validated.
    changed : mapping
        Those that differ from the defaults.
    place : str
        The area as readers know it: "California"; empty where the notebook has none.
    files : tuple of str
        Files that parameters name, as `sources.as_told` writes them.
    limits : Limits
        What building it may use.
    """

    name: str
    group: str
    notebook: str
    parameters: Mapping[str, Any]
    changed: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    files: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def path(self) -> str:
        """Where its page goes, below the reports folder."""
        return f"{self.group}/{self.name}.html"

    @property
    def details(self) -> Mapping[str, Any]:
        """What tells it from the notebook's other reports of the place."""
        return {name: value for name, value in self.changed.items() if name != "area"}

    @property
    def command(self) -> str:
        """The command that builds it again."""
        given = [f"-p {name}={value}" for name, value in self.changed.items()]
        return " ".join(["workforce report", self.notebook, *given])


def report_of(
    parameters: "Parameters", *, group: str = OWN, limits: Limits | None = None
) -> Report:
    """Name a report after its notebook and the parameters that differ from the defaults.

    Examples
    --------
    >>> from analysis.reporting.parameters import Roi
    >>> report_of(Roi.check(credential="CIC", area="TX")).name
    'roi-cic-tx'
    """
    changed = parameters.changed()
    words = [parameters.notebook, *(_short(value) for value in changed.values())]
    return Report(
        name="-".join(re.sub(r"[^a-z0-9.]+", "-", word.lower()) for word in words),
        group=group,
        notebook=parameters.notebook,
        parameters=parameters.model_dump(mode="json"),
        changed=changed,
        place=parameters.place,
        files=tuple(as_told(file) for file in parameters.files),
        limits=limits or Limits(),
    )


def read_report(row: Mapping[str, Any]) -> Report:
    """Read a report back from what `dataclasses.asdict` makes of it."""
    return Report(**{**row, "files": tuple(row["files"]), "limits": Limits(**row["limits"])})


def reports(catalogue: Path, *, kept: Path, made_from: str) -> tuple[Report, ...]:
    """Return every report of the catalogue, in its order.

    Parameters
    ----------
    catalogue : Path
        The TOML file.
    kept : Path
        Where the result is kept; a file that cannot be read or written costs time only.
    made_from : str
        Stands for tables and code.

    Raises
    ------
    WrongInput
        The catalogue is wrong.
    """
    digest = hashlib.sha256(made_from.encode())
    with suppress(FileNotFoundError):  # `read_catalogue` says what is missing
        digest.update(catalogue.read_bytes())
    key = digest.hexdigest()
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        stored = json.loads(kept.read_text(encoding="utf-8"))
        if stored["key"] == key:
            return tuple(read_report(row) for row in stored["reports"])
    found = read_catalogue(catalogue)
    text = json.dumps({"key": key, "reports": [asdict(report) for report in found]})
    with suppress(OSError), replacing(kept) as file:
        file.write(text.encode())
    return found


def read_catalogue(path: Path = CATALOGUE) -> tuple[Report, ...]:
    """Read the catalogue: every report, in its order.

    Raises
    ------
    WrongInput
        The file is not valid TOML, an entry is not understood, a parameter is wrong, or two
        entries make the same report.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = written["reports"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, KeyError) as error:
        raise WrongInput(f"{path.name} must be TOML with [[reports]] entries: {error}.") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise WrongInput(f"{path.name} must list its reports as [[reports]]; found {entries!r}.")
    limits = _limits(written.get("limits", {}), Limits(), path.name)
    found = tuple(report for entry in entries for report in _reports(entry, limits, path.name))
    counts = Counter(report.name for report in found)
    if repeated := sorted(name for name, count in counts.items() if count > 1):
        raise WrongInput(f"{path.name} lists {', '.join(repeated)} twice; keep one of them.")
    return found


def _short(value: object) -> str:
    """Write a value as part of a file's name; one that would be cut or changed gets its hash."""
    text = str(value)
    if KEPT_AS_WRITTEN.fullmatch(text):
        return text
    readable = "".join(char if char.isascii() and char.isalnum() else "-" for char in text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable[-LONGEST_WORD:].strip('-')}-{digest[:8]}".strip("-")


def _limits(given: object, otherwise: Limits, file: str) -> Limits:
    known = [limit.name for limit in fields(Limits)]
    table = _table(given, "limits", file)
    for name, value in table.items():
        if name not in known:
            raise WrongInput(f"{file}: limits are {', '.join(known)}; found {name!r}.")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
            raise WrongInput(f"{file}: {name} must be a number, 0 for no limit; found {value!r}.")
    return Limits(**{**asdict(otherwise), **{name: value or None for name, value in table.items()}})


def _table(given: object, name: str, file: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise WrongInput(
            f"{file}: {name} must be a table, as in {{ name = value }}; found {given!r}."
        )
    return given


def _reports(entry: Mapping[str, Any], limits: Limits, file: str) -> Iterator[Report]:
    from analysis.reporting.parameters import known_tables, model_of
    from analysis.studies.areas import CODERS, state_codes

    if unknown := entry.keys() - {"group", "notebook", "parameters", "for_each", "limits"}:
        raise WrongInput(
            f"{file}: an entry has group, notebook, parameters, for_each and limits; "
            f"found {', '.join(sorted(unknown))}."
        )
    for needed in ("group", "notebook"):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", str(entry.get(needed, ""))):
            raise WrongInput(
                f"{file}: {needed} must be a plain lower-case word; found {entry.get(needed)!r}."
            )
    model = model_of(entry["notebook"])
    grid = [dict(_table(entry.get("parameters", {}), "parameters", file))]
    for name, values in _table(entry.get("for_each", {}), "for_each", file).items():
        listed = state_codes(known_tables()["wages"], CODERS) if values == "states" else values
        if not isinstance(listed, list | tuple):
            raise WrongInput(f'{file}: for_each lists values, or says "states"; found {values!r}.')
        grid = [{**given, name: value} for given in grid for value in listed]
    own = _limits(entry.get("limits", {}), limits, file)
    for given in grid:
        yield report_of(model.check(**given), group=entry["group"], limits=own)

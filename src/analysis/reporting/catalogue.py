"""Which reports there are: `notebooks/catalogue.toml` spelled out, one entry a page."""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from math import inf
from pathlib import Path
from typing import Any

from analysis import sources
from analysis.errors import WrongInput
from analysis.reporting.engine.limits import Limits
from analysis.reporting.freshness.listing import Listed
from analysis.reporting.freshness.status import OWN
from analysis.reporting.parameters import Parameters, model_of
from analysis.reporting.wage_parameters import known_tables
from analysis.studies.areas import CODERS, state_codes

CATALOGUE = sources.NOTEBOOKS / "catalogue.toml"
LONGEST_WORD = 40
KEPT_AS_WRITTEN = re.compile(
    rf"(?:[A-Z0-9.-]{{1,{LONGEST_WORD}}}|[a-z0-9.-]{{1,{LONGEST_WORD}}}|[a-z]+(?:_[a-z]+)*|True|False|None)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One page: a notebook with its parameters.

    Parameters
    ----------
    name : str
        Unique: "outlook-ca".
    group : str
        "national", "states", ... or "own".
    parameters : Parameters
        Validated; they name the notebook.
    limits : Limits
        What it may use.
    """

    name: str
    group: str
    parameters: Parameters
    limits: Limits = field(default_factory=Limits)

    @property
    def notebook(self) -> Path:
        """Where the notebook lies."""
        return sources.NOTEBOOKS / f"{self.parameters.notebook}.ipynb"

    @property
    def path(self) -> str:
        """Where its page goes, below the reports folder."""
        return f"{self.group}/{self.name}.html"

    @property
    def command(self) -> str:
        """The command that builds it again."""
        given = [f"-p {name}={value}" for name, value in self.parameters.changed().items()]
        return " ".join(["workforce report", self.parameters.notebook, *given])


def report_of(parameters: Parameters, *, group: str = OWN, limits: Limits | None = None) -> Report:
    """Name a report after its notebook and the parameters that differ from the defaults.

    Examples
    --------
    >>> from analysis.reporting.parameters import Roi
    >>> report_of(Roi.check(credential="CIC", area="TX")).name
    'roi-cic-tx'
    """
    words = [parameters.notebook, *(_short(value) for value in parameters.changed().values())]
    name = "-".join(re.sub(r"[^a-z0-9.]+", "-", word.lower()) for word in words)
    return Report(name=name, group=group, parameters=parameters, limits=limits or Limits())


def report_from(listed: Listed) -> Report:
    """Return the report that was spelled out before; its parameters were validated then."""
    parameters = model_of(listed.notebook).model_construct(**listed.parameters)
    limits = Limits(**listed.limits)
    return Report(name=listed.name, group=listed.group, parameters=parameters, limits=limits)


def catalogue(path: Path = CATALOGUE) -> tuple[Report, ...]:
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
    reports = tuple(report for entry in entries for report in _reports(entry, limits, path.name))
    counts = Counter(report.name for report in reports)
    if repeated := sorted(name for name, count in counts.items() if count > 1):
        raise WrongInput(f"{path.name} lists {', '.join(repeated)} twice; keep one of them.")
    return reports


def _short(value: object) -> str:
    """Write a value as part of a file's name; one that would be cut or changed gets its hash."""
    text = str(value)
    if KEPT_AS_WRITTEN.fullmatch(text):
        return text
    readable = "".join(char if char.isascii() and char.isalnum() else "-" for char in text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable[-LONGEST_WORD:].strip('-')}-{digest[:8]}".strip("-")


def in_catalogue(report: Report) -> Report:
    """Return the catalogue's entry with the same parameters, else `report` itself."""
    same = (entry for entry in catalogue() if entry.parameters == report.parameters)
    return next(same, report)


def _limits(given: Mapping[str, Any], otherwise: Limits, file: str) -> Limits:
    """Read limits; what is not said is as `otherwise`, and 0 is no limit."""
    known = [limit.name for limit in fields(Limits)]
    for name, value in _table(given, "limits", file).items():
        if name not in known:
            raise WrongInput(f"{file}: limits are {', '.join(known)}; found {name!r}.")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
            raise WrongInput(f"{file}: {name} must be a number, 0 for no limit; found {value!r}.")
    return Limits(**{**asdict(otherwise), **{name: value or None for name, value in given.items()}})


def _table(given: object, name: str, file: str) -> dict[str, Any]:
    """Return a table of an entry, or refuse what is none."""
    if not isinstance(given, dict):
        raise WrongInput(
            f"{file}: {name} must be a table, as in {{ name = value }}; found {given!r}."
        )
    return given


def _reports(entry: Mapping[str, Any], limits: Limits, file: str) -> Iterator[Report]:
    """Spell out one entry."""
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

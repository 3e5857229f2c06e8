"""What a worker of the cluster does: check that it is like the driver, build a report in a fork."""

import platform
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from analysis import processed, sources
from analysis.errors import WrongInput
from analysis.files import replacing
from analysis.reporting.build import Page, ReportFailed, page_of, task_of
from analysis.reporting.catalogue import Report
from analysis.reporting.engine.pool import Pool
from analysis.reporting.engine.warm import REPORT_STEPS
from analysis.reporting.keys import ABSENT, code_hash, here, notebook_hash
from analysis.reporting.parameters import model_of
from analysis.reporting.records import Record
from analysis.reporting.runs import Run

THREAD = threading.local()  # a warm process forks for one thread; it ends with the worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What reports are built from on a machine, tables apart.

    Parameters
    ----------
    code, lock : str
        Hashes of the package's source and of the locked versions.
    python : str
        "3.11.7".
    notebooks : mapping of str to str
        By name, the hash of the cells.
    """

    code: str
    lock: str
    python: str
    notebooks: Mapping[str, str]

    def differs_from(self, other: "Likeness") -> tuple[str, ...]:
        """Name what is not the same there.

        Examples
        --------
        >>> ours = Likeness(code="a", lock="b", python="3.11.7", notebooks={"roi": "c"})
        >>> theirs = Likeness(code="a", lock="x", python="3.11.7", notebooks={"roi": "y"})
        >>> ours.differs_from(theirs)
        ('locked versions', 'roi.ipynb')
        """
        pairs = {
            "code of analysis": (self.code, other.code),
            "locked versions": (self.lock, other.lock),
            "Python": (self.python, other.python),
        }
        for name in sorted({*self.notebooks, *other.notebooks}):
            pairs[f"{name}.ipynb"] = (self.notebooks.get(name, ""), other.notebooks.get(name, ""))
        return tuple(name for name, (ours, theirs) in pairs.items() if ours != theirs)


def likeness_here() -> Likeness:
    """Look at this machine."""
    place = here()
    return Likeness(
        code=code_hash(place.code),
        lock=sources.sha256_of(place.lock),
        python=platform.python_version(),
        notebooks={file.stem: notebook_hash(file) for file in place.notebooks.glob("*.ipynb")},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A report to build, as the driver sends it.

    Parameters
    ----------
    report : Report
        Which.
    run : Run
        What its page has in common with others.
    before : Record or None
        The page it replaces.
    likeness : Likeness
        What the worker must have in common with the driver.
    files : mapping of str to str
        What `named_files` finds at the driver.
    """

    report: Report
    run: Run
    before: Record | None
    likeness: Likeness
    files: Mapping[str, str]


def build(order: Order) -> Page | ReportFailed:
    """Build a report in a process forked from this thread's warm one, within its limits."""
    if differs := differences(order.likeness):
        return ReportFailed(f"{order.report.name}: the worker has other {', '.join(differs)}")
    if differs := differing_files(order.report, order.files):
        return ReportFailed(
            f"{order.report.name}: the worker must have the same {', '.join(differs)} as this "
            "machine, and has not. Files that parameters name are not sent: copy it to the same "
            "place there, or build the report without --scheduler."
        )
    task = task_of(order.report, run=order.run, before=order.before)
    (outcome,) = warm_pool().as_completed([task])
    return page_of(outcome)


def differences(drivers: Likeness) -> tuple[str, ...]:
    """Name what this worker has not got as the driver has it.

    What lies on its disk must be the same, and so must what lay there when it imported it: a
    worker that was updated and not started again would build by its old code.
    """
    found = (
        *drivers.differs_from(likeness_at_start()),
        *drivers.differs_from(likeness_here()),
    )
    return tuple(dict.fromkeys(found))


@cache
def likeness_at_start() -> Likeness:
    """Look at this machine once: what was found is what the process has imported."""
    return likeness_here()


def named_files(files: Iterable[str]) -> Mapping[str, str]:
    """Hash, on this machine, files that parameters name: own records of pay, a wage release.

    Returns
    -------
    mapping of str to str
        SHA-256 by name, which is the same on every machine; "absent" where there is no such file.
    """
    return {
        told: sources.sha256_of(file) if (file := sources.place_of(told)).is_file() else ABSENT
        for told in files
    }


def differing_files(report: Report, drivers: Mapping[str, str]) -> tuple[str, ...]:
    """Name the files that are not here as the driver has them, or that only are here.

    They are not sent: records of pay stay where somebody has put them.
    """
    try:
        asked = model_of(report.notebook).model_construct(**report.parameters)
        found = named_files(map(sources.as_told, asked.files))
    except WrongInput:  # no release here holds what was asked for
        found = {}
    names = {*found, *drivers}
    return tuple(sorted(name for name in names if found.get(name) != drivers.get(name)))


def warm_pool() -> Pool:
    """Return this thread's warm process, started at the first report."""
    if not hasattr(THREAD, "pool"):
        THREAD.pool = Pool(jobs=1, steps=REPORT_STEPS).__enter__()
    pool: Pool = THREAD.pool
    return pool


def lacking(tables: Mapping[str, str]) -> tuple[str, ...]:
    """Name the tables that do not lie here as the driver has them.

    Parameters
    ----------
    tables : mapping of str to str
        By name, the SHA-256 of the driver's.
    """
    return tuple(name for name, digest in tables.items() if _hash_here(name) != digest)


def take_up(tables: Mapping[str, bytes], manifest: bytes) -> None:
    """Write the driver's tables over those that lie here, their manifest last."""
    for name, content in tables.items():
        if _hash_here(name) != sha256(content).hexdigest():
            with replacing(sources.PROCESSED / f"{name}.parquet") as file:
                file.write(content)
    with replacing(sources.PROCESSED / processed.MANIFEST) as file:
        file.write(manifest)


def _hash_here(name: str) -> str:
    """Hash a table of this machine; empty where there is none."""
    place = sources.PROCESSED / f"{name}.parquet"
    return sources.sha256_of(place) if place.is_file() else ""

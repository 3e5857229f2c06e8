"""What a worker of the cluster does: take up tables it lacks, build a report in a fork."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from analysis import processed, sources
from analysis.files import replacing
from analysis.reporting.build import OWN_STEPS, page_of, task_of
from analysis.reporting.builder import Before, Page, ReportFailed, Run
from analysis.reporting.catalogue import Report
from analysis.reporting.cluster.likeness import Likeness, likeness_here
from analysis.reporting.cluster.named_files import differing_files
from analysis.reporting.engine.warm_line import STEPS
from analysis.reporting.engine.warm_pool import WarmPool

THREAD = threading.local()  # a warm process forks for one thread; it ends with the worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A report to build, as the driver sends it.

    Parameters
    ----------
    report : Report
        Which.
    run : Run
        What its page has in common with others.
    before : Before or None
        The page it replaces.
    likeness : Likeness
        What the worker must have in common with the driver.
    files : mapping of str to str
        What `named_files` finds at the driver.
    """

    report: Report
    run: Run
    before: Before | None
    likeness: Likeness
    files: Mapping[str, str]


def build(order: Order) -> Page | ReportFailed:
    """Build a report in a process forked from this thread's warm one, within its limits."""
    if differs := differences(order.likeness):
        return ReportFailed(f"{order.report.name}: the worker has other {', '.join(differs)}")
    if differs := differing_files(order.report.parameters, order.files):
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


def warm_pool() -> WarmPool:
    """Return this thread's warm process, started at the first report."""
    if not hasattr(THREAD, "pool"):
        THREAD.pool = WarmPool(jobs=1, steps=(*STEPS, *OWN_STEPS)).__enter__()
    pool: WarmPool = THREAD.pool
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
    """Put the driver's tables in place of those that lie here, their manifest last."""
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

"""Build reports on a Dask cluster; their pages come back to be published as any others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from analysis import processed, sources
from analysis.errors import WrongInput
from analysis.reporting.build import Page, ReportFailed
from analysis.reporting.catalogue import Report
from analysis.reporting.cluster import worker
from analysis.reporting.cluster.worker import likeness_here, named_files
from analysis.reporting.records import Record
from analysis.reporting.runs import Run

ANSWER_SECONDS = 5  # for scheduler and workers to say that they are there
AHEAD = 2  # reports waiting for each thread of the cluster, so that none waits for the driver


def build_on_cluster(
    reports: Sequence[Report],
    *,
    run: Run,
    before: Mapping[str, Record],
    started: Callable[[Report], object],
    address: str,
) -> Iterator[tuple[Report, Page | ReportFailed]]:
    """Build reports on the workers of a Dask scheduler, each in a fork of a warm process there.

    Tables that a worker lacks are sent to it once; files that parameters name are not, and a report
    that names one fails where the worker has another. A report whose worker dies is built by
    another, as often as the scheduler allows (`distributed.scheduler.allowed-failures`), else
    it fails; the others go on.

    Parameters
    ----------
    reports, run, before, started
        As `Builder`; a report counts as taken up once it is handed to the scheduler.
    address : str
        Of the scheduler: "tcp://host:8786".

    Raises
    ------
    WrongInput
        The extra is not installed, nobody answers, there is no worker, or one has other code,
        versions or notebooks than this machine.
    """
    client = connected(address)
    try:
        prepare(client)
        yield from _built(client, reports, run=run, before=before, started=started)
    finally:
        client.close(timeout=ANSWER_SECONDS)


def check_cluster(address: str) -> None:
    """Find out, before a run begins, whether the cluster can build what this machine can.

    Raises
    ------
    WrongInput
        As `build_on_cluster`.
    """
    client = connected(address)
    try:
        prepare(client)
    finally:
        client.close(timeout=ANSWER_SECONDS)


def connected(address: str) -> Any:
    """Connect to a scheduler.

    Raises
    ------
    WrongInput
        As `build_on_cluster`, the workers apart.
    """
    try:
        from distributed import Client
    except ImportError:
        raise WrongInput(
            "--scheduler needs Dask, which is not installed here. Install the extra `cluster` on "
            "this machine and on every worker: pip install 'medical-coding-workforce[cluster]'."
        ) from None
    try:
        return Client(address, timeout=ANSWER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise WrongInput(
            f"--scheduler must be the address of a running Dask scheduler, as in "
            f"tcp://host:8786; nobody answers at {address!r} ({type(error).__name__}). Start "
            "one with `dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`."
        ) from None


def prepare(client: Any) -> None:
    """Check that all workers are like this machine, and send them the tables they lack.

    Raises
    ------
    WrongInput
        There is no worker, or one differs; the message names it and what differs.
    """
    try:
        client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        differing = client.run(worker.differences, likeness_here(), on_error="return")
    except TimeoutError:
        raise WrongInput(
            "The cluster must have a worker; found none. Start one with `dask worker ADDRESS "
            "--nthreads 1` in the project's environment."
        ) from None
    for address, found in differing.items():
        wrong = (
            f"it cannot say what it has ({found})"
            if isinstance(found, Exception)
            else ", ".join(found)
        )
        if wrong:
            raise WrongInput(
                f"Every worker must have the same as this machine, but {address} differs: "
                f"{wrong}. Bring it to the same commit, run `make` there, and start it again."
            )
    hashes = {name: built.sha256 for name, built in processed.ensure().items()}
    lacked = client.run(worker.lacking, hashes)
    manifest = (sources.PROCESSED / processed.MANIFEST).read_bytes()
    for address, names in lacked.items():
        tables = {n: (sources.PROCESSED / f"{n}.parquet").read_bytes() for n in names}
        if tables:
            client.run(worker.take_up, tables, manifest, workers=[address])


def _built(
    client: Any,
    reports: Sequence[Report],
    *,
    run: Run,
    before: Mapping[str, Record],
    started: Callable[[Report], object],
) -> Iterator[tuple[Report, Page | ReportFailed]]:
    """Hand out reports, a few ahead of what the cluster can do at once; yield what comes back."""
    from distributed import as_completed

    likeness = likeness_here()
    rest = iter(reports)
    reports_of: dict[Any, Report] = {}

    def hand_out(report: Report) -> Any:
        order = worker.Order(
            report=report,
            run=run,
            before=before.get(report.name),
            likeness=likeness,
            files=named_files(report.files),
        )
        future = client.submit(
            worker.build, order, key=f"{report.name}-{run.run_id}", pure=False, retries=0
        )
        reports_of[future] = report
        started(report)
        return future

    ahead = AHEAD * max(1, sum(client.nthreads().values()))
    coming: Any = as_completed(
        [hand_out(report) for report in islice(rest, ahead)], loop=client.loop
    )  # type: ignore[no-untyped-call]
    try:
        for future in coming:
            report = reports_of.pop(future)
            yield report, page_from(future, report)
            coming.update([hand_out(following) for following in islice(rest, 1)])
    finally:
        client.cancel(list(reports_of), force=True)


def page_from(future: Any, report: Report) -> Page | ReportFailed:
    """Take the page out of what came back, or say why there is none."""
    notebook = f"{report.notebook}.ipynb"
    if future.cancelled():
        return ReportFailed(f"{notebook}: the cluster was lost before the report was built")
    error = future.exception()
    if error is None:
        page: Page | ReportFailed = future.result()
        return page
    if type(error).__name__ == "KilledWorker":
        return ReportFailed(f"{notebook}: each worker that was given it died")
    return ReportFailed(f"{notebook}: {type(error).__name__}: {error}")

"""The files that a report's parameters name: own records of pay, an ingested release."""

from collections.abc import Mapping

from analysis import sources
from analysis.errors import WrongInput
from analysis.reporting.freshness.file_hashes import ABSENT
from analysis.reporting.parameters import Parameters


def named_files(parameters: Parameters) -> Mapping[str, str]:
    """Hash, on this machine, the files that parameters name.

    Returns
    -------
    mapping of str to str
        SHA-256 by name, which is the same on every machine; "absent" where there is no such file.
    """
    return {
        sources.as_told(file): sources.sha256_of(file) if file.is_file() else ABSENT
        for file in parameters.files
    }


def differing_files(parameters: Parameters, drivers: Mapping[str, str]) -> tuple[str, ...]:
    """Name the files that are not here as the driver has them, or that only are here.

    They are not sent: records of pay stay where somebody has put them.
    """
    try:
        found = named_files(parameters)
    except WrongInput:  # no release here holds what was asked for
        found = {}
    names = {*found, *drivers}
    return tuple(sorted(name for name in names if found.get(name) != drivers.get(name)))

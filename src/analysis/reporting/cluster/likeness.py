"""What a worker must have in common with the driver, by content: code, versions, notebooks."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass

from analysis import sources
from analysis.reporting.freshness.key import code_hash, here, notebook_hash


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

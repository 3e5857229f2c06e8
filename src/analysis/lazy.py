"""Imports that wait until they are used, or leave out what costs seconds."""

import ast
import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

SPARED = {  # module: the extra it can do without, and would import if it were there
    "jsonschema": "rfc3987_syntax",  # builds a grammar, to check addresses in any alphabet
    "ipykernel.debugger": "debugpy",  # nobody will attach one
    "statsmodels.tools.data": "polars",  # starts a thread, and breaks if it is there at a fork
}


class _Lazy(ModuleType):
    """A package that imports what it offers when that is asked for."""

    _offered: dict[str, tuple[str, str]]  # by name, the module that defines it, and its name there

    def __getattr__(self, name: str) -> Any:
        if name not in self._offered:
            return self._module(name)
        module, original = self._offered[name]
        found = getattr(importlib.import_module(module), original)
        self.__dict__[name] = found
        return found

    def _module(self, name: str) -> ModuleType:
        full = f"{self.__name__}.{name}"
        absent = AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        if name.startswith("_"):
            raise absent
        try:
            return importlib.import_module(full)
        except ModuleNotFoundError as error:
            if error.name != full:
                raise
            raise absent from None

    def __setattr__(self, name: str, value: Any) -> None:
        # whoever imports a module of the package sets it here; a function of that name stays
        if not (name in self._offered and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._offered})


def load_when_used(package: str) -> None:
    """Make a package load the names that its `__init__.py` imports under TYPE_CHECKING when used.

    Examples
    --------
    >>> import analysis.figures
    >>> analysis.figures.careers.__name__, "fan" in dir(analysis.figures)
    ('analysis.figures.careers', True)
    """
    module = sys.modules[package]
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    offered = {
        alias.asname or alias.name: (str(node.module), alias.name)
        for block in ast.parse(source).body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module != package  # a module of its own, which Python finds
    }
    module.__dict__["_offered"] = offered
    module.__class__ = _Lazy


def spare() -> None:
    """Import each module of `SPARED` as if its extra were not installed: 2 s of a warm start."""
    for module, extra in SPARED.items():
        if extra in sys.modules or module in sys.modules:
            continue
        sys.modules[extra] = None  # type: ignore[assignment]
        try:
            importlib.import_module(module)
        finally:
            del sys.modules[extra]

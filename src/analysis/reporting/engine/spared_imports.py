"""Import what has costly extras without them: 2 s of a warm start, for what no notebook uses."""

import importlib
import sys

# module: the extra it can do without, and would import if it were there
SPARED = {
    "jsonschema": "rfc3987_syntax",  # builds a grammar, to check addresses in any alphabet
    "ipykernel.debugger": "debugpy",  # nobody will attach one
    "statsmodels.tools.data": "polars",  # starts a thread, and breaks if it is there at a fork
}


def spare() -> None:
    """Import each module of `SPARED` as if its extra were not installed."""
    for module, extra in SPARED.items():
        if extra in sys.modules or module in sys.modules:
            continue
        sys.modules[extra] = None  # type: ignore[assignment]
        try:
            importlib.import_module(module)
        finally:
            del sys.modules[extra]

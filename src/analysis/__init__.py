"""Workforce and salary analytics for US medical billing and coding.

    import analysis as wa
    wa.wages("OH")

`wa.<Tab>` lists the verbs; each is loaded when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.verbs import (
        certified,
        compare,
        controls,
        credential_return,
        distribution,
        employers,
        openings,
        outlook,
        places,
        premium,
        projections,
        read_survey,
        report,
        tables,
        wages,
    )

__all__ = [
    "certified",
    "compare",
    "controls",
    "credential_return",
    "distribution",
    "employers",
    "openings",
    "outlook",
    "places",
    "premium",
    "projections",
    "read_survey",
    "report",
    "tables",
    "wages",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis import verbs

    return getattr(verbs, name)


def __dir__() -> list[str]:
    return __all__

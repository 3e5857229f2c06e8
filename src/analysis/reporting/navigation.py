"""Where a reader can go from a page: other places, other questions."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from analysis import sources

GRID = "geography/states.csv"
PLACES_PAGE = "places.html"
# What a report is called where there is no room for its question, and what is read after it.
SHORT: Mapping[str, str] = MappingProxyType(
    {
        "outlook": "Jobs and openings",
        "salary": "Pay",
        "roi": "Return on a credential",
        "certification": "Credentials and pay",
        "settings": "Employers",
        "supply": "Training",
        "program": "Programs of a school",
        "pell": "Workforce Pell",
        "staffing": "Staffing example",
        "careers": "Careers",
        "evidence": "Fact check of the guide",
    }
)
RELATED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "outlook": ("salary", "settings", "evidence"),
        "salary": ("outlook", "settings", "certification"),
        "roi": ("certification", "careers", "salary"),
        "certification": ("roi", "salary", "evidence"),
        "settings": ("salary", "outlook", "evidence"),
        "supply": ("outlook", "roi", "salary"),
        "program": ("supply", "roi"),
        "pell": ("supply", "roi"),
        "staffing": ("salary", "outlook", "settings"),
        "careers": ("salary", "roi", "outlook"),
        "evidence": ("outlook", "salary", "certification"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a state stands on a grid of tiles: postal code, name, row and column from 1."""

    postal: str
    name: str
    row: int
    column: int


@cache
def states() -> tuple[Place, ...]:
    """Read where each state stands."""
    path = sources.verified_path(GRID)
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(
                postal=row["postal"],
                name=row["name"],
                row=int(row["grid_row"]) + 1,
                column=int(row["grid_column"]) + 1,
            )
            for row in csv.DictReader(file)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which report a page is of: its notebook, its place by code and by name."""

    notebook: str
    area: str = ""
    place: str = ""

    @property
    def short(self) -> str:
        """What the report is called in the crumb."""
        return SHORT.get(self.notebook, self.notebook.capitalize())

    @property
    def related(self) -> tuple[tuple[str, str], ...]:
        """Name and address, seen from the folder of all reports, of what to read next."""
        national = [(f"{SHORT[name]}, United States", f"national/{name}.html")
                    for name in RELATED.get(self.notebook, ())]  # fmt: skip
        if self.area and self.area != "US":
            here = (f"{self.short}, United States", f"national/{self.notebook}.html")
            compare = (
                f"Pay in {self.place} beside other places",
                f"{PLACES_PAGE}#area={self.area}",
            )
            return (compare, here, *national[:1])
        return tuple(national)

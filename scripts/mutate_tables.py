"""Change every numeric column of the processed tables, and list the changes no schema notices.

    python scripts/mutate_tables.py [TABLE ...]

Each column is multiplied, divided, negated, emptied and made infinite, a column at a time, and the
table checked against its schema. What passes is printed: it is for a person to say whether it may.
"""

import sys

import pandas as pd

from analysis import processed
from analysis.cleaning.recipes import RECIPES
from analysis.errors import WrongInput
from analysis.schemas.table import checked

CHANGES = {
    "x 1000": lambda values: values * 1_000,
    "/ 1000": lambda values: values / 1_000,
    "x 10": lambda values: values * 10,
    "/ 10": lambda values: values / 10,
    "negated": lambda values: -values,
    "emptied": lambda values: values * float("nan"),
    "infinite": lambda values: values * 0 + float("inf"),
}


def survivors(name: str) -> list[tuple[str, str]]:
    """Return the columns and changes of a table that its schema does not notice."""
    table = processed.read(name)
    found = []
    for column in table.select_dtypes("number").columns:
        values = table[column].astype("float64")
        if not values.abs().gt(0).any():
            continue
        for change, apply in CHANGES.items():
            try:
                checked(table.assign(**{column: apply(values)}), RECIPES[name].schema)
            except (WrongInput, ValueError, TypeError):
                continue
            found.append((column, change))
    return found


def main() -> None:
    """Print a line a survivor, and how many there were of how many changes."""
    names = sys.argv[1:] or list(RECIPES)
    changes = passed = 0
    for name in names:
        table = processed.read(name)
        changes += len(CHANGES) * sum(pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes)
        for column, change in survivors(name):
            passed += 1
            print(f"{name}.{column} {change}")
    print(f"{passed:,} of {changes:,} changes pass")


if __name__ == "__main__":
    main()

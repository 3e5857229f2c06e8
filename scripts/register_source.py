"""Register a raw file in data/raw/sources.csv, or renew its row after a new release.

For example:

    python scripts/register_source.py prices/cpi_u.csv --title "CPI-U, all items" \
        --producer "US Bureau of Labor Statistics" --published 2026-08 --retrieved 2026-11-22 \
        --address https://data.bls.gov/timeseries/CUUR0000SA0 --licence "public domain"
"""

import argparse
import csv
from dataclasses import asdict, fields

from analysis.sources import RAW, Source, read_sources, sha256_of


def main() -> None:
    """Write the row of one file, in place by rename, the other rows as they were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", help="below data/raw, forward slashes")
    for name in ("title", "producer", "published", "retrieved", "address", "licence"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--note", default="")
    given = vars(parser.parse_args())
    source = Source(sha256=sha256_of(RAW / given["path"]), **given)
    write_sources({**read_sources(), source.path: source})
    print(f"{source.path}  {source.sha256}")


def write_sources(rows: dict[str, Source]) -> None:
    """Replace sources.csv, sorted by path."""
    aside = RAW / "sources.csv.new"
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Source)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(rows[path]) for path in sorted(rows))
    aside.replace(RAW / "sources.csv")


if __name__ == "__main__":
    main()

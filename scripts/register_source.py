"""Register a raw file in data/raw/sources.csv, or renew its row after a new release.

For example:

    python scripts/register_source.py prices/cpi_u.csv --title "CPI-U, all items" \
        --producer "US Bureau of Labor Statistics" --published 2026-08 --retrieved 2026-11-22 \
        --address https://data.bls.gov/timeseries/CUUR0000SA0 --licence "public domain"
"""

import argparse

from analysis.sources import RAW, Source, register, sha256_of


def main() -> None:
    """Write the row of one file, in place by rename, the other rows as they were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", help="below data/raw, forward slashes")
    for name in ("title", "producer", "published", "retrieved", "address", "licence"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--note", default="")
    given = vars(parser.parse_args())
    source = Source(sha256=sha256_of(RAW / given["path"]), **given)
    register(source)
    print(f"{source.path}  {source.sha256}")


if __name__ == "__main__":
    main()

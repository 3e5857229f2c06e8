"""What a cell of the OEWS holds: the seventeen data types of the BLS, by our names."""

from collections.abc import Mapping
from types import MappingProxyType

DATA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "01": "employment",
        "02": "employment_rse_pct",
        "03": "mean_hourly_wage_usd",
        "04": "mean_wage_usd",
        "05": "mean_wage_rse_pct",
        "06": "p10_hourly_wage_usd",
        "07": "p25_hourly_wage_usd",
        "08": "median_hourly_wage_usd",
        "09": "p75_hourly_wage_usd",
        "10": "p90_hourly_wage_usd",
        "11": "p10_wage_usd",
        "12": "p25_wage_usd",
        "13": "median_wage_usd",
        "14": "p75_wage_usd",
        "15": "p90_wage_usd",
        "16": "jobs_per_1000",
        "17": "location_quotient",
    }
)
MEASURES = tuple(DATA_TYPES.values())
ANNUAL_PERCENTILES = tuple(f"{knot}_wage_usd" for knot in ("p10", "p25", "median", "p75", "p90"))
ANNUAL_WAGES = ("mean_wage_usd", *ANNUAL_PERCENTILES)
HOURLY_WAGES = tuple(name for name in MEASURES if name.endswith("_hourly_wage_usd"))
HOURLY_OR_ANNUAL, TOP_CODED, NOT_RELEASED = "4", "5", "8"  # footnote codes of the flat files

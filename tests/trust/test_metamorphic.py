"""What must follow when the data change in a known way, through the whole chain."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd
import pytest

from analysis import processed, sources
from analysis.cleaning.oews.flat import clean_oews
from analysis.cleaning.pay.column_map import read_column_map
from analysis.cleaning.pay.files import read_records
from analysis.cleaning.pay.records import clean_records
from analysis.cleaning.pay.vocabulary import known_spellings
from analysis.cleaning.recipes import OEWS_FILES
from analysis.studies import salary, settings

DEMO = sources.RAW / "demo_survey"
CODERS = "29-2072"


class Changed(Mapping[str, pd.DataFrame]):
    """The processed tables, each passed through a change."""

    def __init__(self, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        self._tables, self._change = processed.Tables(), change

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._change(self._tables[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def doubled(table: pd.DataFrame) -> pd.DataFrame:
    """Double every dollar: columns in USD, and cited figures whose unit is dollars."""
    money = [name for name in table if "_usd" in str(name) and table[name].dtype.kind in "fi"]
    twice = table.assign(**{name: table[name] * 2 for name in money})
    if "unit" not in table:
        return twice
    in_dollars = table["unit"].astype("str").str.startswith("USD")
    cited = [name for name in ("value", "value_low", "value_high", "low", "high") if name in table]
    cited = [name for name in cited if table[name].dtype.kind in "fi"]
    return twice.assign(**{name: table[name].mask(in_dollars, table[name] * 2) for name in cited})


def swapped(table: pd.DataFrame) -> pd.DataFrame:
    """Let Ohio and Oregon change names and codes."""
    names = {"OH": "OR", "OR": "OH", "Ohio": "Oregon", "Oregon": "Ohio"}
    text = [name for name in ("area_code", "area_name", "state", "postal", "name") if name in table]
    return table.assign(**{name: table[name].replace(names) for name in text})


STUDIES = {
    "salary": lambda tables, area: salary.Salary(
        tables, area=area, occupation=CODERS, offer_usd=None, price_adjusted=False
    ),
    "settings": lambda tables, area: settings.study(tables, area=area, occupation=CODERS),
}


def figures(study) -> dict[str, tuple[str, float | None, float | None, float | None]]:
    """List the key figures of a study: unit, value, interval."""
    return {
        figure.name: (
            figure.estimate.unit,
            figure.estimate.value,
            figure.estimate.low,
            figure.estimate.high,
        )
        for figure in study.key_figures()
    }


@pytest.mark.parametrize("name", STUDIES)
def test_where_all_wages_double_every_dollar_doubles_and_every_share_stays(name):
    before = figures(STUDIES[name](processed.Tables(), "OH"))
    after = figures(STUDIES[name](Changed(doubled), "OH"))
    assert list(after) == list(before)
    assert any("USD" in unit for unit, *_ in before.values())
    for figure, (unit, *numbers) in before.items():
        factor = 2 if "USD" in unit else 1
        for old, new in zip(numbers, after[figure][1:], strict=True):
            assert (old is None) == (new is None), figure
            assert old is None or new == pytest.approx(factor * old, rel=1e-6, nan_ok=True), figure


@pytest.mark.parametrize("name", STUDIES)
def test_where_two_states_change_names_their_figures_change_places(name):
    tables, exchanged = processed.Tables(), Changed(swapped)
    for area, other in (("OH", "OR"), ("OR", "OH"), ("TX", "TX")):
        assert figures(STUDIES[name](exchanged, area)) == figures(STUDIES[name](tables, other))


def test_where_two_states_change_names_only_they_move_among_all():
    def medians(tables) -> dict[str, float]:
        wages = tables["wages"]
        rows = wages[wages["area_type"].eq("state") & wages["occupation_code"].eq(CODERS)]
        every = rows[rows["industry_code"].eq("000000")]
        return dict(zip(every["area_code"], every["median_wage_usd"], strict=True))

    before, after = medians(processed.Tables()), medians(Changed(swapped))
    moved = {state for state in before if before[state] != after[state]}
    assert moved == {"OH", "OR"}


def test_rows_that_must_be_set_aside_change_nothing_in_a_survey():
    """Garbage before, between and after: the same salaries, and each row of it accounted for."""
    column_map, known = read_column_map(DEMO / "columns.toml"), known_spellings()
    survey = read_records(DEMO / "demo_survey_synthetic.csv", column_map.file)
    garbage = pd.DataFrame(
        {
            "Respondent": [f"SYNTHETIC-garbage-{number}" for number in range(3)],
            "What are you paid?": ["=1+1", "€54,200", "lots"],
        }
    ).reindex(columns=survey.columns)
    with_it = pd.concat([garbage[:1], survey[:999], garbage[1:2], survey[999:], garbage[2:]])
    before = clean_records(survey, column_map, known)
    after = clean_records(with_it.astype("str"), column_map, known)
    pd.testing.assert_frame_equal(after.salaries, before.salaries)
    assert len(after.set_aside) == len(before.set_aside) + 3


def test_series_that_must_be_set_aside_change_nothing_in_a_release(tmp_path):
    places = {name: sources.RAW / path for name, path in OEWS_FILES.items()}
    before = clean_oews(**places)
    more = ["OEUN00000000000002920\t2025\tA01\t1\t", "OEUN000000000000029207299\t2025\tA01\t1\t"]
    place = tmp_path / "oe.data"
    place.write_text(places["data"].read_text(encoding="utf-8") + "\n".join(more) + "\n")
    after = clean_oews(**{**places, "data": place})
    pd.testing.assert_frame_equal(after.table, before.table)
    assert len(after.set_aside) == len(before.set_aside) + 2

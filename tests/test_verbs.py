"""The front door: one verb a question, frames and figures out, and nothing loaded before."""

import subprocess
import sys

import matplotlib.figure
import pandas as pd
import pytest

import analysis as wa
from analysis.errors import WrongInput


def test_a_dozen_verbs_are_listed_and_nothing_else():
    assert dir(wa) == sorted(wa.__all__)
    assert 12 <= len(wa.__all__) <= 16


def test_each_verb_is_documented_with_an_example_or_parameters():
    for name in wa.__all__:
        text = getattr(wa, name).__doc__
        assert "Examples" in text or "Parameters" in text, name


def test_importing_the_package_loads_no_library():
    code = "import analysis, sys; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pandas", "numpy", "matplotlib", "statsmodels", "nbformat", "papermill"}
    assert not heavy & set(ran.stdout.split())


def test_an_answer_gives_a_frame_of_ones_own_and_a_figure_to_save(tmp_path):
    answer = wa.wages("OH")
    assert isinstance(answer.figure, matplotlib.figure.Figure)
    answer.figure.savefig(tmp_path / "pay.png")
    assert (tmp_path / "pay.png").stat().st_size > 10_000
    answer.table.loc[:, "wage_usd"] = 0.0
    assert answer.table["wage_usd"].max() > 0
    assert "BLS" in answer.table.attrs["source"]


def test_wages_are_those_published_for_ohio_in_the_raw_extract():
    table = wa.wages("OH").table.set_index("percentile")
    published = wa.tables()["wages"].query(
        "area_code == 'OH' and occupation_code == '29-2072' and industry_code == '000000'"
    )
    assert table.loc[50, "wage_usd"] == published["median_wage_usd"].item()


def test_where_too_little_is_published_the_answer_is_a_sentence_and_a_figure_is_refused():
    withheld = wa.tables()["wages"].query(
        "occupation_code == '29-2072' and industry_code == '000000' and median_wage_usd.isna()"
    )
    code = withheld["area_code"].iloc[0]
    answer = wa.wages(code)
    assert "BLS did not release" in str(answer.chart)
    with pytest.raises(WrongInput, match="BLS did not release"):
        _ = answer.figure
    with pytest.raises(WrongInput, match="BLS did not release"):
        wa.distribution(code)


def test_compared_places_stand_in_the_order_named_and_suppressed_is_missing():
    table = wa.compare(["VT", "US", "CA"]).table.set_index("area_code")
    assert table.index.tolist() == ["VT", "US", "CA"]
    assert pd.isna(table.loc["VT", "employment"])
    assert table.loc["US", "median_wage_national_prices_usd"] == table.loc["US", "median_wage_usd"]
    assert table.loc["CA", "median_wage_national_prices_usd"] < table.loc["CA", "median_wage_usd"]


@pytest.mark.parametrize("areas", [[], ["OH", "OH"], ["ZZ"]])
def test_places_that_cannot_be_compared_are_refused(areas):
    with pytest.raises(WrongInput):
        wa.compare(areas)


def test_a_report_with_a_wrong_parameter_is_refused_with_what_is_allowed():
    with pytest.raises(WrongInput, match="ZZ"):
        wa.report("outlook", area="ZZ")

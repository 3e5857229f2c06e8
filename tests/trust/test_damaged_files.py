"""What is damaged on purpose or by chance is refused with its name, or passed over."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.pay.column_map import read_column_map
from analysis.errors import WrongInput
from analysis.fetching.download import refuse_other_media
from analysis.fetching.settings import read_settings
from analysis.reporting import runs
from analysis.reporting.catalogue import read_catalogue
from analysis.reporting.records import FOLDER as RECORDS
from analysis.reporting.records import read_record

DEEP = "[" * 100_000
READERS = {
    "catalogue.toml": read_catalogue,
    "fetch.toml": read_settings,
    "map.toml": read_column_map,
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("content", [f"a = {DEEP}".encode(), b"\xaf", b"\xff\xfea\x00"])
def test_toml_that_nests_too_deeply_or_is_no_text_is_refused_with_its_name(name, content, tmp_path):
    place = tmp_path / name
    place.write_bytes(content)
    with pytest.raises(WrongInput, match=name):
        READERS[name](place)


def test_an_answer_that_nests_too_deeply_is_refused(tmp_path):
    place = tmp_path / "answer.json"
    place.write_text(DEEP)
    with pytest.raises(WrongInput, match="what came is no JSON"):
        refuse_other_media(place, "json")


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
names = st.sampled_from(["reports", "why", "key_figures", "report", "failed", "record", "name"])
anything = st.recursive(
    plain, lambda some: st.lists(some, max_size=3) | st.dictionaries(names, some, max_size=3)
)


@given(anything.map(json.dumps) | st.just(DEEP) | st.just('{"reports": []}'))
def test_records_of_runs_and_reports_that_hold_anything_are_passed_over(tmp_path_factory, content):
    """The project's own files: a report of which nothing can be read counts as never built."""
    folder = tmp_path_factory.mktemp("reports")
    for kind in (runs.FOLDER, RECORDS):
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / "one.json").write_text(content)
    assert runs.read_run("one", folder) is None
    assert read_record("one", folder) is None

"""The catalogue: what is spelled out, and what is refused."""

import pytest

from analysis.errors import WrongInput
from analysis.reporting.catalogue import read_catalogue, report_of
from analysis.reporting.parameters import Roi


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        path = tmp_path / "catalogue.toml"
        path.write_text(text)
        return read_catalogue(path)

    return write


def test_the_national_reports_and_every_state_are_in_the_catalogue():
    """53: the 50 states, DC, Guam and Puerto Rico, as OEWS publishes 29-2072."""
    reports = read_catalogue()
    national = [report.name for report in reports if report.group == "national"]
    assert national[:3] == ["outlook", "roi", "evidence"]
    for notebook in ("outlook", "roi"):
        states = [r for r in reports if r.group == "states" and r.notebook == notebook]
        assert len(states) == 53


def test_no_two_reports_share_a_page():
    paths = [report.path for report in read_catalogue()]
    assert len(paths) == len(set(paths))


def test_a_grid_is_every_combination(written):
    reports = written(
        '[[reports]]\ngroup = "own"\nnotebook = "roi"\n'
        'for_each = { credential = ["CPC", "CIC"], area = ["TX", "CA"] }'
    )
    assert [r.name for r in reports] == ["roi-tx", "roi-ca", "roi-cic-tx", "roi-cic-ca"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reports = ", "must be TOML"),
        ("[[report]]", "must be TOML with"),
        ('[[reports]]\ngroup = "a"\nnotebook = "roy"', "no report 'roy'. Did you mean roi"),
        ('[[reports]]\ngroup = "../up"\nnotebook = "roi"', "group must be a plain lower-case word"),
        ('[[reports]]\ngroup = "a"\nnotebook = "../roi"', "notebook must be a plain lower-case"),
        ('[[reports]]\ngroup = "a"\nnotebook = "roi"\nwhen = 1', "found when"),
        ('[[reports]]\ngroup = "a"\nnotebook = "roi"\nparameters = {aera = "TX"}', "no parameter"),
        ('[[reports]]\ngroup = "a"\nnotebook = "roi"\n' * 2, "lists roi twice"),
    ],
)
def test_a_wrong_entry_is_refused(written, text, said):
    with pytest.raises(WrongInput, match=said):
        written(text)


def test_a_report_says_the_command_that_builds_it():
    report = report_of(Roi.check(credential="CIC", area="TX"))
    assert report.command == "workforce report roi -p credential=CIC -p area=TX"


def test_limits_of_the_catalogue_hold_and_an_entry_may_have_its_own(tmp_path):
    text = (
        "[limits]\nseconds = 60\n"
        "[[reports]]\ngroup = 'a'\nnotebook = 'evidence'\n"
        "[[reports]]\ngroup = 'a'\nnotebook = 'roi'\nlimits = { seconds = 0, memory_mib = 300 }\n"
    )
    (tmp_path / "catalogue.toml").write_text(text)
    evidence, roi = (report.limits for report in read_catalogue(tmp_path / "catalogue.toml"))
    assert (evidence.seconds, evidence.memory_mib) == (60, 1024)
    assert (roi.seconds, roi.memory_mib) == (None, 300)


@pytest.mark.parametrize("limits", ["{ second = 5 }", "{ seconds = -1 }", "{ seconds = 'long' }"])
def test_limits_that_are_not_understood_are_refused(tmp_path, limits):
    text = f"[[reports]]\ngroup = 'a'\nnotebook = 'evidence'\nlimits = {limits}\n"
    (tmp_path / "catalogue.toml").write_text(text)
    with pytest.raises(WrongInput, match=r"limits are seconds|seconds must be a number"):
        read_catalogue(tmp_path / "catalogue.toml")

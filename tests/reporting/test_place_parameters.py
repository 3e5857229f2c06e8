"""Parameters of the reports on pay, employers and careers."""

import pytest

from analysis.errors import WrongInput
from analysis.reporting.catalogue import report_of
from analysis.reporting.parameters import Careers, Salary


def test_a_whole_offer_reads_as_whole_dollars():
    """It becomes part of the name of the page."""
    assert report_of(Salary.check(offer_usd="60000", area="tx")).name == "salary-tx-60000"


@pytest.mark.parametrize("offer", [0, -5, 500, 2_000_000, "much"])
def test_an_offer_that_is_no_yearly_pay_is_refused(offer):
    with pytest.raises(WrongInput, match="offer_usd must be USD a year"):
        Salary.check(offer_usd=offer)


def test_no_offer_is_no_offer():
    assert Salary.check().offer_usd is None


def test_a_move_to_where_one_is_is_refused_before_anything_runs():
    with pytest.raises(WrongInput, match="target must be another occupation than start"):
        Careers.check(start="11-9111")
